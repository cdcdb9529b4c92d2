"""Whom the trends are about, what each edge of them says, and what they cost."""

import dataclasses
import datetime as dt

import pytest

from dashboards.selectors.trends import trends
from dashboards.selectors.trends.heat import ROWS_A_PAGE, heat_map
from injuries.models import CoachDecision
from members.models import Role, Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    MembershipFactory,
    MorningFactory,
    ShoeFactory,
    SquadFactory,
)

ON = dt.date(2026, 3, 18)
THIS_WEEK, LAST_WEEK = dt.date(2026, 3, 16), dt.date(2026, 3, 9)
EARLY = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def members(club, count, **fields):
    fields = {"sharing": Sharing.STATUS, "joined_at": EARLY} | fields
    return [MembershipFactory(club=club, **fields) for _ in range(count)]


def run(member, day, **fields):
    start = dt.datetime.combine(day, dt.time(18), dt.UTC)
    return ActivityFactory(runner=member.user, started_at=start, **fields)


def judge(member, week, **fields):
    on = min(week + dt.timedelta(days=6), ON)
    return AssessmentFactory(runner=member.user, week=week, on=on, **fields)


def cells(coach, member, shows="answer", count=3):
    heat = trends(coach, on=ON, shows=shows).heat
    (row,) = [row for row in heat.rows if row.runner.pk == member.pk]
    return row.cells[-count:]


# --- Who is in it ---
def test_who_shares_nothing_is_in_no_figure(coach_membership, club):
    (hidden,) = members(club, 1, sharing=Sharing.NOTHING)
    shoe = ShoeFactory(owner=hidden.user, start_m=900_000)
    run(hidden, LAST_WEEK, shoe=shoe, surface="trail")
    FlagFactory(assessment=judge(hidden, LAST_WEEK, training="rest"), level="over_100")
    MorningFactory(runner=hidden.user)
    for shows in ("answer", "load", "pain"):
        seen = trends(coach_membership, on=ON, shows=shows)
        assert (seen.heat.rows, seen.shoes, seen.prevalence[0].weeks[-1].asked) == ((), (), 0)
        assert {week.distance_m for week in seen.load[0].weeks} == {None}
        assert (seen.spike_weeks, seen.acted.asked, seen.surfaces.weeks) == (0, 0, ())
        assert (len(seen.asked.runners), seen.asked.silent) == (0, 1)


def test_an_assistant_sees_their_own_squads_only(club):
    squad = SquadFactory(club=club, name="Track")
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    squad.coaches.add(assistant)
    (mine,) = members(club, 1, squad=squad)
    (other,) = members(club, 1, squad=SquadFactory(club=club))
    for one in (mine, other):
        run(one, LAST_WEEK)
        judge(one, LAST_WEEK, training="rest")
    for asked in (None, squad.pk, other.squad_id):
        seen = trends(assistant, on=ON, squad=asked)
        assert [row.runner.pk for row in seen.heat.rows] == [mine.pk]
        assert (seen.acted.asked, seen.load[0].weeks[-2].distance_m) == (1, 10_000)
        assert seen.squads == (squad,)
        assert seen.squad == (squad if asked == squad.pk else None)


def test_a_squad_that_is_none_of_the_club_is_no_squad(coach_membership, club):
    members(club, 2)
    seen = trends(coach_membership, on=ON, squad=SquadFactory().pk)
    assert (seen.squad, len(seen.asked.runners)) == (None, 2)


@pytest.mark.parametrize("weeks", [12, 26, 52])
def test_the_period_ends_with_the_week_that_goes_on(coach_membership, club, weeks):
    found = trends(coach_membership, on=ON, weeks=weeks).asked.weeks
    assert (len(found), found[-1], found[0]) == (
        weeks,
        THIS_WEEK,
        THIS_WEEK - (weeks - 1) * dt.timedelta(days=7),
    )


# --- The grid ---
def test_silence_never_looks_like_a_week_that_went_well(coach_membership, club):
    (one,) = members(club, 1)
    for week in (LAST_WEEK - dt.timedelta(days=7), LAST_WEEK, THIS_WEEK):
        judge(one, week, training="carry_on")
    assert cells(coach_membership, one) == ("silent", "silent", "silent")
    run(one, LAST_WEEK)
    # The week that goes on may still be told: it is silent together with the one before.
    assert cells(coach_membership, one) == ("silent", "carry_on", "carry_on")


def test_what_says_stop_stands_in_a_silent_week(coach_membership, club):
    (one,) = members(club, 1)
    judge(one, LAST_WEEK, training="rest")
    assert cells(coach_membership, one) == ("silent", "rest", "silent")


def test_a_day_without_a_run_is_a_word(coach_membership, club):
    (one,) = members(club, 1)
    DayStatusFactory(runner=one.user, on=LAST_WEEK, status="holiday")
    judge(one, LAST_WEEK, training="carry_on")
    assert cells(coach_membership, one)[1] == "carry_on"
    assert cells(coach_membership, one, "load")[1] == 0


def test_a_clinician_comes_before_the_training_answer(coach_membership, club):
    (one,) = members(club, 1)
    judge(one, LAST_WEEK, training="rest", clinician="book")
    assert cells(coach_membership, one)[1] == "clinician"


def test_a_week_before_joining_is_not_silent(coach_membership, club):
    (one,) = members(club, 1, joined_at=dt.datetime(2026, 3, 10, tzinfo=dt.UTC))
    assert cells(coach_membership, one) == ("", "silent", "silent")


def test_runs_that_were_not_measured_are_no_distance(coach_membership, club):
    (one,) = members(club, 1)
    run(one, LAST_WEEK, distance_m=None)
    assert cells(coach_membership, one, "load") == ("silent", "unmeasured", "silent")
    week = trends(coach_membership, on=ON).load[0].weeks[-2]
    assert (week.logged, week.distance_m, week.median_m, week.runs, week.unmeasured) == (
        1,
        None,
        None,
        1,
        1,
    )


def test_mornings_are_of_those_who_share_everything_and_agree(coach_membership, club):
    (status,) = members(club, 1)
    (gone,) = members(club, 1, sharing=Sharing.EVERYTHING, user__health_consent_at=None)
    (open_,) = members(club, 1, sharing=Sharing.EVERYTHING)
    for one in (status, gone, open_):
        for day, value in ((THIS_WEEK, 4), (ON, 6), (LAST_WEEK, None)):
            MorningFactory(runner=one.user, on=day, first_step=value)
    heat = trends(coach_membership, on=ON, shows="pain").heat
    assert [(row.runner.pk, row.cells[-2:]) for row in heat.rows] == [(open_.pk, ("silent", 6))]
    assert heat.left_out == 2


def test_many_runners_come_in_pages(coach_membership, club):
    members(club, 1)
    seen = trends(coach_membership, on=ON).asked
    many = dataclasses.replace(seen, runners=seen.runners * (ROWS_A_PAGE + 1))
    first, last = (heat_map(many, {}, page=page) for page in (1, 9))
    assert [(len(heat.rows), heat.page, heat.pages) for heat in (first, last)] == [
        (ROWS_A_PAGE, 1, 2),
        (1, 2, 2),
    ]
    assert heat_map(many, {}, page=-3).page == 1


# --- The figures' edges ---
def test_spikes_count_for_the_week_of_the_run(coach_membership, club):
    (one,) = members(club, 1)
    run_on = {"run_on": "2026-03-14", "ratio": 1.5}
    for week in (LAST_WEEK, THIS_WEEK):  # open for two weeks, one run
        FlagFactory(assessment=judge(one, week), values=run_on)
    weeks = trends(coach_membership, on=ON).spikes[-2:]
    assert [(w.over_10, w.over_100, w.judged, w.per_100) for w in weeks] == [
        (1, 0, 1, 100.0),
        (0, 0, 1, 0.0),
    ]


def test_weeks_that_could_not_be_judged_are_in_no_rate(coach_membership, club):
    (one,) = members(club, 1)
    judge(one, LAST_WEEK, not_assessed=[{"rule": "L1", "why": "too many days are unknown"}])
    (young,) = members(club, 1, user__adult_from=dt.date(2027, 1, 1))
    judge(young, LAST_WEEK)
    week = trends(coach_membership, on=ON).spikes[-2]
    assert (week.judged, week.unjudged, week.per_100) == (0, 1, None)


@pytest.mark.parametrize(
    ("start_m", "due"), [(399_999, None), (400_000, False), (499_999, False), (500_000, True)]
)
def test_pairs_are_due_from_80_percent(coach_membership, club, start_m, due):
    (one,) = members(club, 1)
    pair = ShoeFactory(owner=one.user, start_m=start_m - 10_000, limit_m=500_000)
    run(one, LAST_WEEK, shoe=pair)
    run(one, LAST_WEEK, shoe=pair, kind="walk")
    ShoeFactory(owner=one.user, start_m=900_000, retired_on=ON)
    found = trends(coach_membership, on=ON).shoes
    assert [pair.at_limit for pair in found] == ([] if due is None else [due])


def test_a_due_pair_says_its_name_and_nothing_else_of_it(coach_membership, club):
    (one,) = members(club, 1, user__name="Una")
    ShoeFactory(owner=one.user, start_m=700_000, name="Blue", colour="red", brand="Make")
    (found,) = trends(coach_membership, on=ON).shoes
    assert (found.runner.name, found.name, found.percent) == ("Una", "Blue", 87)


# --- The ground ---
@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((4,), []),
        ((5,), ["All runners"]),
        ((5, 5), ["All runners", "A", "B"]),
        ((6, 4), ["All runners"]),  # what is not A would be B
        ((5, 6, 4), ["All runners", "B"]),
    ],
)
def test_the_ground_of_few_runners_is_not_shown(coach_membership, club, sizes, shown):
    squads = [SquadFactory(club=club, name=name) for name in "ABC"[: len(sizes)]]
    for squad, size in zip(squads, sizes, strict=True):
        for one in members(club, size, squad=squad):
            run(one, LAST_WEEK, surface="grass")
    mix = trends(coach_membership, on=ON).surfaces
    assert [name for name, _ in mix.groups] == shown
    assert len(mix.weeks) == (12 if shown else 0)
    for squad in squads:
        alone = trends(coach_membership, on=ON, squad=squad.pk).surfaces
        is_shown = squad.name in shown or (len(sizes) == 1 and shown != [])
        assert [ground.metres for _, ground in alone.groups] == (
            [{"grass": 10_000 * sizes[squads.index(squad)]}] if is_shown else []
        )


def decide(assessment, club, kind, now, **fields):
    return CoachDecision.objects.create(
        assessment=assessment, club=club, kind=kind, decided_at=now, **fields
    )


def test_only_a_first_answer_ends_the_wait(coach_membership, club, now):
    (one,) = members(club, 1)
    assessment = judge(one, LAST_WEEK, training="rest")
    FlagFactory(assessment=assessment, first_seen_at=now - dt.timedelta(days=3))
    note = decide(assessment, club, "noted", now - dt.timedelta(days=2))
    seen = trends(coach_membership, on=ON).acted
    assert (seen.asked, seen.answered, seen.noted, seen.median_days) == (1, 0, 1, None)
    agreed = decide(assessment, club, "accepted", now - dt.timedelta(days=1), replaces=note)
    decide(assessment, club, "dismissed", now, replaces=agreed)
    seen = trends(coach_membership, on=ON).acted
    assert (seen.asked, seen.answered, seen.noted, seen.median_days) == (1, 1, 0, 2.0)
    assert seen.by_kind == {"accepted": 0, "changed": 0, "dismissed": 1}


@pytest.mark.parametrize(("runners", "shown"), [(1, False), (4, False), (5, True)])
def test_outcomes_of_fewer_than_five_are_not_shown(coach_membership, club, now, runners, shown):
    for one in members(club, runners):
        assessment = judge(one, LAST_WEEK, training="rest")
        decide(assessment, club, "accepted", now, outcome_kind="better", outcome_at=now)
    found = trends(coach_membership, on=ON).acted
    expected = {"better": 5, "same": 0, "worse": 0, "unknown": 0}
    assert found.outcomes == (expected if shown else None)


@pytest.mark.parametrize("runners", [5, 8, 60])  # of fewer some figures are not asked for
@pytest.mark.parametrize(("shows", "queries"), [("answer", 15), ("load", 14), ("pain", 15)])
def test_the_number_of_queries_does_not_grow(
    runners, shows, queries, coach_membership, club, django_assert_num_queries
):
    squads = [SquadFactory(club=club) for _ in range(3)]
    for place, one in enumerate(members(club, runners, sharing=Sharing.EVERYTHING)):
        one.squad = squads[place % 3]
        one.save()
        run(one, LAST_WEEK, shoe=ShoeFactory(owner=one.user, start_m=900_000), surface="road")
        FlagFactory(assessment=judge(one, LAST_WEEK, training="ease"))
        MorningFactory(runner=one.user)
    with django_assert_num_queries(queries):
        seen = trends(coach_membership, on=ON, shows=shows, weeks=26)
    assert (len(seen.heat.rows), len(seen.shoes)) == (runners, runners)
