"""The project's settings with the floor page added and no sweeps to disturb the measuring."""

from clubsite.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
CELERY_BEAT_SCHEDULE = {}
TEMPLATES[0]["DIRS"].append(BASE_DIR / "benchmarks" / "templates")  # noqa: F405
