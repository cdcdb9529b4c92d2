"""What the demo club's coaches did: they looked, decided and wrote a word."""

import datetime as dt
import random
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from dashboards.services.demo_rows import at
from dashboards.services.viewing import VIEWED
from injuries.models import CoachDecision, Training, WeeklyAssessment
from injuries.services.decisions import decide
from members.models import Membership, Sharing
from members.selectors.people import runners_visible_to
from members.services.audit import record
from members.weeks import monday_of

WEEK = dt.timedelta(days=7)
WEEKS_BACK = 12
ANSWERED = 0.8  # of the past weeks that asked for something
OPEN_NOW = 5  # rows of the current week left for whoever looks around

NOTES = {
    CoachDecision.Kind.ACCEPTED: (
        "Spoke on Tuesday, agreed.",
        "Agreed; bike instead of the long run.",
        "Will sit out the intervals.",
        "",
    ),
    CoachDecision.Kind.CHANGED: (
        "Flat and easy is fine, we agreed on 30 minutes.",
        "Pool running this week, then we look again.",
    ),
    CoachDecision.Kind.DISMISSED: (
        "Planned race, knew it beforehand.",
        "Measured wrong, the course was shorter.",
        "Feels fine and has run this far all year.",
    ),
}
CHANGED_TO = {
    Training.REST: Training.CROSS_TRAIN,
    Training.CROSS_TRAIN: Training.EASE,
    Training.EASE: Training.CROSS_TRAIN,
}


def let_coaches_decide(
    coaches: Sequence[Membership], *, rng: random.Random, now: dt.datetime
) -> int:
    """Answer most of the past weeks that asked for something, and some of this week's rows.

    Returns how many decisions were made.
    """
    this_week = monday_of(coaches[0].user.today(now=now))
    past = _asking(coaches[0]).filter(
        week__gte=this_week - WEEKS_BACK * WEEK, settled_at__isnull=False
    )
    answered = [one for one in past if rng.random() < ANSWERED]
    for assessment in answered:
        day = assessment.week + WEEK + dt.timedelta(days=rng.randrange(0, 3))
        _decide(rng.choice(coaches), assessment, rng=rng, now=min(at(day, hour=19), now))
    current = list(_asking(coaches[0]).filter(week=this_week, settled_at__isnull=True))
    rng.shuffle(current)
    for assessment in current[OPEN_NOW:]:
        _decide(rng.choice(coaches), assessment, rng=rng, now=now - dt.timedelta(hours=2))
    return len(answered) + len(current[OPEN_NOW:])


def _asking(coach: Membership) -> QuerySet[WeeklyAssessment]:
    """Assessments a coach would answer, of runners who share at least their status."""
    sharing = runners_visible_to(coach).exclude(sharing=Sharing.NOTHING)
    return (
        WeeklyAssessment.objects.filter(runner__in=sharing.values("user"))
        .filter(Q(training__in=CHANGED_TO) | ~Q(clinician=""))
        .select_related("runner")
        .order_by("week", "runner__email")
    )


def _decide(
    coach: Membership, assessment: WeeklyAssessment, *, rng: random.Random, now: dt.datetime
) -> None:
    kind = rng.choices(list(NOTES), weights=(60, 15, 25))[0]
    if assessment.clinician:  # nobody argues with "have this looked at"
        kind = CoachDecision.Kind.ACCEPTED
    record(VIEWED, by=coach.user, about=assessment.runner, club=coach.club, now=now)
    is_change = kind == CoachDecision.Kind.CHANGED
    decide(
        coach,
        assessment=assessment,
        kind=kind,
        replaces=None,
        now=now,
        training=CHANGED_TO[Training(assessment.training)] if is_change else "",
        note=rng.choice(NOTES[kind]),
        note_shared=rng.random() < 0.5,
        due_on=now.date() + WEEK if rng.random() < 0.3 else None,
    )
