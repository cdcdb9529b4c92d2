"""The note a runner takes to the running store: one pair, and a heel only on request."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from injuries.models import CoachDecision, HeelProblem
from members.models import Activity, Shoe, Surface, User
from members.selectors.shoes import Pair, pair_of

ASKED_WITHIN = dt.timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a pair's logged distance was on one kind of ground."""

    ground: str
    percent: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a coach wrote to the runner about a week in which shoes were to be checked."""

    text: str
    club: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class ShoeNote:
    """What stands on the note. `sore` is empty unless the runner asked for it."""

    pair: Pair
    shares: tuple[Share, ...]
    asked: Asked | None
    sore: tuple[HeelProblem, ...]


def shoe_note(runner: User, *, pk: int, on: dt.date, with_sore: bool = False) -> ShoeNote | None:
    """Return the note about one pair of the runner, None where it is not theirs."""
    pair = pair_of(runner, pk=pk, on=on)
    if pair is None:
        return None
    return ShoeNote(
        pair=pair,
        shares=surface_shares(pair.shoe),
        asked=coach_asked(runner, on=on),
        sore=tuple(sore_spots(runner)) if with_sore else (),
    )


def surface_shares(shoe: Shoe) -> tuple[Share, ...]:
    """Return the shares of the grounds in the pair's logged distance, largest first. One query."""
    runs = shoe.activities.filter(kind=Activity.Kind.RUN, distance_m__isnull=False)
    rows = runs.values_list("surface").annotate(run_m=Sum("distance_m")).order_by("-run_m")
    found = list(rows)
    whole = sum(run_m for _, run_m in found)
    names = dict(Surface.choices) | {"": "ground not said"}
    return tuple(Share(names[surface], round(100 * run_m / whole)) for surface, run_m in found)


def sore_spots(runner: User) -> QuerySet[HeelProblem]:
    """Return what is sore now; nothing once the consent is taken back."""
    spots = HeelProblem.objects.open().filter(runner=runner)
    return spots if runner.health_consent_at is not None else spots.none()


def coach_asked(runner: User, *, on: dt.date) -> Asked | None:
    """Return the newest note a coach shared about a week in which shoes were to be checked."""
    decisions = CoachDecision.objects.filter(
        assessment__runner=runner,
        assessment__shoes=True,
        assessment__week__gt=on - ASKED_WITHIN,
        note_shared=True,
        replaced_by__isnull=True,
    ).exclude(note="")
    newest = decisions.select_related("club").order_by("-decided_at", "-id").first()
    if newest is None:
        return None
    day = newest.decided_at.astimezone(runner.zone).date()
    return Asked(newest.note, newest.club.name, day)
