"""The board: who stands where, in which order, and what of it each runner shares."""

import datetime as dt

import pytest

from dashboards.selectors.board import board
from injuries.models import CoachDecision, FlagReport
from members.models import Role, Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    MembershipFactory,
    MorningFactory,
    PlannedBreakFactory,
    SquadFactory,
)

ON = dt.date(2026, 3, 18)
MONDAY = dt.date(2026, 3, 16)


def member(club, name, sharing=Sharing.EVERYTHING, **fields):
    return MembershipFactory(club=club, user__name=name, sharing=sharing, **fields)


def assessed(membership, **fields):
    ActivityFactory(runner=membership.user)
    return AssessmentFactory(runner=membership.user, **fields)


def names(seen):
    return [row.name for row in seen.rows]


def counts(seen):
    return {chip.state: chip.count for chip in seen.chips if chip.count}


@pytest.fixture
def many(club):
    """One runner in each place."""
    assessed(member(club, "Carry"))
    assessed(member(club, "Rest"), training="rest")
    assessed(member(club, "Cross"), training="cross_train")
    assessed(member(club, "Ease"), training="ease")
    assessed(member(club, "Shoes"), shoes=True)
    assessed(member(club, "Book"), clinician="book")
    assessed(member(club, "Urgent"), training="rest", clinician="urgent_today")
    assessed(member(club, "Unknown"), training="not_assessed")
    AssessmentFactory(runner=member(club, "Silent").user)
    member(club, "Nothing", sharing=Sharing.NOTHING)


def test_rows_are_sorted_by_need(coach_membership, many):
    assert names(board(coach_membership, on=ON)) == [
        "Urgent",
        "Book",
        "Rest",
        "Cross",
        "Ease",
        "Shoes",
        "Silent",
        "Unknown",
        "Carry",
        "Nothing",
    ]


def test_chips_count_every_state_a_row_stands_in(coach_membership, many):
    assert counts(board(coach_membership, on=ON)) == {
        "clinician": 2,
        "rest": 2,
        "cross_train": 1,
        "ease": 1,
        "shoes": 1,
        "silent": 1,
        "not_assessed": 1,
        "ok": 1,
        "nothing": 1,
        "waiting": 6,
    }


@pytest.mark.parametrize(
    ("sharing", "until", "expected"),
    [
        (Sharing.STATUS, dt.date(2027, 1, 1), True),
        (Sharing.EVERYTHING, ON, False),
        (Sharing.EVERYTHING, None, False),
        (Sharing.NOTHING, dt.date(2027, 1, 1), False),
    ],
)
def test_new_to_running_is_a_label_for_those_who_share_runs(
    coach_membership, club, sharing, until, expected
):
    runner = member(club, "New", sharing=sharing)
    runner.user.beginner_until = until
    runner.user.save()
    [row] = board(coach_membership, on=ON).rows
    assert row.is_beginner is expected


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({"show": "rest"}, ["Urgent", "Rest"]),
        ({"show": "ok"}, ["Carry"]),
        ({"show": "returning"}, []),
        ({"search": "re"}, ["Rest"]),
        ({"search": "EAS"}, ["Ease"]),
    ],
)
def test_filters_narrow_the_rows_but_not_the_chips(coach_membership, many, filters, shown):
    seen = board(coach_membership, on=ON, **filters)
    assert names(seen) == shown
    assert seen.runners == 10
    assert counts(seen)["clinician"] == 2


def test_squad_narrows_rows_and_chips(coach_membership, club):
    squad = SquadFactory(club=club, name="Track")
    assessed(member(club, "In", squad=squad))
    assessed(member(club, "Out"))
    seen = board(coach_membership, on=ON, squad=squad.pk)
    assert names(seen) == ["In"]
    assert counts(seen) == {"ok": 1}


def test_silence_is_never_ok(coach_membership, membership):
    AssessmentFactory(runner=membership.user, training="carry_on")
    ActivityFactory(runner=membership.user, started_at=dt.datetime(2026, 3, 11, 18, tzinfo=dt.UTC))
    (row,) = board(coach_membership, on=ON).rows
    assert row.states == ("silent",)
    assert row.last_run == (dt.date(2026, 3, 11), 10_000)


def test_a_day_status_breaks_the_silence(coach_membership, membership):
    AssessmentFactory(runner=membership.user, training="carry_on")
    DayStatusFactory(runner=membership.user, on=dt.date(2026, 3, 12))
    (row,) = board(coach_membership, on=ON).rows
    assert row.states == ("ok",)


def test_returning_is_seen(coach_membership, membership):
    assessment = assessed(membership, training="ease")
    FlagFactory(
        assessment=assessment,
        rule="L3",
        level="layoff_14_28",
        values={"days": 20, "back_on": None, "share": 0.5, "week_limit_m": None},
    )
    (row,) = board(coach_membership, on=ON).rows
    assert row.states == ("returning",)
    assert row.reasons == ("Returning after 20 days off.",)
    assert not row.wants_decision
    assert not row.shows_training


def test_coming_back_after_a_sore_heel_is_more_than_a_state(coach_membership, membership):
    assessment = assessed(membership, training="ease")
    FlagFactory(
        assessment=assessment, rule="L3", level="after_problem", action="ease", values={"days": 9}
    )
    (row,) = board(coach_membership, on=ON).rows
    assert row.states == ("ease", "returning")
    assert row.wants_decision
    assert row.shows_training


SPIKE = {"distance_m": 12_000, "longest_30d_m": 10_000, "ratio": 1.2, "run_on": "2026-03-14"}
SHOES = {"shoe": "1", "distance_m": 612_000, "limit_m": 800_000}
WEARS = {"rule": "S1", "level": "check_wear", "action": "shoe_check", "values": SHOES}


def stands_at(club, step):
    """Let the club's list be that short."""
    FlagReport.objects.create(
        club=club, made_at=dt.datetime(2026, 3, 16, tzinfo=dt.UTC), figures={}, coach_step=step
    )


@pytest.mark.parametrize(
    ("for_coach", "step", "presses"),
    [(True, None, "ease"), (True, 0, "ease"), (True, 1, "returning"), (False, 0, "returning")],
)
def test_what_the_runner_alone_is_told_presses_no_coach(
    coach_membership, club, membership, for_coach, step, presses
):
    """It stays in the row and on the runner's page, below those who need somebody."""
    if step is not None:
        stands_at(club, step)
    FlagFactory(assessment=assessed(membership, training="ease"), values=SPIKE, for_coach=for_coach)
    assessed(member(club, "Needs shoes"), shoes=True)
    seen = board(coach_membership, on=ON)
    row = next(row for row in seen.rows if row.who.pk == membership.pk)
    assert (row.states, row.pressing) == (("ease",), presses)
    assert row.wants_decision == (presses == "ease")
    assert row.shows_training
    assert len(row.reasons) == 1
    assert seen.undecided == 1 + (presses == "ease")
    assert (seen.rows[0] == row) == (presses == "ease")


@pytest.mark.parametrize(("step", "presses"), [(2, "shoes"), (3, "returning")])
def test_worn_shoes_leave_the_list_last_but_one(coach_membership, club, membership, step, presses):
    stands_at(club, step)
    FlagFactory(assessment=assessed(membership, shoes=True), **WEARS)
    (row,) = board(coach_membership, on=ON).rows
    assert (row.states, row.pressing) == (("shoes",), presses)
    assert row.wants_decision == (presses == "shoes")


def test_pain_asks_at_every_step(coach_membership, club, membership):
    stands_at(club, 4)
    assessment = assessed(membership, training="ease")
    FlagFactory(assessment=assessment, values=SPIKE)
    FlagFactory(assessment=assessment, rule="P5", level="substantial", action="ease", values={})
    (row,) = board(coach_membership, on=ON).rows
    assert row.wants_decision


def test_a_runner_who_shares_nothing_has_a_row_without_data(coach_membership, membership):
    membership.sharing = Sharing.NOTHING
    membership.save()
    assessment = assessed(membership, training="rest", clinician="urgent_today", shoes=True)
    FlagFactory(assessment=assessment, for_coach=True)
    MorningFactory(runner=membership.user)
    (row,) = board(coach_membership, on=ON).rows
    assert row.states == ("nothing",)
    assert row.view.training is None
    assert row.judged is None
    assert (row.reasons, row.weeks, row.mornings) == ((), (), ())
    assert (row.last_run, row.last_entry, row.last_report) == (None, None, None)


def test_status_tells_nothing_about_the_heel(coach_membership, membership):
    membership.sharing = Sharing.STATUS
    membership.save()
    assessment = assessed(membership, training="rest", clinician="within_days")
    FlagFactory(
        assessment=assessment,
        rule="P1",
        level="stop",
        action="rest",
        values={"during": 7, "gait_changed": True, "run_on": "2026-03-17", "limit": 5},
        text="Your heel hurt 7 of 10 during the run on Tuesday.",
    )
    MorningFactory(runner=membership.user, first_step=7)
    (row,) = board(coach_membership, on=ON).rows
    assert row.view.clinician == "advised"
    assert row.reasons == ("Asked to ease off.",)
    assert row.last_report is None
    assert row.view.flags == ()


def test_consent_taken_back_hides_what_was_said_before(coach_membership, membership):
    assessment = assessed(membership, training="rest")
    FlagFactory(
        assessment=assessment,
        rule="P1",
        level="stop",
        action="rest",
        values={"during": 7, "gait_changed": True, "run_on": "2026-03-17", "limit": 5},
    )
    MorningFactory(runner=membership.user)
    membership.user.health_consent_at = None
    membership.user.save()
    (row,) = board(coach_membership, on=ON).rows
    assert (row.reasons, row.last_report) == (("Asked to ease off.",), None)


def test_everything_shows_the_reason_and_the_last_report(coach_membership, membership):
    assessment = assessed(membership, training="ease")
    FlagFactory(assessment=assessment, for_coach=True)
    MorningFactory(runner=membership.user)
    (row,) = board(coach_membership, on=ON).rows
    assert row.reasons == ("16.0 km on Saturday after a longest of 13.0 km.",)
    assert row.last_report == ON
    assert row.weeks[-1].distance_m == 10_000
    assert row.weeks[0].distance_m is None


def test_until_this_week_is_assessed_last_week_stands(coach_membership, membership):
    assessed(membership, week=dt.date(2026, 3, 9), on=dt.date(2026, 3, 15), training="ease")
    (row,) = board(coach_membership, on=ON).rows
    assert row.state == "ease"
    assert row.judged.on == dt.date(2026, 3, 15)
    (row,) = board(coach_membership, on=ON, week=MONDAY).rows
    assert row.state == "not_assessed"


def test_a_past_week_is_shown_as_it_was_assessed(coach_membership, membership):
    past = dt.date(2026, 3, 9)
    assessed(membership, training="rest")
    AssessmentFactory(runner=membership.user, week=past, on=dt.date(2026, 3, 15), training="ease")
    ActivityFactory(runner=membership.user, started_at=dt.datetime(2026, 3, 14, 9, tzinfo=dt.UTC))
    seen = board(coach_membership, on=ON, week=past)
    assert (seen.week, seen.is_current) == (past, False)
    assert seen.rows[0].state == "ease"
    assert seen.rows[0].last_run == (dt.date(2026, 3, 14), 10_000)


def test_only_the_standing_decision_of_this_club_counts(coach_membership, membership, now):
    assessment = assessed(membership, training="rest")
    first = CoachDecision.objects.create(
        assessment=assessment,
        club=coach_membership.club,
        kind="accepted",
        decided_at=now,
        decided_by=coach_membership.user,
    )
    second = CoachDecision.objects.create(
        assessment=assessment,
        club=coach_membership.club,
        kind="dismissed",
        replaces=first,
        decided_at=now,
        decided_by=coach_membership.user,
    )
    CoachDecision.objects.create(
        assessment=assessment, club=MembershipFactory().club, kind="accepted", decided_at=now
    )
    (row,) = board(coach_membership, on=ON).rows
    assert row.decision.pk == second.pk
    assert not row.wants_decision


def test_decisions_of_the_weeks_before_are_remembered(coach_membership, membership, now):
    past = AssessmentFactory(
        runner=membership.user, week=dt.date(2026, 3, 9), on=dt.date(2026, 3, 15)
    )
    earlier = CoachDecision.objects.create(
        assessment=past, club=coach_membership.club, kind="accepted", decided_at=now
    )
    assessed(membership, training="rest")
    (row,) = board(coach_membership, on=ON).rows
    assert (row.decision, row.earlier.pk) == (None, earlier.pk)
    assert row.wants_decision


def test_those_who_left_and_other_clubs_are_not_there(coach_membership, membership, now):
    member(coach_membership.club, "Gone", left_at=now)
    member(MembershipFactory().club, "Elsewhere")
    assert names(board(coach_membership, on=ON)) == ["Robin Runner"]


@pytest.mark.parametrize("runners", [1, 3])
def test_the_number_of_queries_does_not_grow(
    runners, club, coach_membership, django_assert_num_queries, now
):
    for number in range(runners):
        assessment = assessed(member(club, f"R{number}"), training="ease")
        FlagFactory(assessment=assessment)
        CoachDecision.objects.create(
            assessment=assessment,
            club=club,
            kind="accepted",
            decided_at=now,
            decided_by=coach_membership.user,
        )
    with django_assert_num_queries(12):
        rows = board(coach_membership, on=ON).rows
        assert [row.decision.decided_by for row in rows] == ["Casey Coach"] * runners


def test_a_runner_is_no_coach(membership):
    assert membership.role == Role.RUNNER
    assert board(membership, on=ON).rows == ()


@pytest.mark.parametrize(
    ("sharing", "kind", "expected", "words"),
    [
        ("everything", "holiday", ("holiday",), "holiday until 20 March"),
        ("status", "holiday", ("holiday",), "holiday until 20 March"),
        ("nothing", "holiday", ("nothing",), ""),
        ("everything", "taper", ("silent", "taper"), "taper until 20 March"),
    ],
)
def test_who_is_away_says_so_where_runs_are_shared(
    club, coach_membership, sharing, kind, expected, words
):
    """A holiday said beforehand is no silence; a taper is."""
    away = member(club, "Away", sharing=Sharing(sharing))
    AssessmentFactory(runner=away.user)
    PlannedBreakFactory(
        runner=away.user, kind=kind, first=dt.date(2026, 3, 16), last=dt.date(2026, 3, 20)
    )

    (row,) = board(coach_membership, on=ON).rows

    assert (row.states, row.away_words, row.wants_decision) == (expected, words, False)
