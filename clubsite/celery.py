"""The Celery app. The schedule stands in settings.py, so that every machine has the same."""

import os

from celery import Celery

from clubsite import job_log, pulse  # noqa: F401 (they listen to its signals)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clubsite.settings")

app = Celery("surefoot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
