"""One mail a week and one a day at the reader's own hour, whatever the clock does."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from dashboards.mail_clock import latest_weekly, moment, next_daily

DAY = dt.timedelta(days=1)
QUARTER = dt.timedelta(minutes=15)
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"]


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


# Days on which a clock changes, and what it shows at the due moment.
@pytest.mark.parametrize(
    ("zone", "day", "hour", "at"),
    [
        ("Europe/Berlin", "2026-03-29", 2, "2026-03-29T01:00"),  # skipped: 03:00, the next there is
        ("Europe/Berlin", "2026-03-29", 3, "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-10-25", 2, "2026-10-25T00:00"),  # twice: the first
        ("Europe/Berlin", "2026-10-25", 3, "2026-10-25T02:00"),
        ("America/New_York", "2026-03-08", 2, "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01", 1, "2026-11-01T05:00"),
        ("Australia/Lord_Howe", "2026-10-04", 2, "2026-10-03T15:30"),  # half an hour is skipped
        ("Australia/Lord_Howe", "2026-04-05", 2, "2026-04-04T15:30"),
        ("Pacific/Auckland", "2026-09-27", 2, "2026-09-26T14:00"),
        ("America/Santiago", "2026-09-06", 0, "2026-09-06T04:00"),  # midnight itself is skipped
        ("Antarctica/Troll", "2026-03-29", 2, "2026-03-29T01:00"),  # two hours are
        ("Pacific/Apia", "2011-12-30", 7, "2011-12-30T10:00"),  # a whole day is
        ("Asia/Kolkata", "2026-03-29", 7, "2026-03-29T01:30"),
    ],
)
def test_the_moment_of_an_hour(zone, day, hour, at):
    assert moment(dt.date.fromisoformat(day), hour, ZoneInfo(zone)) == utc(at)


def sweeps(first, last):
    """Every quarter of an hour, as the schedule looks."""
    now = first
    while now < last:
        yield now
        now += QUARTER


SPANS = [
    ("2026-03-01", "2026-04-20"),  # spring in the north, autumn in the south
    ("2026-09-20", "2026-11-10"),
    ("2026-12-20", "2027-01-18"),  # week 53 and week 1
    ("2024-12-22", "2025-01-12"),  # a week of two years
]


@pytest.mark.parametrize("zone", [*ZONES, "Asia/Kolkata"])
@pytest.mark.parametrize(("weekday", "hour"), [(0, 7), (6, 2), (6, 23), (0, 0)])
@pytest.mark.parametrize(("first", "last"), SPANS)
def test_one_digest_a_week_at_the_local_hour(zone, weekday, hour, first, last):
    zone = ZoneInfo(zone)
    sent = {}
    for now in sweeps(utc(first), utc(last)):
        due = latest_weekly(weekday, hour, zone, now=now)
        assert due.at <= now
        sent.setdefault(due.week, (due.at, now))

    weeks = list(sent)
    assert weeks == [weeks[0] + dt.timedelta(weeks=number) for number in range(len(weeks))]
    assert len(weeks) >= (utc(last) - utc(first)).days // 7
    for week, (at, seen) in list(sent.items())[1:]:
        local = at.astimezone(zone)
        assert local.date() == week + (7 + weekday) * DAY
        skipped = moment(local.date(), hour, zone).astimezone(zone)
        assert (local.hour, local.minute) in {(hour, 0), (skipped.hour, skipped.minute)}
        assert dt.timedelta() <= seen - at < QUARTER


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 2, 7])
def test_one_daily_mail_a_day(zone, hour):
    zone = ZoneInfo(zone)
    days = [
        next_daily(hour, zone, now=utc("2026-03-01") + number * DAY).astimezone(zone).date()
        for number in range(365)
    ]
    assert sorted(set(days)) == days


def test_the_next_daily_moment_is_now_or_ahead():
    berlin = ZoneInfo("Europe/Berlin")
    assert next_daily(7, berlin, now=utc("2026-03-28T06:00")) == utc("2026-03-28T06:00")
    assert next_daily(7, berlin, now=utc("2026-03-28T06:01")) == utc("2026-03-29T05:00")
