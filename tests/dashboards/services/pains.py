"""Random answers about a heel, and the words no mail may have because of them."""

import datetime as dt
import random

from injuries.models import (
    CoachDecision,
    HeelProblem,
    PainReport,
    RedFlagAnswers,
    Side,
    Spot,
    WeeklyAssessment,
    WeeklyCheck,
)
from injuries.questions import LATELY
from injuries.risk import ALL_RED_FLAGS
from members.models import Activity, Membership, User
from tests.factories import MorningFactory, ReturnPlanFactory

SECRET = "quokka"  # stands in every text a person could write about a heel

# Whatever a mail says, it has none of these: not in a subject, a header, a link or an image's text.
WORDS = [
    *"heel pain sore hurt ankle achilles plantar fasci stride limp numb swell bone".split(),
    *"nerve clinician physio doctor injur problem niggle squeeze wound fever diabet".split(),
    *["of 10", "cross-train", "asked to ease", "advised", "get seen", "first step"],
    *["not available", "walk and run", "way back", "return plan", "red flag", SECRET],
    *(label.lower() for label in Spot.labels),
]


def give_pain(runner: User, chance: random.Random, *, sunday: dt.date) -> None:
    """Store random answers about the two weeks before, as many and as bad as it comes."""
    problem = HeelProblem.objects.create(
        runner=runner,
        side=chance.choice(Side.values),
        spot=chance.choice(Spot.values),
        since=sunday - dt.timedelta(days=chance.randint(0, 60)),
        lately=chance.sample(list(LATELY), 1),
        clinician_said=f"{SECRET} fasciitis",
    )
    for back in range(14):
        if chance.random() < 0.5:
            on, worst = sunday - dt.timedelta(days=back), chance.randint(0, 10)
            MorningFactory(runner=runner, on=on, first_step=worst, problem=problem)
    for run in Activity.objects.filter(runner=runner, on__gt=sunday - dt.timedelta(days=14)):
        if chance.random() < 0.7:
            PainReport.objects.create(
                runner=runner,
                on=run.on,
                activity=run,
                problem=problem,
                during=chance.randint(0, 10),
                after=chance.randint(0, 10),
                gait_changed=chance.random() < 0.2,
                painkiller=chance.random() < 0.2,
            )
    _answer(runner, problem, chance, sunday=sunday)
    if chance.random() < 0.3:
        ReturnPlanFactory(problem=problem, started_on=sunday - dt.timedelta(days=5))


def _answer(runner: User, problem: HeelProblem, chance: random.Random, *, sunday: dt.date) -> None:
    if chance.random() < 0.8:
        RedFlagAnswers.objects.create(
            runner=runner,
            problem=problem,
            on=sunday - dt.timedelta(days=chance.randint(0, 8)),
            answers={flag: chance.random() < 0.06 for flag in ALL_RED_FLAGS},
        )
    if chance.random() < 0.5:
        scores = {name: chance.choice(WeeklyCheck.SCORES) for name in ("volume", "performance")}
        WeeklyCheck.objects.create(
            runner=runner,
            problem=problem,
            week=sunday - dt.timedelta(days=13),
            answered_on=sunday - dt.timedelta(days=6),
            participation=8,
            pain=17,
            **scores,
        )


def decide(
    assessment: WeeklyAssessment, chance: random.Random, *, coach: Membership, now: dt.datetime
) -> None:
    """Have a coach write about it, shared or not."""
    CoachDecision.objects.create(
        assessment=assessment,
        club=coach.club,
        decided_by=coach.user,
        decided_at=now,
        kind=chance.choice(["accepted", "noted"]),
        note=f"{SECRET}: heel 7 of 10",
        note_shared=chance.random() < 0.5,
        due_on=now.date(),
        owner=coach.user,
    )
