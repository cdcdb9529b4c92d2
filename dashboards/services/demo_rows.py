"""Turn the demo club's stories into rows, in bulk."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Sequence

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from dashboards.demo.cast import Character
from dashboards.demo.pages import Diary, Outing
from injuries.models import (
    ClosedBy,
    HeelProblem,
    Onset,
    PainReport,
    RedFlagAnswers,
    WeeklyCheck,
)
from injuries.risk import ALL_RED_FLAGS
from members.models import (
    Activity,
    Club,
    Consent,
    DayStatus,
    Membership,
    Role,
    Shoe,
    Squad,
    User,
)
from members.models.people import BEGINNER_FOR

ZONE_NAME = "Europe/London"
ZONE = zoneinfo.ZoneInfo(ZONE_NAME)
BATCH = 500
ONSETS = (Onset.GRADUAL, Onset.GRADUAL, Onset.SUDDEN, "", Onset.ACUTE)  # runner by runner


def at(day: dt.date, *, hour: int, minute: int = 0) -> dt.datetime:
    """Return a moment of the demo club's local day."""
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


def add_runners(
    told: Sequence[tuple[Character, Diary]], *, club: Club, squads: dict[str, Squad]
) -> dict[str, User]:
    """Add the runners with memberships and consents; return them by email."""
    unusable = make_password(None)
    people = User.objects.bulk_create(
        [_runner(character, diary, password=unusable) for character, diary in told], BATCH
    )
    verify_emails(people)
    Membership.objects.bulk_create(
        [
            Membership(
                user=user,
                club=club,
                squad=squads[character.squad],
                sharing=character.sharing,
                joined_at=user.date_joined,
            )
            for user, (character, _) in zip(people, told, strict=True)
        ],
        BATCH,
    )
    Consent.objects.bulk_create(
        [
            consent
            for user, (character, _) in zip(people, told, strict=True)
            for consent in _consents(user, club, sharing=character.sharing)
        ],
        BATCH,
    )
    return {user.email: user for user in people}


def add_helper(name: str, *, email: str, role: Role, club: Club, joined: dt.datetime) -> Membership:
    """Add a coach or an admin."""
    user = User.objects.create_user(email, None, name=name, time_zone=ZONE_NAME, date_joined=joined)
    verify_emails([user])
    return Membership.objects.create(user=user, club=club, role=role, joined_at=joined)


def verify_emails(people: Iterable[User]) -> None:
    """Tell the login that these addresses need no confirming."""
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people],
        BATCH,
    )


def add_diaries(told: Sequence[tuple[User, Diary]], *, now: dt.datetime) -> None:
    """Add everything these runners logged; nothing is dated after `now`."""
    _add_outings(told, now=now)
    problems = _add_problems(told)
    mornings = [
        PainReport(
            runner=user,
            on=on,
            first_step=value,
            problem=problems.get((user.pk, on)),
            reported_at=min(at(on, hour=7, minute=10), now),
        )
        for user, diary in told
        for on, value in sorted(diary.mornings.items())
    ]
    PainReport.objects.bulk_create(mornings, BATCH)
    DayStatus.objects.bulk_create(
        [
            DayStatus(runner=user, on=on, status=status, said_at=min(at(on, hour=20), now))
            for user, diary in told
            for on, status in sorted(diary.days.items())
        ],
        BATCH,
    )
    WeeklyCheck.objects.bulk_create(
        [
            _check(user, week, answers)
            for user, diary in told
            for week, answers in sorted(diary.checks.items())
        ],
        BATCH,
    )


def _runner(character: Character, diary: Diary, *, password: str) -> User:
    joined = at(diary.joined_on, hour=9)
    return User(
        email=character.email,
        password=password,
        name=character.name,
        time_zone=ZONE_NAME,
        unit=character.unit,
        date_joined=joined,
        health_consent_at=joined,
        previous_injury=character.hurt_before,
        previous_injury_answered_on=diary.joined_on,
        declared_longest_m=diary.declared_longest_m,
        declared_on=diary.joined_on if diary.declared_longest_m else None,
        beginner_until=diary.joined_on + BEGINNER_FOR if diary.declared_longest_m else None,
    )


def _consents(user: User, club: Club, *, sharing: str) -> list[Consent]:
    given = user.date_joined
    return [
        Consent(user=user, kind=Consent.Kind.STORE_HEALTH, answer="yes", given_at=given),
        Consent(
            user=user, club=club, kind=Consent.Kind.SHARING, answer=sharing, given_at=given
        ),
    ]  # fmt: skip


def _add_outings(told: Sequence[tuple[User, Diary]], *, now: dt.datetime) -> None:
    pairs = _add_shoes(told)
    outings = [(user, outing) for user, diary in told for outing in diary.outings]
    activities = Activity.objects.bulk_create(
        [_activity(user, outing, pairs, now=now) for user, outing in outings], BATCH
    )
    PainReport.objects.bulk_create(
        [
            PainReport(
                runner=user,
                on=outing.on,
                activity=activity,
                during=outing.during,
                after=outing.after,
                gait_changed=outing.gait_changed,
                reported_at=activity.created_at,
            )
            for activity, (user, outing) in zip(activities, outings, strict=True)
            if outing.during is not None
        ],
        BATCH,
    )


def _activity(
    user: User, outing: Outing, pairs: dict[tuple[int, int], Shoe], *, now: dt.datetime
) -> Activity:
    started_at = at(outing.on, hour=outing.hour, minute=outing.on.toordinal() % 4 * 15)
    return Activity(
        runner=user,
        kind=outing.kind,
        started_at=started_at,
        time_zone=ZONE_NAME,
        on=outing.on,
        distance_m=outing.distance_m,
        duration_s=outing.duration_s,
        effort=outing.effort,
        surface=outing.surface if outing.kind == Activity.Kind.RUN else "",
        shoe=None if outing.pair is None else pairs[user.pk, outing.pair],
        created_at=min(started_at + dt.timedelta(seconds=outing.duration_s + 1200), now),
    )


def _add_shoes(told: Sequence[tuple[User, Diary]]) -> dict[tuple[int, int], Shoe]:
    rows = {
        (user.pk, number): Shoe(
            owner=user,
            name=pair.name,
            start_m=pair.start_m,
            first_used=pair.first_used,
            retired_on=pair.retired_on,
            is_default=pair.retired_on is None,
            created_at=at(pair.first_used, hour=8),
        )
        for user, diary in told
        for number, pair in enumerate(diary.pairs)
    }
    Shoe.objects.bulk_create(rows.values(), BATCH)
    return rows


def _add_problems(
    told: Sequence[tuple[User, Diary]],
) -> dict[tuple[int, dt.date], HeelProblem]:
    """Add the heel problems and red-flag answers; return the open problem by runner and day."""
    rows = [
        (diary, HeelProblem(
            runner=user,
            side=problem.side,
            spot=problem.spot,
            since=problem.since,
            onset=ONSETS[number % len(ONSETS)],
            closed_on=problem.closed_on,
            closed_by="" if problem.closed_on is None else ClosedBy.RUNNER,
            created_at=at(problem.since, hour=7),
        ))
        for number, (user, diary) in enumerate(told)
        for problem in diary.problems
    ]  # fmt: skip
    HeelProblem.objects.bulk_create([row for _, row in rows], BATCH)
    _link_what_came_back([row for _, row in rows])
    by_day = {
        (row.runner_id, on): row
        for diary, row in rows
        for on in {*diary.mornings, *diary.red_flags}
        if row.since <= on and (row.closed_on is None or on <= row.closed_on)
    }
    RedFlagAnswers.objects.bulk_create(
        [
            RedFlagAnswers(
                runner=user,
                on=on,
                problem=by_day.get((user.pk, on)),
                answers=dict.fromkeys(ALL_RED_FLAGS, False) | yes,
                answered_at=at(on, hour=7),
            )
            for user, diary in told
            for on, yes in sorted(diary.red_flags.items())
        ],
        BATCH,
    )
    return by_day


def _link_what_came_back(problems: Iterable[HeelProblem]) -> None:
    """Link each problem to the earlier one of its spot, as opening one on the page does."""
    earlier: dict[tuple[int, str, str], HeelProblem] = {}
    again = []
    for one in sorted(problems, key=lambda one: one.since):
        place = (one.runner_id, one.side, one.spot)
        if place in earlier:
            one.follows = earlier[place]
            again.append(one)
        earlier[place] = one
    HeelProblem.objects.bulk_update(again, ["follows"], batch_size=BATCH)


def _check(
    user: User, week: dt.date, answers: tuple[int, int | None, int | None, int | None]
) -> WeeklyCheck:
    participation, volume, performance, pain = answers
    return WeeklyCheck(
        runner=user,
        week=week,
        answered_on=week + dt.timedelta(days=6),
        participation=participation,
        volume=volume,
        performance=performance,
        pain=pain,
    )
