"""Fixtures every test may use: people with a role, and their logged-in clients."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from members.models import Club, Membership, Role, Sharing, User
from tests.factories import ClubFactory, MembershipFactory, UserFactory

NOW = dt.datetime(2026, 3, 18, 12, 0, tzinfo=dt.UTC)  # a Wednesday


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name files by their size: content makes names that are long, or differ between processes."""
    return f"{len(val)}_bytes" if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path):
    """Mail to memory, tasks inside the caller, cheap passwords, plain static files."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.VAR_DIR = tmp_path


@pytest.fixture
def now() -> dt.datetime:
    """A fixed moment: Wednesday 18 March 2026, noon UTC."""
    return NOW


@pytest.fixture
def club(db) -> Club:
    return ClubFactory(name="Heath Harriers", slug="heath")


@pytest.fixture
def membership(club) -> Membership:
    """The runner's membership; shares everything."""
    return MembershipFactory(club=club, user__name="Robin Runner", sharing=Sharing.EVERYTHING)


@pytest.fixture
def runner(membership) -> User:
    return membership.user


@pytest.fixture
def coach_membership(club) -> Membership:
    return MembershipFactory(club=club, role=Role.COACH, user__name="Casey Coach")


@pytest.fixture
def coach(coach_membership) -> User:
    return coach_membership.user


@pytest.fixture
def admin_membership(club) -> Membership:
    return MembershipFactory(club=club, role=Role.ADMIN, user__name="Alex Admin")


@pytest.fixture
def outsider(db) -> User:
    """Somebody with an account and no club."""
    return UserFactory(name="Odd Outsider")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return a client logged in as somebody."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in
