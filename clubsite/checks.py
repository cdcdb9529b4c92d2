"""Misconfiguration as Django system checks: `manage.py check`, and `check --deploy` for real clubs.

Each has an id and a hint that names the variable to set.
"""

import importlib.util
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from clubsite.env import env_int

FILE_MAIL = "django.core.mail.backends.filebased.EmailBackend"
SECRET_KEY_LENGTH = 50


@register(Tags.database)
def check_pool(**kwargs: Any) -> list[CheckMessage]:
    """A connection pool that cannot work makes every request a 500; say so at the start."""
    return [
        message
        for alias, database in settings.DATABASES.items()
        for message in _pool_of(alias, database)
    ]


def _pool_of(alias: str, database: dict[str, Any]) -> Iterator[CheckMessage]:
    pool = database.get("OPTIONS", {}).get("pool")
    if not pool:
        return
    if importlib.util.find_spec("psycopg_pool") is None:
        yield Error(
            f"The database {alias!r} asks for a pool, but psycopg_pool is not installed.",
            hint="Install psycopg[pool], or take pool out of DATABASE_URL.",
            id="surefoot.E001",
        )
    if pool is not True and not isinstance(pool, dict):
        yield Error(
            f"The pool of the database {alias!r} is {pool!r}, which Django cannot use.",
            hint="Take pool out of DATABASE_URL.",
            id="surefoot.E002",
        )
    if database.get("CONN_MAX_AGE", 0) != 0:
        yield Error(
            f"The database {alias!r} has a pool and persistent connections; Django allows one.",
            hint="Take pool out of DATABASE_URL, or set CONN_MAX_AGE to 0.",
            id="surefoot.E003",
        )


@register
def check_processes(**kwargs: Any) -> list[CheckMessage]:
    """Each embedded process would run its own worker and schedule."""
    processes = env_int("WEB_CONCURRENCY", 1)
    if not settings.EMBEDDED or processes == 1:
        return []
    return [
        Error(
            f"{processes} web processes, but worker and schedule run inside the one process.",
            hint="Set REDIS_URL, or WEB_CONCURRENCY=1.",
            id="surefoot.E004",
        )
    ]


@register
def check_queue(**kwargs: Any) -> list[CheckMessage]:
    """A task that outlives the visibility timeout is given to a second worker while it runs."""
    if settings.EMBEDDED:
        return []
    visible_again = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout", 3600)
    if visible_again > settings.CELERY_TASK_TIME_LIMIT:
        return []
    return [
        Error(
            f"Tasks may run {settings.CELERY_TASK_TIME_LIMIT} s, but Redis hands them out again "
            f"after {visible_again} s.",
            hint="Set visibility_timeout in CELERY_BROKER_TRANSPORT_OPTIONS above the time limit.",
            id="surefoot.E005",
        )
    ]


@register(Tags.security, deploy=True)
def check_real_club(**kwargs: Any) -> list[CheckMessage]:
    """Return what an installation with real members still lacks."""
    return [*_debug(), *_demo(), *_secret_key(), *_mail(), *_address()]


def _debug() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error(
            "DEBUG is on: an error shows settings and members' data to anybody.",
            hint="Unset DEBUG.",
            id="surefoot.E010",
        )


def _demo() -> Iterator[CheckMessage]:
    if settings.DEMO:
        yield Error(
            "DEMO is on: everybody can read all mail, and logins need no second step.",
            hint="Unset DEMO.",
            id="surefoot.E011",
        )


def _secret_key() -> Iterator[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) < SECRET_KEY_LENGTH or len(set(key)) < 5 or key.startswith("django-insecure-"):
        yield Error(
            "SECRET_KEY can be guessed; whoever does can log in as anybody.",
            hint="Set SECRET_KEY to 50 random characters, or leave it out to have one made.",
            id="surefoot.E012",
        )


def _mail() -> Iterator[CheckMessage]:
    if settings.EMAIL_BACKEND == FILE_MAIL:
        yield Warning(
            "No mail leaves this machine: each becomes a file.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org.",
            id="surefoot.W001",
        )


def _address() -> Iterator[CheckMessage]:
    if not settings.SITE_URL.startswith("https://"):
        yield Warning(
            "SITE_URL is http: passwords and answers about health travel readable.",
            hint="Put a proxy with a certificate in front and set SITE_URL to its https address.",
            id="surefoot.W002",
        )
