"""Shares of the ground: of the distance of four weeks, what was not said apart."""

import datetime as dt

import pytest

from members.selectors.grounds import grounds_of
from tests.conftest import NOW
from tests.factories import ActivityFactory

ON = NOW.date()


def ran(runner, km, surface, *, days_ago=0, kind="run"):
    ActivityFactory(
        runner=runner,
        kind=kind,
        surface=surface,
        distance_m=km and km * 1000,
        started_at=NOW - dt.timedelta(days=days_ago),
    )


def test_shares_are_of_the_distance_and_the_unsaid_is_one_of_them(runner):
    ran(runner, 20, "road")
    ran(runner, 10, "road", days_ago=27)
    ran(runner, 6, "")
    ran(runner, 4, "grass")
    ran(runner, 99, "trail", days_ago=28)
    ran(runner, 99, "trail", kind="walk")
    ran(runner, None, "trail")

    assert grounds_of(runner, on=ON) == (
        ("road or pavement", 75),
        ("not said", 15),
        ("grass or park", 10),
    )


def test_where_no_run_says_its_ground_there_is_nothing_to_show(runner):
    ran(runner, 10, "")

    assert grounds_of(runner, on=ON) == ()


@pytest.mark.parametrize("rows", [1, 3])
def test_it_is_one_query(runner, rows, django_assert_num_queries):
    for back in range(rows):
        ran(runner, 10, "road", days_ago=back)

    with django_assert_num_queries(1):
        assert grounds_of(runner, on=ON) == (("road or pavement", 100),)


def test_my_week_shows_them(client_of, runner, time_machine):
    time_machine.move_to(NOW, tick=False)
    ran(runner, 10, "road")

    shown = client_of(runner).get("/").content.decode()

    assert "Ground of the last four weeks: road or pavement 100&nbsp;%." in shown
