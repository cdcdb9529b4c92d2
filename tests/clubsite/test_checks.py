"""Each misconfiguration has its check, and a good configuration has none."""

from types import SimpleNamespace

import pytest
from django.core.checks import run_checks

from clubsite import checks


def ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def postgres(monkeypatch):
    """Set a database for the checks alone; Django's own settings must keep the tests' one."""

    def use(*, age=0, **options):
        database = {
            "ENGINE": "django.db.backends.postgresql",
            "CONN_MAX_AGE": age,
            "OPTIONS": options,
        }
        monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))

    return use


@pytest.fixture
def real_club(settings):
    """An installation that lacks nothing."""
    settings.DEBUG = settings.DEMO = False
    settings.SECRET_KEY = "correct horse battery staple, and then some more words"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SITE_URL = "https://club.example.org"
    return settings


@pytest.mark.parametrize("pool", [True, {"min_size": 2}])
def test_a_pool_that_works(postgres, pool):
    postgres(pool=pool)
    assert checks.check_pool() == []


def test_a_pool_needs_its_package(postgres, monkeypatch):
    postgres(pool=True)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert ids(checks.check_pool()) == ["surefoot.E001"]


def test_no_pool_needs_nothing(postgres, monkeypatch):
    postgres(age=60)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert checks.check_pool() == []


def test_a_pool_is_no_text(postgres):
    postgres(pool="true")
    assert ids(checks.check_pool()) == ["surefoot.E002"]


def test_a_pool_wants_no_persistent_connections(postgres):
    postgres(pool=True, age=60)
    assert ids(checks.check_pool()) == ["surefoot.E003"]


@pytest.mark.parametrize(
    ("embedded", "processes", "expected"),
    [
        (True, "1", []),
        (True, None, []),
        (True, "2", ["surefoot.E004"]),
        (False, "8", []),
    ],
)
def test_embedded_is_one_process(settings, monkeypatch, embedded, processes, expected):
    settings.EMBEDDED = embedded
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    if processes:
        monkeypatch.setenv("WEB_CONCURRENCY", processes)
    assert ids(checks.check_processes()) == expected


@pytest.mark.parametrize(
    ("embedded", "options", "expected"),
    [
        (True, {}, []),
        (False, {"visibility_timeout": 301}, []),
        (False, {"visibility_timeout": 300}, ["surefoot.E005"]),
        (False, {}, []),
    ],
)
def test_a_task_is_not_handed_out_twice(settings, embedded, options, expected):
    settings.EMBEDDED = embedded
    settings.CELERY_TASK_TIME_LIMIT = 300
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options
    assert ids(checks.check_queue()) == expected


def test_a_real_club_that_lacks_nothing(real_club):
    assert checks.check_real_club() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", True, "surefoot.E010"),
        ("DEMO", True, "surefoot.E011"),
        ("SECRET_KEY", "x" * 60, "surefoot.E012"),
        ("SECRET_KEY", "short but varied", "surefoot.E012"),
        (
            "SECRET_KEY",
            "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz0123456789",
            "surefoot.E012",
        ),
        ("EMAIL_BACKEND", checks.FILE_MAIL, "surefoot.W001"),
        ("SITE_URL", "http://club.example.org", "surefoot.W002"),
    ],
)
def test_what_a_real_club_lacks(real_club, name, value, expected):
    setattr(real_club, name, value)
    [message] = checks.check_real_club()
    assert message.id == expected
    assert message.hint


def test_they_are_registered(settings):
    settings.DEMO = True
    assert "surefoot.E011" in ids(run_checks(include_deployment_checks=True))
    assert "surefoot.E011" not in ids(run_checks())
