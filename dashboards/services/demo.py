"""The demo club: made-up people and a made-up year, the same every time, relative to today."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from dashboards.demo.cast import (
    ADMIN,
    CLUB_NAME,
    CLUB_SLUG,
    COACHES,
    MAIL_DOMAIN,
    SQUADS,
    cast,
    email_of,
)
from dashboards.demo.diary import diary_of
from dashboards.services.demo_coaches import let_coaches_decide
from dashboards.services.demo_plans import plan_runs
from dashboards.services.demo_rows import ZONE, add_diaries, add_helper, add_runners, at
from injuries.models import CoachDecision, RiskFlag, WeeklyAssessment
from injuries.services.assessing import assess_changed, mark_changed
from members.models import AuditEntry, Club, Membership, Role, Squad, User
from members.services.audit import record

FILLED = "demo_filled"
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody to look around as."""

    role: str
    email: str
    password: str


class RealMembersError(Exception):
    """The database holds people or clubs that are not the demo's."""


def demo_password(email: str) -> str:
    """Return this installation's password for a demo login: made from SECRET_KEY, no default."""
    digest = salted_hmac("surefoot.demo.password", email, algorithm="sha256").hexdigest()
    return "-".join(digest[start : start + 4] for start in range(0, 16, 4))


def fill_club(*, members: int, weeks: int, seed: int, now: dt.datetime) -> tuple[Login, ...]:
    """Fill the database with the demo club and return its three logins.

    A second call on the same day with the same figures changes nothing; on another day, or with
    others, the made-up people begin afresh. Raises RealMembersError.
    """
    refuse_real_members()
    today = now.astimezone(ZONE).date()
    recipe: dict[str, Any] = {
        "members": members,
        "weeks": weeks,
        "seed": seed,
        "on": today.isoformat(),
    }
    if recipe != _last_recipe():
        with transaction.atomic():
            _forget_made_up_people()
            club = _fill(members=members, weeks=weeks, seed=seed, today=today, now=now)
            record(FILLED, by=None, now=now, club=club, **recipe)
    return _logins()


def refuse_real_members() -> None:
    """Raise RealMembersError unless everything here belongs to the demo.

    Whoever joined the demo club through an invitation is its guest.
    """
    guests = Q(memberships__club__audit_entries__action=FILLED)
    made_up = Q(email__endswith=f"@{MAIL_DOMAIN}")
    strangers = User.objects.exclude(made_up).exclude(pk__in=User.objects.filter(guests))
    clubs = Club.objects.exclude(audit_entries__action=FILLED)
    if strangers.exists() or clubs.exists():
        raise RealMembersError(
            "This database has real members; the demo club wants a database of its own."
        )


def judge_year(
    runners: Iterable[User], *, first_day: dt.date, now: dt.datetime, as_if_then: bool
) -> None:
    """Assess every week from `first_day` on; `as_if_then` dates each as the Monday job would."""
    ids = [runner.pk for runner in runners]
    for runner in runners:
        mark_changed(runner, first_day=max(first_day, runner.date_joined.date()), now=now)
        assess_changed(runner.pk, now=now)
    if not as_if_then:
        return
    settled = WeeklyAssessment.objects.filter(runner__in=ids, settled_at__isnull=False)
    for week in settled.values_list("week", flat=True).distinct().order_by("week"):
        then = at(week + WEEK, hour=4, minute=5)
        settled.filter(week=week).update(assessed_at=then, settled_at=then)
        RiskFlag.objects.filter(
            assessment__in=settled.filter(week=week).values("pk")
        ).update(first_seen_at=then)  # fmt: skip


def _last_recipe() -> dict[str, Any] | None:
    entry = AuditEntry.objects.filter(action=FILLED).first()
    return None if entry is None else entry.details


def _forget_made_up_people() -> None:
    people = User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}")
    chains = CoachDecision.objects.filter(assessment__runner__in=people)
    # A decision may not go before the one that replaces it.
    while chains.filter(replaced_by__isnull=True).delete()[0]:
        pass
    people.delete()


def _fill(*, members: int, weeks: int, seed: int, today: dt.date, now: dt.datetime) -> Club:
    founded = at(today - dt.timedelta(weeks=weeks + 60), hour=12)
    club, _ = Club.objects.get_or_create(
        slug=CLUB_SLUG, defaults={"name": CLUB_NAME, "created_at": founded}
    )
    squads = {name: Squad.objects.get_or_create(club=club, name=name)[0] for name in SQUADS}
    coaches = _add_helpers(club, squads, founded=founded)
    characters = cast(members=members, seed=seed)
    told = [(one, diary_of(one, today=today, weeks=weeks, seed=seed)) for one in characters]
    runners = add_runners(told, club=club, squads=squads)
    add_diaries([(runners[one.email], diary) for one, diary in told], now=now)
    first_day = today - dt.timedelta(weeks=weeks)
    judge_year(runners.values(), first_day=first_day, now=now, as_if_then=True)
    rng = random.Random(f"{seed}/coaches")  # noqa: S311 (a story, not a secret)
    let_coaches_decide(coaches, rng=rng, now=now)
    plan_runs(club, today=today)
    return club


def _add_helpers(
    club: Club, squads: dict[str, Squad], *, founded: dt.datetime
) -> Sequence[Membership]:
    """Add the coaches, who share the squads between them, and the admin; return the coaches."""
    coaches = [
        add_helper(name, email=email_of(name), role=Role.COACH, club=club, joined=founded)
        for name in COACHES
    ]
    for number, squad in enumerate(squads.values()):
        squad.coaches.add(coaches[number % len(coaches)])
    add_helper(ADMIN, email=email_of(ADMIN), role=Role.ADMIN, club=club, joined=founded)
    return coaches


def _logins() -> tuple[Login, ...]:
    """Return the three logins, after making sure that their passwords work here."""
    people = {
        "runner": cast(members=1, seed=0)[0].email,
        "coach": email_of(COACHES[0]),
        "admin": email_of(ADMIN),
    }
    logins = tuple(Login(role, email, demo_password(email)) for role, email in people.items())
    for login in logins:
        user = User.objects.get(email=login.email)
        if not user.check_password(login.password):
            user.set_password(login.password)
            user.save(update_fields=["password"])
    return logins
