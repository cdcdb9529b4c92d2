"""Fixtures for tests with real processes: a filled site on each kind of database, and SMTP.

Without a server a test skips; with SUREFOOT_TEST_SERVERS=require it fails instead.
"""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.harness import (
    POSTGRES,
    EmbeddedSite,
    ServerSite,
    Site,
    administer,
    why_no_servers,
)
from tests.servers.post import PostOffice


def _prepare(folder: Path, **env: str) -> None:
    """Migrate and fill a database that tests then copy."""
    site = Site(env=env, folder=folder, query=lambda sql: [])
    site.manage("migrate", "--noinput", "-v0")
    site.ask("fill")


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a filled PostgreSQL database, or a skip, or a failure where it is required."""
    missing = why_no_servers()
    if missing and os.environ.get("SUREFOOT_TEST_SERVERS") == "require":
        pytest.fail(f"PostgreSQL and Redis are required: {missing}")
    if missing:
        pytest.skip(f"needs PostgreSQL and Redis: {missing}")
    name = f"surefoot_test_{uuid.uuid4().hex[:8]}"
    administer(f"CREATE DATABASE {name}")
    try:
        _prepare(tmp_path_factory.mktemp("postgres"), DATABASE_URL=f"{POSTGRES}/{name}")
        yield name
    finally:
        administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a filled SQLite database."""
    folder = tmp_path_factory.mktemp("sqlite")
    _prepare(folder)
    return folder / "surefoot.sqlite3"


@pytest.fixture
def post() -> Iterator[PostOffice]:
    """A mail server that is not open yet."""
    office = PostOffice()
    yield office
    office.close()


@pytest.fixture
def site(postgres_template: str, post: PostOffice, tmp_path: Path) -> Iterator[ServerSite]:
    """A filled installation on PostgreSQL and Redis; nothing runs yet."""
    name = f"{postgres_template}_{uuid.uuid4().hex[:8]}"
    administer(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    try:
        site = ServerSite(database=name, post=post, folder=tmp_path)
        try:
            yield site
        finally:
            site.close()
    finally:
        administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def small_site(sqlite_template: Path, post: PostOffice, tmp_path: Path) -> Iterator[EmbeddedSite]:
    """A filled installation on SQLite; nothing runs yet."""
    site = EmbeddedSite(template=sqlite_template, post=post, folder=tmp_path)
    try:
        yield site
    finally:
        site.close()
