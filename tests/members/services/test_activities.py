"""Logging, editing and deleting; what changed is told inside the transaction."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from injuries.models import AssessmentDue
from members.models import Activity, DayStatus
from members.services.activities import delete_activity, edit_activity, log_activity
from members.services.days import logged_everything, set_day_status
from tests.factories import ActivityFactory, DayStatusFactory, ShoeFactory


def log(runner, now, **fields):
    """Log a plain run an hour ago."""
    defaults = {
        "kind": "run",
        "started_at": now - dt.timedelta(hours=1),
        "time_zone": "UTC",
        "distance_m": 10_000,
        "duration_s": 3_000,
    }
    return log_activity(runner, now=now, **(defaults | fields))


def test_a_run_is_stored_on_its_local_day_and_marks_the_runner(runner, now):
    late = dt.datetime(2026, 3, 17, 23, 30, tzinfo=dt.UTC)

    activity = log(runner, now, started_at=late, time_zone="Europe/Helsinki")

    assert activity.on == dt.date(2026, 3, 18)
    assert AssessmentDue.objects.get().from_day == dt.date(2026, 3, 18)


def test_a_second_submit_finds_the_first(runner, now):
    key = uuid.uuid4()

    first = log(runner, now, client_key=key)
    second = log(runner, now, client_key=key, distance_m=12_000)

    assert (second.pk, second.distance_m, Activity.objects.count()) == (first.pk, 10_000, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("distance_m", 0),
        ("distance_m", 500_001),
        ("duration_s", 0),
        ("effort", 11),
        ("kind", "jog"),
    ],
)
def test_impossible_figures_are_refused_at_their_field(runner, now, field, value):
    with pytest.raises(ValidationError) as refused:
        log(runner, now, **{field: value})
    assert list(refused.value.message_dict) == [field]
    assert not Activity.objects.exists()


def test_another_runners_shoe_is_refused(runner, now):
    with pytest.raises(ValidationError) as refused:
        log(runner, now, shoe=ShoeFactory())
    assert refused.value.message_dict == {"shoe": ["Choose one of your own pairs."]}


def test_moving_a_run_counts_both_days(runner, now):
    activity = ActivityFactory(runner=runner)

    edit_activity(activity, now=now, started_at=dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC))

    assert (activity.on, AssessmentDue.objects.get().from_day) == (
        dt.date(2026, 3, 10),
        dt.date(2026, 3, 10),
    )


def test_deleting_marks_the_day(runner, now):
    delete_activity(ActivityFactory(runner=runner), now=now)

    assert not Activity.objects.exists()
    assert AssessmentDue.objects.get().from_day == dt.date(2026, 3, 17)


def test_a_run_on_a_rest_day_ends_the_rest(runner, now):
    DayStatusFactory(runner=runner, on=now.date(), said_at=now - dt.timedelta(hours=3))

    log(runner, now)

    assert not DayStatus.objects.exists()


def test_i_logged_everything_turns_unknown_days_up_to_today_into_rest(runner, now):
    ActivityFactory(runner=runner)  # Tuesday; today is Wednesday

    assert logged_everything(runner, week=now.date(), now=now) == 2
    assert logged_everything(runner, week=now.date(), now=now) == 0
    assert list(DayStatus.objects.values_list("on", "status")) == [
        (dt.date(2026, 3, 16), "rest"),
        (dt.date(2026, 3, 18), "rest"),
    ]


def test_a_day_to_come_has_no_status_yet(runner, now):
    with pytest.raises(ValidationError) as refused:
        set_day_status(runner, on=now.date() + dt.timedelta(days=1), status="rest", now=now)
    assert list(refused.value.message_dict) == ["on"]


def test_a_day_can_be_taken_back_to_unknown(runner, now):
    set_day_status(runner, on=now.date(), status="ill", now=now)
    set_day_status(runner, on=now.date(), status=None, now=now)

    assert not DayStatus.objects.exists()
