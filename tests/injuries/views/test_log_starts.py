"""Runs typed with and without a time of day: what is said, what is judged, what a file adds."""

import datetime as dt
import json

import pytest

from injuries.models import ActivityUndo, RiskFlag
from injuries.services.undo import undo_change
from members.models import Activity
from members.services.imports.direct import import_content
from tests.factories import ActivityFactory, DayStatusFactory
from tests.members.activity_files.builders import START, plain_run

pytestmark = pytest.mark.django_db
LOG = "/log/"
TODAY, YESTERDAY = dt.date(2026, 3, 18), dt.date(2026, 3, 17)
DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)


@pytest.fixture
def used_to_ten(runner):
    """A month of 10 km every third day, and rest between."""
    for back in range(1, 45):
        day = TODAY - back * DAY
        if back % 3 == 0:
            start = dt.datetime.combine(day, dt.time(9), dt.UTC)
            ActivityFactory(runner=runner, started_at=start, distance_m=10_000)
        else:
            DayStatusFactory(runner=runner, on=day)


def typed(**fields):
    return {
        "distance": "8",
        "duration": "45",
        "on": str(TODAY),
        "heel": "no",
        "kind": "run",
    } | fields


def starts():
    rows = Activity.objects.order_by("pk").values_list("started_at", "start_said")
    return [(f"{start:%d %H:%M}", said) for start, said in rows]


def spikes():
    flags = RiskFlag.objects.filter(rule="L1", withdrawn_at=None)
    return [flag.values["distance_m"] for flag in flags]


# --- The form -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({}, ("18 12:00", False)),
        ({"time": "07:10"}, ("18 07:10", True)),
        ({"time": "12:00"}, ("18 12:00", True)),
        ({"on": str(YESTERDAY)}, ("17 12:00", False)),
        ({"on": str(YESTERDAY), "time": "12:00"}, ("17 12:00", True)),
    ],
)
def test_whether_a_start_was_said_is_kept(page, said, stored):
    page.post(LOG, typed(**said))
    assert starts() == [stored]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ({"start_said": False}, None),
        ({}, dt.time(12)),
        ({"started_at": NOON.replace(hour=7, minute=10, second=31)}, dt.time(7, 10)),
    ],
)
def test_the_form_shows_no_time_that_nobody_said(page, runner, stored, shown):
    run = ActivityFactory(runner=runner, **{"started_at": NOON} | stored)
    assert page.get(f"/log/{run.pk}/").context["form"]["time"].value() == shown


@pytest.mark.parametrize(
    ("stored", "said", "after"),
    [
        # A note changed, no word about the start.
        ({"start_said": False}, {"note": "Windy"}, ("17 12:00", False)),
        ({"start_said": False, "started_at": NOON.replace(second=17)}, {}, ("17 12:00", False)),
        # A time given, and one taken out.
        ({"start_said": False}, {"time": "18:30"}, ("17 18:30", True)),
        ({"start_said": False}, {"time": "12:00"}, ("17 12:00", True)),
        ({}, {"time": ""}, ("17 12:00", False)),
        # Another day.
        ({"start_said": False}, {"on": "2026-03-15"}, ("15 12:00", False)),
        ({}, {"on": "2026-03-15", "time": "12:00"}, ("15 12:00", True)),
    ],
)  # fmt: skip
def test_a_change_keeps_or_sets_what_is_known_of_the_start(page, runner, stored, said, after):
    run = ActivityFactory(runner=runner, **{"started_at": NOON} | stored)

    response = page.post(f"/log/{run.pk}/", typed(**{"on": str(YESTERDAY)} | said))

    assert (response.status_code, starts()) == (302, [after])


def test_undo_brings_back_that_no_start_was_said(page, runner, now):
    run = ActivityFactory(runner=runner, started_at=NOON, start_said=False)
    page.post(f"/log/{run.pk}/", typed(on=str(YESTERDAY), time="18:30"))
    assert starts() == [("17 18:30", True)]

    undo_change(runner, pk=ActivityUndo.objects.get().pk, now=now)

    assert starts() == [("17 12:00", False)]


# --- What it means --------------------------------------------------------------------------------
def test_two_runs_of_a_day_without_a_start_are_no_long_one(page, used_to_ten):
    page.post(LOG, typed())
    page.post(LOG, typed(distance="6", duration="35"))

    assert starts()[-2:] == [("18 12:00", False)] * 2
    assert spikes() == []


def test_the_same_two_ten_minutes_after_each_other_are_one_session(page, used_to_ten):
    page.post(LOG, typed(time="09:00"))
    page.post(LOG, typed(distance="6", duration="35", time="09:55"))

    assert spikes() == [14_000]


def test_a_longer_one_without_a_start_is_still_judged(page, used_to_ten):
    page.post(LOG, typed(distance="14", duration="80"))
    assert spikes() == [14_000]


# --- A file of one of them ------------------------------------------------------------------------
def test_the_file_of_one_of_two_finds_it_and_knows_when_it_began(runner, now):
    day = {"runner": runner, "started_at": START.replace(hour=12), "start_said": False}
    longer = ActivityFactory(**day, distance_m=1_000, duration_s=300)
    same = ActivityFactory(**day, distance_m=210, duration_s=61)

    result = import_content(runner, name="a.gpx", content=plain_run(), now=now)

    assert [(one.status, one.activity_id) for one in result] == [("duplicate", None)]
    same.refresh_from_db()
    longer.refresh_from_db()
    assert (same.started_at, same.start_said, same.distance_m) == (START, True, 200)
    assert (longer.started_at, longer.start_said) == (START.replace(hour=12), False)


# --- The API --------------------------------------------------------------------------------------
def call(client, path, body, method="post"):
    return getattr(client, method)(path, json.dumps(body), content_type="application/json")


def test_a_client_may_say_that_only_the_day_is_known(page):
    noon = {"started_at": "2026-03-18T12:00:00Z", "distance_m": 8_000}
    later_today = noon | {"started_at": "2026-03-18T20:00:00Z"}
    tomorrow = noon | {"started_at": "2026-03-19T12:00:00Z"}

    said = [call(page, "/api/v1/activities/", body) for body in (noon, later_today)]
    unsaid = [
        call(page, "/api/v1/activities/", body | {"start_said": False})
        for body in (noon, later_today, tomorrow)
    ]

    assert [one.status_code for one in (*said, *unsaid)] == [201, 400, 201, 201, 400]
    assert unsaid[2].json() == {"started_at": ["This lies in the future."]}
    assert starts() == [("18 12:00", True), ("18 12:00", False), ("18 20:00", False)]


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({"distance_m": 7_000}, ("17 12:00", False)),
        ({"started_at": "2026-03-17T12:00:00Z"}, ("17 12:00", False)),
        ({"started_at": "2026-03-17T18:00:00Z"}, ("17 18:00", True)),
        ({"started_at": "2026-03-16T12:00:00Z", "start_said": False}, ("16 12:00", False)),
        ({"start_said": True}, ("17 12:00", True)),
    ],
)
def test_another_start_is_one_that_was_said(page, runner, changes, after):
    run = ActivityFactory(runner=runner, started_at=NOON, start_said=False)

    assert call(page, f"/api/v1/activities/{run.pk}/", changes, "patch").status_code == 200

    assert starts() == [after]
