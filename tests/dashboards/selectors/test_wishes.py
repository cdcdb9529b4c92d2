"""Who gets which mail how often: as they said, or the table's default."""

import pytest

from dashboards.mail_kinds import KINDS
from dashboards.models import Frequency, MailKind
from dashboards.selectors.wishes import frequencies_of, frequency_of, hour_of, is_wanted, said_by
from dashboards.services.mail_preferences import change_wishes, set_frequency, set_hour
from tests.factories import UserFactory

DEFAULTS = {
    "runner": "weekly", "coach": "weekly", "urgent": "at_once", "morning": "off",
    "reminder": "weekly", "import": "at_once", "export": "at_once",
}  # fmt: skip


def test_who_said_nothing_gets_the_defaults(runner):
    assert said_by(runner) == DEFAULTS
    assert hour_of(runner) == 7
    assert frequency_of(runner, kind="invitation") == "at_once"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_off_and_its_default_is_one_of_its_choices(kind):
    row = KINDS[kind]
    assert Frequency.OFF in row.frequencies
    assert row.default in row.frequencies
    assert row.sentence.endswith(".")


def test_what_was_said_stands_until_something_else_is_said(runner, now):
    for frequency in ("daily", "off"):
        set_frequency(runner, kind="import", frequency=frequency, now=now)
        assert frequency_of(runner, kind="import") == frequency
    assert not is_wanted(runner, kind="import")
    set_hour(runner, hour=21, now=now)
    assert hour_of(runner) == 21


def test_urgent_with_the_weekly_mail_needs_the_weekly_mail(coach, now):
    set_frequency(coach, kind="urgent", frequency="weekly", now=now)
    assert frequency_of(coach, kind="urgent") == "weekly"

    set_frequency(coach, kind="coach", frequency="off", now=now)
    assert frequency_of(coach, kind="urgent") == "daily"


def test_an_urgent_mail_that_is_off_stays_off(coach, now):
    change_wishes(coach, wishes={"coach": "off", "urgent": "off"}, hour=7, now=now)
    assert frequency_of(coach, kind="urgent") == "off"


@pytest.mark.parametrize("count", [1, 3])
def test_many_people_are_asked_in_one_query(count, django_assert_num_queries, now, db):
    people = [UserFactory() for _ in range(count)]
    set_frequency(people[0], kind="morning", frequency="daily", now=now)
    with django_assert_num_queries(1):
        found = frequencies_of([one.pk for one in people], kind=MailKind.MORNING)
    assert list(found.values()) == ["daily", *["off"] * (count - 1)]
