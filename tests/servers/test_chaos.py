"""A few rounds of chaos.py in each mode; `make chaos` plays fifty."""

from pathlib import Path

import pytest

from tests.servers.chaos import MODES, rounds_in
from tests.servers.chaos_club import RUNNERS
from tests.servers.chaos_web import FILES, RUNS
from tests.servers.club import LATE_WEEKS
from tests.servers.cluster import pg_ctl

pytestmark = [pytest.mark.servers, pytest.mark.timeout(400)]
ROUNDS = 3


@pytest.mark.parametrize("mode", MODES)
def test_everything_is_there_once_though_everything_dies(
    mode: str, tmp_path: Path, postgres_template: str
) -> None:
    if mode == "servers" and not pg_ctl():
        pytest.skip("needs a PostgreSQL of its own: pg_ctl is not on this machine")
    with rounds_in(mode, seed=3, folder=tmp_path) as rounds:
        figures = rounds.play(ROUNDS)

    assert figures["wrong"] == {}
    assert figures["weekly mails"] == ROUNDS * (RUNNERS + 1)
    assert figures["runner-weeks judged"] >= ROUNDS * RUNNERS * LATE_WEEKS
    assert figures["runs sent to the site"] == ROUNDS * RUNS
    assert figures["runs in files"] == ROUNDS * FILES
    if mode == "servers":
        assert (figures["Redis emptied"], figures["PostgreSQL crashed"]) == (1, 1)
