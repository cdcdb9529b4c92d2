"""The project: wiring only, no domain knowledge."""

from clubsite.celery import app as celery_app

__all__ = ["celery_app"]
