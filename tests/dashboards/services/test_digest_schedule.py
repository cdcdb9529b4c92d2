"""The ledger over clock changes and year's end: one digest a week, at each reader's own hour."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from dashboards.models import Digest
from dashboards.services import digests
from tests.factories import ClubFactory, MembershipFactory

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"]


@pytest.fixture
def readers(db):
    """A runner in each zone; the club's mail comes on Sunday at two, when clocks change."""
    club = ClubFactory(digest_weekday=6, digest_hour=2)
    return [MembershipFactory(club=club, user__time_zone=zone) for zone in ZONES]


def sweep(first, *, days, sleeps=()):
    """Insert what is due every hour, but on the days the schedule sleeps."""
    for hour in range(24 * days):
        now = dt.datetime.combine(first, dt.time(), dt.UTC) + hour * HOUR
        if now.date() not in sleeps:
            digests.insert_due(now=now)


def weeks_of(membership):
    return list(membership.digests.order_by("week").values_list("week", "due_at"))


@pytest.mark.parametrize(
    ("first", "weeks"),
    [
        ("2026-03-03", 5),  # New York changes on the 8th, Berlin on the 29th
        ("2026-03-31", 2),  # the south on 5 April
        ("2026-09-22", 3),  # Auckland on 27 September, Lord Howe on 4 October
        ("2026-10-20", 3),
        ("2026-12-22", 4),  # 2026-W53, then 2027-W01
    ],
)
def test_one_a_week_at_the_local_hour(first, weeks, readers):
    first = dt.date.fromisoformat(first)
    sweep(first, days=7 * weeks)

    for reader in readers:
        zone = ZoneInfo(reader.user.time_zone)
        found = [(week, at) for week, at in weeks_of(reader) if at.date() > first]
        told = [week for week, _ in found]
        assert told == [told[0] + 7 * number * DAY for number in range(len(told))]
        assert len(told) in {weeks, weeks - 1}
        for week, at in found:
            local = at.astimezone(zone)
            assert local.date() == week + 13 * DAY  # the Sunday after
            # At two; on a day without that hour at the next moment there is.
            assert (local.hour, local.minute) in {(2, 0), (2, 30), (3, 0)}


def test_the_hour_that_is_skipped_moves_that_mail_only(readers):
    sweep(dt.date(2026, 3, 17), days=21)

    berlin = [at.isoformat() for _, at in weeks_of(readers[0])]
    assert berlin[-3:] == [
        "2026-03-22T01:00:00+00:00",  # 02:00 in winter
        "2026-03-29T01:00:00+00:00",  # 03:00, for there is no 02:00
        "2026-04-05T00:00:00+00:00",  # 02:00 in summer
    ]


def test_the_hour_that_comes_twice_is_one_mail(readers):
    sweep(dt.date(2026, 10, 20), days=21)

    berlin = [at.isoformat() for _, at in weeks_of(readers[0])]
    assert berlin[-3:] == [
        "2026-10-25T00:00:00+00:00",  # the first 02:00
        "2026-11-01T01:00:00+00:00",
        "2026-11-08T01:00:00+00:00",
    ]
    assert Digest.objects.filter(membership=readers[1], due_at__date="2026-11-01").count() == 1


def test_a_week_asleep_brings_this_weeks_mail_once(readers):
    first = dt.date(2026, 12, 22)
    asleep = {dt.date(2026, 12, 25) + number * DAY for number in range(9)}
    sweep(first, days=28, sleeps=asleep)

    for reader in readers:
        told = [week.isoformat() for week, at in weeks_of(reader) if at.date() > first]
        # 27 December and what was due on it is past; 3 January was caught up with.
        assert told == ["2026-12-21", "2026-12-28", "2027-01-04"], reader.user.time_zone
