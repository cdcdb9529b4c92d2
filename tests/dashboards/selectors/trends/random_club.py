"""A club drawn at random, with whatever the figures of the trends could stumble over.

Runners of every consent, in squads and in none, some gone, one in two clubs; weeks of runs, rides,
rest and silence; flags that stand and that were withdrawn; decisions in chains, and of a club next
door; pairs of every age.
"""

import datetime as dt
import random

from injuries.models import CoachDecision, RiskFlag, WeeklyCheck
from members.models import Membership, Role, Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    ClubFactory,
    DayStatusFactory,
    FlagFactory,
    MembershipFactory,
    MorningFactory,
    ShoeFactory,
    SquadFactory,
)

ON = dt.date(2026, 3, 18)  # a Wednesday
FIRST = dt.date(2025, 9, 15)  # a Monday, 26 weeks before the last one
WEEK = dt.timedelta(days=7)
SURFACES = ("road", "road", "trail", "grass", "treadmill", "")
RULES = (
    ("P1", "over_limit", "ease"),
    ("P1", "stop", "rest"),
    ("P3", "drift", "ease"),
    ("P5", "could_not", "cross_train"),
    ("S1", "check_wear", "shoe_check"),
    ("S1", "consider_replacing", "shoe_check"),
    ("L3", "layoff_7_13", "ease"),
    ("L4", "big_step", "context"),
    ("RF2", "yes", "book"),
)


def at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def fill(runners: int) -> Membership:
    """Write a club of so many runners, the same each time, and return its coach."""
    rng = random.Random(runners)
    club = ClubFactory(slug="drawn")
    coach = MembershipFactory(club=club, role=Role.COACH)
    squads = [*(SquadFactory(club=club) for _ in range(2)), None]
    for _ in range(runners):
        _fill_runner(rng, club, rng.choice(squads), coach)
    other = MembershipFactory()  # of a club next door: nobody's business here
    _fill_training(rng, other)
    return coach


def _fill_runner(rng, club, squad, coach):
    membership = MembershipFactory(
        club=club,
        squad=squad,
        sharing=rng.choice((*Sharing.values, Sharing.EVERYTHING)),
        joined_at=at(FIRST + rng.choice((-300, 30, 100)) * dt.timedelta(days=1), 9),
        left_at=rng.choice((None,) * 6 + (at(ON, 9),)),
        user__health_consent_at=rng.choice((at(FIRST, 9),) * 4 + (None,)),
        user__adult_from=rng.choice((None,) * 5 + (ON + WEEK,)),
        user__is_active=rng.random() > 0.1,
    )
    _fill_training(rng, membership)
    _fill_weeks(rng, membership, coach)


def _fill_training(rng, membership):
    runner = membership.user
    pairs = [_pair(rng, runner) for _ in range(rng.randrange(3))]
    day = FIRST - WEEK
    while day <= ON + WEEK:
        if day.weekday() == 0 and rng.random() < 0.2:
            day += WEEK  # a week without a word
            continue
        chance = rng.random()
        if chance < 0.3:
            ActivityFactory(
                runner=runner,
                started_at=at(day, 18),
                kind=rng.choice(("run",) * 5 + ("ride",)),
                distance_m=rng.choice((None, *range(4_000, 20_000, 1_500))),
                surface=rng.choice(SURFACES),
                shoe=rng.choice((*pairs, None)),
            )
        elif chance < 0.45:
            DayStatusFactory(runner=runner, on=day, status=rng.choice(("rest", "ill", "holiday")))
        if rng.random() < 0.1:
            MorningFactory(runner=runner, on=day, first_step=rng.choice((None, *range(11))))
        day += dt.timedelta(days=1)


def _pair(rng, runner):
    return ShoeFactory(
        owner=runner,
        start_m=rng.choice((0, 300_000, 420_000)),
        limit_m=rng.choice((500_000, 800_000)),
        retired_on=rng.choice((None, None, ON)),
    )


def _fill_weeks(rng, membership, coach):
    week = FIRST - WEEK
    while week <= ON:
        if rng.random() < 0.7:
            WeeklyCheck.objects.create(
                runner=membership.user,
                week=week,
                answered_on=week + dt.timedelta(days=rng.choice((6, 7, 12))),
                participation=rng.choice((0, 0, 8, 17, 25)),
                performance=rng.choice((None, 0, 17)),
            )
        if rng.random() < 0.8:
            _fill_assessment(rng, membership, week, coach)
        week += WEEK


def _fill_assessment(rng, membership, week, coach):
    unjudged = [
        {"rule": "L1", "why": "too many days of the 30 before are unknown"},
        {"rule": "P3", "why": "fewer than 3 morning reports"},
    ]
    assessment = AssessmentFactory(
        runner=membership.user,
        week=week,
        on=min(week + dt.timedelta(days=6), ON),
        training=rng.choice(("carry_on",) * 3 + ("rest", "cross_train", "ease", "not_assessed")),
        clinician=rng.choice(("",) * 6 + ("book", "urgent_today")),
        not_assessed=rng.sample(unjudged, rng.randrange(3)),
    )
    for rule, level, action in rng.sample(RULES, rng.randrange(3)):
        if not RiskFlag.objects.filter(assessment=assessment, rule=rule).exists():
            _flag(rng, assessment, rule, level, action, {})
    # The engine says "shoes" wherever a shoe rule that asks for it fires.
    assessment.shoes = assessment.flags.filter(rule="S1", withdrawn_at=None).exists()
    assessment.save()
    if rng.random() < 0.4:
        ratio = rng.choice((1.15, 1.4, 2.3))
        run_on = week + dt.timedelta(days=rng.randrange(-7, 7))
        values = {"distance_m": int(10_000 * ratio), "longest_30d_m": 10_000, "ratio": ratio}
        values["run_on"] = run_on.isoformat()
        level = "over_100" if ratio > 2 else "over_10"
        _flag(rng, assessment, "L1", level, rng.choice(("ease", "cross_train")), values)
    _decide(rng, assessment, membership.club, coach)
    if rng.random() < 0.2:
        _decide(rng, assessment, ClubFactory(), coach)


def _flag(rng, assessment, rule, level, action, values):
    seen = at(assessment.week + dt.timedelta(days=rng.randrange(3)), rng.randrange(24))
    FlagFactory(
        assessment=assessment,
        rule=rule,
        level=level,
        action=action,
        values=values,
        for_coach=rng.random() < 0.5,
        first_seen_at=seen,
        withdrawn_at=rng.choice((None, None, None, seen)),
    )


def _decide(rng, assessment, club, coach):
    last = None
    moment = at(assessment.week + dt.timedelta(days=rng.randrange(1, 9)), 8)
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        kind = rng.choice(("accepted", "changed", "dismissed", "noted", "snoozed"))
        outcome = rng.choice(("", "", "better", "worse"))
        moment += dt.timedelta(hours=rng.randrange(1, 60))
        last = CoachDecision.objects.create(
            assessment=assessment,
            club=club,
            replaces=last,
            kind=kind,
            training="rest" if kind == "changed" else "",
            snoozed_until=ON if kind == "snoozed" else None,
            outcome_kind=outcome,
            outcome_at=moment if outcome else None,
            decided_at=moment,
            decided_by=coach.user,
        )
