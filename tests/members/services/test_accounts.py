"""What somebody changes about themselves."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from injuries.selectors.history import history_of
from members.services.accounts import change_person, say_previous_injury
from tests.factories import UserFactory

FACTS = {
    "name": "Robin",
    "time_zone": "UTC",
    "unit": "km",
    "previous_injury": None,
    "declared_longest_m": None,
    "beginner": False,
}


def test_answers_carry_the_local_day_they_were_given_on(db, now):
    user = UserFactory()
    said = FACTS | {
        "time_zone": "Pacific/Auckland",
        "previous_injury": True,
        "declared_longest_m": 9_000,
    }
    change_person(user, now=now, **said)
    user.refresh_from_db()
    assert (user.previous_injury, user.previous_injury_answered_on) == (
        True,
        dt.date(2026, 3, 19),
    )
    assert (user.declared_longest_m, user.declared_on) == (9_000, dt.date(2026, 3, 19))


def test_an_answer_left_alone_keeps_its_day_and_one_taken_back_loses_it(db, now):
    day = dt.date(2026, 1, 1)
    user = UserFactory(
        previous_injury=True,
        previous_injury_answered_on=day,
        declared_longest_m=9_000,
        declared_on=day,
    )
    change_person(user, now=now, **FACTS | {"previous_injury": True, "declared_longest_m": 9_000})
    assert (user.previous_injury_answered_on, user.declared_on) == (day, day)
    change_person(user, now=now, **FACTS)
    user.refresh_from_db()
    assert (user.previous_injury_answered_on, user.declared_on) == (None, None)


def test_the_same_answer_renews_one_that_no_longer_counts(db, now):
    user = UserFactory(previous_injury=True, previous_injury_answered_on=dt.date(2025, 3, 1))
    change_person(user, now=now, **FACTS | {"previous_injury": True})
    assert user.previous_injury_answered_on == now.date()


@pytest.mark.parametrize(("days", "asked"), [(364, False), (365, True)])
def test_an_answer_that_no_longer_counts_is_asked_for_again(db, now, days, asked):
    """On the first day on which the rules no longer see it."""
    user = UserFactory(
        previous_injury=True, previous_injury_answered_on=now.date() - dt.timedelta(days=days)
    )
    assert user.asks_previous_injury(on=now.date()) == asked
    assert (history_of(user, on=now.date()).previous_injury_12m is None) == asked


def test_who_never_answered_or_would_rather_not_say_is_not_asked(db, now):
    user = UserFactory()
    assert not user.asks_previous_injury(on=now.date())

    say_previous_injury(user, said=False, now=now)
    user.refresh_from_db()
    assert (user.previous_injury, user.previous_injury_answered_on) == (False, now.date())

    say_previous_injury(user, said=None, now=now)
    user.refresh_from_db()
    assert (user.previous_injury, user.previous_injury_answered_on) == (None, None)
    assert not user.asks_previous_injury(on=dt.date(2030, 1, 1))


def test_new_to_running_lapses_after_a_year_and_is_not_renewed_by_saving_again(db, now):
    user = UserFactory()
    change_person(user, now=now, **FACTS | {"beginner": True})
    change_person(user, now=now + dt.timedelta(days=30), **FACTS | {"beginner": True})
    user.refresh_from_db()
    assert user.beginner_until == dt.date(2027, 3, 18)
    assert user.is_beginner(on=dt.date(2027, 3, 17))
    assert not user.is_beginner(on=dt.date(2027, 3, 18))
    change_person(user, now=now, **FACTS)
    assert user.beginner_until is None


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("time_zone", "Moon/Base"), ("unit", "yd")]
)
def test_refuses_by_field(db, field, value, now):
    user = UserFactory()
    with pytest.raises(ValidationError) as error:
        change_person(user, now=now, **FACTS | {field: value})
    assert list(error.value.message_dict) == [field]
