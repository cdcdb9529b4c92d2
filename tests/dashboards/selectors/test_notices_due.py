"""To whom something happened that is worth a mail, and to whom not."""

import datetime as dt

import pytest

from dashboards.models import DataExport
from dashboards.selectors.notices_due import (
    exports_ready,
    imports_ended,
    may_be_asked,
    missed,
    mornings_due,
    reminders_due,
    urgent_for_coaches,
)
from dashboards.services.mail_preferences import set_frequency, set_hour
from members.models import Role, Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    HeelProblemFactory,
    ImportBatchFactory,
    MembershipFactory,
    MorningFactory,
    PlannedBreakFactory,
    SquadFactory,
    TableLayoutFactory,
    UserFactory,
)

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)
TODAY = dt.date(2026, 3, 18)
SEVEN = dt.datetime(2026, 3, 18, 7, tzinfo=dt.UTC)


# --- The morning after a run ---------------------------------------------------------------------
@pytest.fixture
def sore(runner, now):
    """A runner with a sore spot who ran yesterday and wants to be asked."""
    HeelProblemFactory(runner=runner)
    ActivityFactory(runner=runner, started_at=SEVEN - 12 * HOUR)
    set_frequency(runner, kind="morning", frequency="daily", now=now)
    return runner


def asked(now):
    return [(one.user_id, one.key, one.at) for one in mornings_due(now=now)]


def test_the_question_comes_at_the_chosen_hour_for_six_hours(sore, now):
    assert asked(SEVEN - MINUTE) == []
    assert asked(SEVEN) == [(sore.pk, "2026-03-18", SEVEN)]
    assert asked(SEVEN + 6 * HOUR) == []

    set_hour(sore, hour=5, now=now)
    assert asked(SEVEN) == [(sore.pk, "2026-03-18", SEVEN - 2 * HOUR)]


def test_the_hour_is_by_the_readers_clock(sore):
    sore.time_zone = "America/New_York"
    sore.save()

    assert asked(SEVEN) == []
    assert asked(SEVEN + 4 * HOUR) == [(sore.pk, "2026-03-18", SEVEN + 4 * HOUR)]


def not_wished(runner, now):
    set_frequency(runner, kind="morning", frequency="off", now=now)


def no_consent(runner, now):
    runner.health_consent_at = None
    runner.save()


def closed(runner, now):
    runner.heel_problems.update(closed_on=TODAY)


def no_run(runner, now):
    runner.activities.update(on=TODAY - 2 * DAY)


def a_ride(runner, now):
    runner.activities.update(kind="ride")


def answered(runner, now):
    MorningFactory(runner=runner, on=TODAY, first_step=0)


def away(runner, now):
    DayStatusFactory(runner=runner, on=TODAY, status="holiday")


def planned_away(runner, now):
    PlannedBreakFactory(runner=runner, first=TODAY - DAY, last=TODAY)


def gone(runner, now):
    runner.is_active = False
    runner.save()


@pytest.mark.parametrize(
    "change",
    [not_wished, no_consent, closed, no_run, a_ride, answered, away, planned_away, gone],
)
def test_who_is_not_asked(change, sore, now):
    change(sore, now)
    assert asked(SEVEN) == []


def test_an_earlier_morning_or_holiday_is_no_answer_for_today(sore):
    MorningFactory(runner=sore, on=TODAY - DAY)
    MorningFactory(runner=sore, on=TODAY, first_step=None, after=3)
    PlannedBreakFactory(runner=sore, first=TODAY - 5 * DAY, last=TODAY - DAY)
    PlannedBreakFactory(runner=sore, kind="taper", first=TODAY, last=TODAY + DAY)

    assert may_be_asked([sore.pk], on=TODAY) == {sore.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_three_queries_however_many(count, now, django_assert_num_queries, db):
    for _ in range(count):
        one = UserFactory()
        HeelProblemFactory(runner=one)
        ActivityFactory(runner=one, started_at=SEVEN - 12 * HOUR)
        set_frequency(one, kind="morning", frequency="daily", now=now)
    with django_assert_num_queries(3):
        assert len(mornings_due(now=SEVEN)) == count


# --- A week without an entry ---------------------------------------------------------------------
TUESDAY = dt.datetime(2026, 3, 17, 7, tzinfo=dt.UTC)
EMPTY = dt.date(2026, 3, 9)


@pytest.fixture
def silent(runner):
    """A runner who logged a run in the week before the empty one."""
    ActivityFactory(runner=runner, started_at=TUESDAY - 11 * DAY)
    return runner


def test_one_is_reminded_on_tuesday_from_the_chosen_hour_on(silent):
    assert reminders_due(now=TUESDAY - MINUTE) == []
    assert [tuple(one) for one in reminders_due(now=TUESDAY)] == [
        (silent.pk, "2026-03-09", TUESDAY)
    ]
    assert len(reminders_due(now=TUESDAY + 16 * HOUR)) == 1
    assert reminders_due(now=TUESDAY + 17 * HOUR) == []


@pytest.mark.parametrize(
    "entry",
    [
        lambda who: ActivityFactory(runner=who, kind="swim", started_at=TUESDAY - 8 * DAY),
        lambda who: DayStatusFactory(runner=who, on=EMPTY, status="ill"),
        lambda who: MorningFactory(runner=who, on=EMPTY + 6 * DAY),
        lambda who: who.weekly_checks.create(week=EMPTY, answered_on=EMPTY, participation=0),
    ],
)
def test_any_entry_is_one(entry, silent):
    entry(silent)
    assert missed([silent.pk], week=EMPTY) == set()


def test_entries_of_other_weeks_do_not_count(silent):
    DayStatusFactory(runner=silent, on=EMPTY - DAY)
    DayStatusFactory(runner=silent, on=EMPTY + 7 * DAY)
    assert missed([silent.pk], week=EMPTY) == {silent.pk}


def test_after_four_empty_weeks_one_is_left_in_peace(silent):
    weeks = [EMPTY + number * 7 * DAY for number in range(6)]
    reminded = [bool(missed([silent.pk], week=week)) for week in weeks]
    assert reminded == [True, True, True, True, False, False]


def test_who_joined_meanwhile_or_coaches_is_not_reminded(silent, membership):
    membership.joined_at = dt.datetime(2026, 3, 10, tzinfo=dt.UTC)
    membership.save()
    assert missed([silent.pk], week=EMPTY) == set()

    membership.joined_at, membership.role = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), Role.COACH
    membership.save()
    assert missed([silent.pk], week=EMPTY) == set()
    assert reminders_due(now=TUESDAY) == []


@pytest.mark.parametrize("count", [1, 3])
def test_reminding_costs_three_queries_however_many(count, django_assert_num_queries, db):
    for _ in range(count):
        ActivityFactory(runner=MembershipFactory().user, started_at=TUESDAY - 11 * DAY)
    with django_assert_num_queries(3):
        assert len(reminders_due(now=TUESDAY)) == count


# --- News ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "took", "ended", "is_due"),
    [
        ("finished", 3 * MINUTE, HOUR, True),
        ("failed", 3 * MINUTE, HOUR, True),
        ("finished", MINUTE, HOUR, False),  # they have waited for it
        ("undone", 3 * MINUTE, HOUR, False),
        ("finished", 3 * MINUTE, 25 * HOUR, False),  # the schedule was away too long
    ],
)
def test_an_import_that_took_long_is_told(state, took, ended, is_due, runner, now):
    batch = ImportBatchFactory(
        runner=runner, state=state, created_at=now - ended - took, finished_at=now - ended,
        error="broken" if state == "failed" else "",
    )  # fmt: skip
    expected = [(runner.pk, str(batch.pk), now)] if is_due else []
    assert [tuple(one) for one in imports_ended(now=now)] == expected


def test_who_has_just_explained_a_table_is_there(runner, now):
    ImportBatchFactory(runner=runner, created_at=now - HOUR, finished_at=now - MINUTE)
    TableLayoutFactory(runner=runner, said_at=now - 2 * MINUTE)
    assert imports_ended(now=now) == []


@pytest.mark.parametrize(("age", "is_due"), [(14, False), (16, True)])
def test_an_import_that_waits_for_its_owner_says_so_after_a_while(age, is_due, runner, now):
    ImportBatchFactory(
        runner=runner, state="asking", created_at=now - age * MINUTE, finished_at=None
    )
    assert bool(imports_ended(now=now)) is is_due


@pytest.mark.parametrize(("took", "is_due"), [(1, False), (2, True)])
def test_a_download_that_took_long_is_told(took, is_due, runner, now):
    DataExport.objects.create(
        user=runner, state="ready", asked_at=now - took * MINUTE, ready_at=now, file="x",
        expires_at=now + DAY,
    )  # fmt: skip
    expected = [(runner.pk, (now - took * MINUTE).isoformat(), now)] if is_due else []
    assert [tuple(one) for one in exports_ready(now=now)] == expected


@pytest.fixture
def alarm(membership, coach_membership, now):
    """A runner who shares everything was asked to get seen today."""
    assessment = AssessmentFactory(
        runner=membership.user, clinician="urgent_today", training="rest", assessed_at=now
    )
    return FlagFactory(
        assessment=assessment, rule="RF1", level="yes", action="urgent_today",
        values={"questions": ["snap_pop_grind"], "since": "2026-03-18"},
    )  # fmt: skip


def test_a_coach_of_a_runner_who_shares_everything_may_know(
    alarm, membership, coach_membership, admin_membership, now
):
    MembershipFactory(role=Role.COACH)  # of another club
    assert [tuple(one) for one in urgent_for_coaches(now=now)] == [
        (coach_membership.pk, coach_membership.user_id, membership.user_id, "2026-03-18")
    ]


def test_an_assistant_knows_of_their_own_squads_only(alarm, membership, club, now):
    squad = SquadFactory(club=club)
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    squad.coaches.add(assistant)
    SquadFactory(club=club).coaches.add(assistant)
    assert assistant.pk not in {one.membership_id for one in urgent_for_coaches(now=now)}

    membership.squad = squad
    membership.save()
    assert assistant.pk in {one.membership_id for one in urgent_for_coaches(now=now)}


def less_shared(alarm, membership, coach_membership):
    membership.sharing = Sharing.STATUS
    membership.save()


def consent_taken_back(alarm, membership, coach_membership):
    membership.user.health_consent_at = None
    membership.user.save()


def runner_left(alarm, membership, coach_membership):
    membership.left_at = alarm.first_seen_at
    membership.save()


def coach_left(alarm, membership, coach_membership):
    coach_membership.left_at = alarm.first_seen_at
    coach_membership.save()


def withdrawn(alarm, membership, coach_membership):
    alarm.withdrawn_at = alarm.first_seen_at
    alarm.save()


def milder(alarm, membership, coach_membership):
    alarm.action = "within_days"
    alarm.save()


@pytest.mark.parametrize(
    "change", [less_shared, consent_taken_back, runner_left, coach_left, withdrawn, milder]
)
def test_when_nobody_may_know(change, alarm, membership, coach_membership, now):
    change(alarm, membership, coach_membership)
    assert urgent_for_coaches(now=now) == []


def test_an_alarm_of_long_ago_is_not_news(alarm, now):
    assert urgent_for_coaches(now=now + 2 * DAY + MINUTE) == []
