"""One's own week: the one line, the ceiling, what is missing."""

import datetime as dt

import pytest

from dashboards.selectors.my_week import CoachNote, my_week
from injuries.models import CoachDecision, RedFlagAnswers, WeeklyCheck
from injuries.risk import ALL_RED_FLAGS
from members.models import Shoe, ShoeCheck, ShoeComfort
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    HeelProblemFactory,
    MorningFactory,
    ShoeFactory,
)

ON = dt.date(2026, 3, 18)
MONDAY = dt.date(2026, 3, 16)


def week(runner, monday=MONDAY, on=ON):
    return my_week(runner, week=monday, on=on)


def test_carry_on_says_why_and_how_far(runner):
    AssessmentFactory(runner=runner, ceiling_m=14_300, ceiling_until=dt.date(2026, 4, 1))
    mine = week(runner)
    assert (mine.advice.answer, mine.advice.offer) == ("carry_on", "Carry on.")
    assert mine.advice.why == "Nothing in what you logged asks for a change."
    assert (mine.ceiling_m, mine.ceiling_until) == (14_300, dt.date(2026, 4, 1))


def test_the_top_flag_is_the_reason_and_the_rest_stands_below(runner):
    assessment = AssessmentFactory(runner=runner, training="ease")
    FlagFactory(assessment=assessment)
    FlagFactory(
        assessment=assessment,
        rule="S1",
        level="check_wear",
        action="shoe_check",
        values={"shoe": "1", "distance_m": 512_000, "limit_m": 800_000},
    )
    mine = week(runner)
    assert mine.advice.why == (
        "Saturday's 16.0 km was longer than your longest of the 30 days before (13.0 km)."
    )
    assert mine.others == (
        "Time to look at your shoes: one pair has 512.0 km. Check wear and comfort.",
    )


def test_the_reason_speaks_the_runners_unit(runner):
    runner.unit = "mi"
    FlagFactory(assessment=AssessmentFactory(runner=runner, training="ease"))
    assert week(runner).advice.why == (
        "Saturday's 9.9 mi was longer than your longest of the 30 days before (8.1 mi)."
    )


def test_the_clinician_comes_first_and_nobody_is_given_a_ceiling(runner):
    assessment = AssessmentFactory(
        runner=runner, training="rest", clinician="urgent_today", ceiling_m=14_300
    )
    FlagFactory(assessment=assessment)
    FlagFactory(
        assessment=assessment,
        rule="RF1",
        level="yes",
        action="urgent_today",
        values={"questions": ["wound"], "since": "2026-03-17"},
    )
    mine = week(runner)
    assert mine.advice.answer == "urgent_today"
    assert mine.advice.offer == "Please do not run, and get this looked at today."
    assert mine.advice.why == (
        "You answered yes to 1 question that should be looked at by a clinician "
        "(first on 17 March)."
    )
    assert mine.ceiling_m is None


@pytest.mark.parametrize("training", ["rest", "cross_train"])
def test_who_shall_not_run_is_given_no_ceiling(runner, training):
    AssessmentFactory(runner=runner, training=training, ceiling_m=14_300)
    assert week(runner).ceiling_m is None


def test_a_ceiling_that_has_run_out_is_not_shown(runner):
    AssessmentFactory(runner=runner, ceiling_m=14_300, ceiling_until=dt.date(2026, 3, 17))
    assert week(runner).ceiling_m is None


def test_not_assessed_says_why(runner):
    AssessmentFactory(
        runner=runner,
        training="not_assessed",
        not_assessed=[
            {"rule": "L1", "why": "less than 30 days of data"},
            {"rule": "L4", "why": "the last two weeks are not both known and comparable"},
        ],
    )
    mine = week(runner)
    assert mine.advice.why == "Less than 30 days of data."
    assert mine.not_assessed == ("Less than 30 days of data.",)


def test_distances_are_compared_and_unknown_weeks_stay_unknown(runner):
    def ran(day, metres):
        ActivityFactory(
            runner=runner,
            started_at=dt.datetime.combine(day, dt.time(18), tzinfo=dt.UTC),
            distance_m=metres,
        )

    ran(dt.date(2026, 3, 17), 8_000)
    ran(dt.date(2026, 3, 12), 10_000)
    ran(dt.date(2026, 3, 14), 13_000)
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 4))
    mine = week(runner)
    assert (mine.this_week_m, mine.last_week_m) == (8_000, 23_000)
    assert [each.distance_m for each in mine.weeks[-4:]] == [None, 0, 23_000, 8_000]
    assert [each.longest_m for each in mine.weeks[-2:]] == [13_000, 8_000]
    assert mine.mean4_m == 11_500
    assert [each.current for each in mine.weeks[-2:]] == [False, True]


def test_a_week_of_runs_without_distance_is_unknown(runner):
    ActivityFactory(runner=runner, distance_m=None)
    assert week(runner).this_week_m is None


def test_what_is_missing(runner):
    ActivityFactory(runner=runner)
    problem = HeelProblemFactory(runner=runner)
    AssessmentFactory(
        runner=runner,
        training="not_assessed",
        not_assessed=[{"rule": "RF1", "why": "7 of 7 questions have no answer"}],
    )
    missing = week(runner).missing
    assert missing.days == (MONDAY, ON)
    assert missing.morning
    assert missing.questions == (problem,)
    assert missing.check_of == dt.date(2026, 3, 9)


def test_nothing_is_missing_once_all_is_said(runner):
    for day in (MONDAY, MONDAY + dt.timedelta(days=1), ON):
        DayStatusFactory(runner=runner, on=day)
    problem = HeelProblemFactory(runner=runner)
    MorningFactory(runner=runner, on=ON)
    WeeklyCheck.objects.create(
        runner=runner, week=dt.date(2026, 3, 9), answered_on=MONDAY, participation=0
    )
    assert week(runner).missing.questions == (problem,)
    RedFlagAnswers.objects.create(
        runner=runner, problem=problem, on=ON, answers=dict.fromkeys(ALL_RED_FLAGS, False)
    )
    assert not week(runner).missing


def test_without_consent_nothing_about_pain_is_asked_or_shown(runner):
    runner.health_consent_at = None
    HeelProblemFactory(runner=runner)
    MorningFactory(runner=runner)
    mine = week(runner)
    assert not mine.says_morning
    assert (mine.missing.morning, mine.missing.questions, mine.missing.check_of) == (
        False,
        (),
        None,
    )


@pytest.mark.parametrize(
    ("on", "check_of"),
    [
        (dt.date(2026, 3, 21), None),
        (dt.date(2026, 3, 22), MONDAY),
        (dt.date(2026, 3, 23), MONDAY),
        (dt.date(2026, 3, 26), None),
    ],
)
def test_the_check_is_asked_from_sunday_to_wednesday(runner, on, check_of):
    monday = on - dt.timedelta(days=on.weekday())
    assert week(runner, monday, on).missing.check_of == check_of


def test_mornings_of_four_weeks(runner):
    MorningFactory(runner=runner, on=ON, first_step=4)
    mornings = week(runner).mornings
    assert (mornings[0].on, mornings[-1].on, len(mornings)) == (dt.date(2026, 2, 19), ON, 28)
    assert [each.first_step for each in mornings] == [None] * 27 + [4]


def test_a_past_week_shows_what_was_said_then(runner):
    AssessmentFactory(
        runner=runner, week=dt.date(2026, 3, 9), on=dt.date(2026, 3, 15), training="ease"
    )
    AssessmentFactory(runner=runner, training="rest")
    mine = week(runner, dt.date(2026, 3, 9))
    assert (mine.is_current, mine.advice.answer) == (False, "ease")
    assert mine.weeks[-1].week == dt.date(2026, 3, 9)
    assert not mine.missing


def test_only_standing_shared_notes_are_shown(runner, coach_membership, club, now):
    def decided(assessment, **fields):
        fields = {"kind": "accepted", "note": "Well done", "note_shared": True} | fields
        return CoachDecision.objects.create(
            assessment=assessment,
            club=club,
            decided_at=now,
            decided_by=coach_membership.user,
            **fields,
        )

    this_week = AssessmentFactory(runner=runner)
    last_week = AssessmentFactory(runner=runner, week=dt.date(2026, 3, 9), on=dt.date(2026, 3, 15))
    first = decided(this_week)
    decided(
        this_week, replaces=first, kind="changed", training="rest", note="Rest please", due_on=ON
    )
    decided(last_week, note="Only for us", note_shared=False)
    assert week(runner).notes == (
        CoachNote(
            coach="Casey Coach",
            club="Heath Harriers",
            text="Rest please",
            what="changed the answer to rest",
            due_on=ON,
            decided_on=ON,
        ),
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(runner, rows, django_assert_num_queries):
    assessment = AssessmentFactory(runner=runner)
    FlagFactory(assessment=assessment)
    for number in range(rows):
        ShoeFactory(owner=runner)
        ActivityFactory(runner=runner)
        HeelProblemFactory(runner=runner, spot=["whole_heel", "back_of_heel", "elsewhere"][number])
        MorningFactory(runner=runner, on=ON - dt.timedelta(days=number))
    with django_assert_num_queries(17):
        assert len(week(runner).pairs) == rows


# --- Shoes ----------------------------------------------------------------------------------------
def about_shoes(runner, shoe, monday=MONDAY, **fields):
    assessment = AssessmentFactory(runner=runner, week=monday, shoes=True)
    said = {
        "rule": "S1",
        "level": "check_wear",
        "action": "shoe_check",
        "values": {"shoe": str(shoe.pk), "distance_m": 512_000, "limit_m": 800_000},
    }
    return FlagFactory(assessment=assessment, **said | fields)


def test_what_asks_for_a_look_at_shoes_stands_with_its_pair(runner):
    shoe = ShoeFactory(owner=runner, start_m=512_000)
    about_shoes(runner, shoe)

    mine = week(runner)

    said = "Time to look at your shoes: one pair has 512.0 km. Check wear and comfort."
    assert (mine.others, mine.also) == ((said,), ())
    assert [(ask.pair.shoe, ask.reasons) for ask in mine.asks] == [(shoe, (said,))]
    assert not mine.shoes_quiet
    ShoeCheck.objects.create(shoe=shoe, on=ON, outcome="kept", distance_m=512_000)
    assert week(runner).shoes_quiet


def test_comfort_is_asked_about_the_last_worn_pair_it_is_due_for(runner):
    older, newer, retired = (ShoeFactory(owner=runner) for _ in range(3))
    for back, shoe in ((4, older), (2, newer), (1, retired)):
        started = dt.datetime(2026, 3, 18 - back, 9, tzinfo=dt.UTC)
        ActivityFactory(runner=runner, shoe=shoe, started_at=started)
    Shoe.objects.filter(pk=retired.pk).update(retired_on=ON)

    assert week(runner).comfort_asked.shoe == newer
    ShoeComfort.objects.create(shoe=newer, on=ON, comfort=7)
    assert week(runner).comfort_asked.shoe == older
    Shoe.objects.filter(pk=older.pk).update(comfort_skipped_on=ON)
    assert week(runner).comfort_asked is None


@pytest.mark.parametrize(
    ("earlier", "withdrawn", "told"),
    [
        (dt.date(2026, 3, 9), False, False),
        (dt.date(2026, 3, 9), True, True),
        (dt.date(2026, 2, 23), False, True),
        (dt.date(2026, 3, 23), False, True),
    ],
)
def test_the_tip_about_a_second_pair_is_given_once_a_season(earlier, withdrawn, told, runner, now):
    shoe = ShoeFactory(owner=runner)
    tip = {"rule": "S3", "level": "one_pair", "action": "context"}
    tip["values"] = {"shoe": str(shoe.pk), "runs": 12}
    about_shoes(runner, shoe, **tip)
    about_shoes(runner, shoe, monday=earlier, withdrawn_at=now if withdrawn else None, **tip)
    about_shoes(ShoeFactory().owner, shoe, monday=dt.date(2026, 3, 9), **tip)

    assert bool(week(runner).others) is told
