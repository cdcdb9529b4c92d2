"""To whom something happened that is worth a mail of its own.

Each answer costs a handful of queries however many people there are, and is asked once more about
the one reader before the mail leaves.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dashboards.mail_clock import DAY, WEEK, moment
from dashboards.models import DataExport, Frequency, MailKind, MailPreference
from dashboards.selectors.wishes import hours_of
from injuries.models import Clinician, HeelProblem, PainReport, RiskFlag, WeeklyCheck
from members.models import (
    COACHING,
    Activity,
    DayStatus,
    ImportBatch,
    Membership,
    PlannedBreak,
    Role,
    Sharing,
    TableLayout,
    User,
)
from members.weeks import monday_of

MORNING_LASTS = dt.timedelta(hours=6)
REMINDED_WITHIN = dt.timedelta(days=1)
REMIND_ON = 1  # Tuesday: the weekly mail, and a day to log what was forgotten, come first
SILENT_AFTER = 4 * WEEK  # who has logged nothing for so long is left in peace
LEFT_AFTER = dt.timedelta(minutes=2)  # who waited longer has left the page
ASKED_AFTER = dt.timedelta(minutes=15)
NEWS_LASTS = dt.timedelta(days=1)
URGENT_LASTS = dt.timedelta(days=2)


ImportState = ImportBatch.State


class Due(NamedTuple):
    """Whom, about what (the ledger's key), and since when it is due."""

    user_id: int
    key: str
    at: dt.datetime


# --- The morning after a run ---------------------------------------------------------------------
def mornings_due(*, now: dt.datetime) -> list[Due]:
    """Return whose chosen hour has come and who is to be asked how the first steps were."""
    wishing = MailPreference.objects.filter(kind=MailKind.MORNING, frequency=Frequency.DAILY)
    people = User.objects.filter(pk__in=wishing.values("user"), is_active=True)
    by_day: dict[dt.date, list[Due]] = {}
    for one in _at_their_hour(people, now=now):
        on = dt.date.fromisoformat(one.key)
        if now - one.at < MORNING_LASTS:
            by_day.setdefault(on, []).append(one)
    return [
        one
        for on, asked in by_day.items()
        for ids in [may_be_asked((each.user_id for each in asked), on=on)]
        for one in asked
        if one.user_id in ids
    ]


def _at_their_hour(people: QuerySet[User], *, now: dt.datetime) -> list[Due]:
    """Return everybody whose hour of today has passed, the key naming that day."""
    found = list(people.only("pk", "time_zone").order_by("pk"))
    hours = hours_of([person.pk for person in found])
    days = [(person, person.today(now=now)) for person in found]
    due = [
        Due(person.pk, str(on), moment(on, hours[person.pk], person.zone)) for person, on in days
    ]
    return [one for one in due if one.at <= now]


def may_be_asked(user_ids: Iterable[int], *, on: dt.date) -> set[int]:
    """Return who ran the day before, has a sore spot, has not answered and is not on holiday."""
    own = {"runner": OuterRef("pk")}
    ran = Activity.objects.filter(**own, kind=Activity.Kind.RUN, on=on - DAY)
    sore = HeelProblem.objects.filter(**own, closed_on__isnull=True)
    said = PainReport.objects.filter(**own, on=on, activity__isnull=True, first_step__isnull=False)
    away = DayStatus.objects.filter(**own, on=on, status=DayStatus.Status.HOLIDAY)
    planned = PlannedBreak.objects.filter(
        **own, kind=PlannedBreak.Kind.HOLIDAY, first__lte=on, last__gte=on
    )
    people = User.objects.filter(
        Exists(ran), Exists(sore), ~Exists(said), ~Exists(away), ~Exists(planned),
        pk__in=list(user_ids), health_consent_at__isnull=False,
    )  # fmt: skip
    return set(people.values_list("pk", flat=True))


# --- A week without an entry ---------------------------------------------------------------------
def reminders_due(*, now: dt.datetime) -> list[Due]:
    """Return whose last week is empty, from their hour of Tuesday on."""
    runs = Membership.objects.active().runners().filter(user=OuterRef("pk"))
    by_week: dict[dt.date, list[Due]] = {}
    for one in _at_their_hour(User.objects.filter(Exists(runs), is_active=True), now=now):
        on = dt.date.fromisoformat(one.key)
        if on.weekday() == REMIND_ON and now - one.at < REMINDED_WITHIN:
            week = monday_of(on) - WEEK
            by_week.setdefault(week, []).append(one._replace(key=str(week)))
    return [
        one
        for week, asked in by_week.items()
        for ids in [missed((each.user_id for each in asked), week=week)]
        for one in asked
        if one.user_id in ids
    ]


def missed(user_ids: Iterable[int], *, week: dt.date) -> set[int]:
    """Return which runners said nothing at all in that week, but something in the four before."""
    start = dt.datetime.combine(week, dt.time(), dt.UTC)
    runs = Membership.objects.active().runners()
    was_there = runs.filter(user=OuterRef("pk"), joined_at__lte=start)
    people = User.objects.filter(
        Exists(was_there), ~_said_something(week, week + WEEK),
        _said_something(week - SILENT_AFTER, week), pk__in=list(user_ids),
    )  # fmt: skip
    return set(people.values_list("pk", flat=True))


def _said_something(first: dt.date, end: dt.date) -> Q:
    """Whether there is an entry of any kind from `first` to before `end`."""
    span = {"runner": OuterRef("pk"), "on__gte": first, "on__lt": end}
    checks = WeeklyCheck.objects.filter(runner=OuterRef("pk"), week__gte=first, week__lt=end)
    return (
        Q(Exists(Activity.objects.filter(**span)))
        | Q(Exists(DayStatus.objects.filter(**span)))
        | Q(Exists(PainReport.objects.filter(**span)))
        | Q(Exists(checks))
    )


# --- News ----------------------------------------------------------------------------------------
def imports_ended(*, now: dt.datetime) -> list[Due]:
    """Return whose import took so long that they will have left, or waits for them meanwhile."""
    present = TableLayout.objects.filter(
        runner=OuterRef("runner"), said_at__gte=OuterRef("finished_at") - LEFT_AFTER
    )
    ended = Q(
        state__in=[ImportState.FINISHED, ImportState.FAILED],
        finished_at__range=(now - NEWS_LASTS, now),
        finished_at__gte=F("created_at") + LEFT_AFTER,
    ) & ~Q(Exists(present))
    asking = Q(state=ImportState.ASKING, created_at__range=(now - NEWS_LASTS, now - ASKED_AFTER))
    rows = ImportBatch.objects.filter(ended | asking).order_by("pk")
    return [Due(user_id, str(pk), now) for pk, user_id in rows.values_list("pk", "runner_id")]


def exports_ready(*, now: dt.datetime) -> list[Due]:
    """Return whose download took so long that they will have left."""
    rows = DataExport.objects.filter(
        state=DataExport.State.READY,
        ready_at__range=(now - NEWS_LASTS, now),
        ready_at__gte=F("asked_at") + LEFT_AFTER,
    ).order_by("pk")
    return [
        Due(user_id, asked_at.isoformat(timespec="seconds"), now)
        for user_id, asked_at in rows.values_list("user_id", "asked_at")
    ]


class Urgent(NamedTuple):
    """Which coach may know that which runner was asked to get seen today."""

    membership_id: int
    user_id: int
    runner_id: int
    since: str


def urgent_for_coaches(
    *, now: dt.datetime, coach: int | None = None, runner: int | None = None
) -> list[Urgent]:
    """Return who may know, by sharing as it is now: everything, with the coach's own club.

    Three queries. `coach` (a membership) and `runner` narrow it.
    """
    flags = RiskFlag.objects.standing().filter(
        action=Clinician.URGENT_TODAY,
        assessment__assessed_at__gte=now - URGENT_LASTS,
        **({} if runner is None else {"assessment__runner": runner}),
    )
    since: dict[int, str] = {}
    for runner_id, values in flags.values_list("assessment__runner_id", "values"):
        since[runner_id] = max(since.get(runner_id, ""), values.get("since", ""))
    sharing = (
        Membership.objects.active()
        .runners()
        .filter(user__in=since, sharing=Sharing.EVERYTHING, user__health_consent_at__isnull=False)
    )
    runners = list(sharing.values_list("club_id", "squad_id", "user_id"))
    coaches = _coaches({club_id for club_id, *_ in runners}, coach=coach)
    found = [
        Urgent(one.pk, one.user_id, runner_id, since[runner_id])
        for club_id, squad_id, runner_id in runners
        for one in coaches
        if one.club_id == club_id and one.looks_after(squad_id) and one.user_id != runner_id
    ]
    return list(dict.fromkeys(found))


class _Coach(NamedTuple):
    """A coach, once for each squad they are named for."""

    pk: int
    user_id: int
    club_id: int
    role: str
    squad_id: int | None

    def looks_after(self, squad_id: int | None) -> bool:
        """Whether a runner of that squad is theirs; an assistant has their own squads only."""
        return self.role == Role.COACH or (squad_id is not None and squad_id == self.squad_id)


def _coaches(club_ids: set[int], *, coach: int | None) -> list[_Coach]:
    coaches = Membership.objects.active().filter(club__in=club_ids, role__in=COACHING)
    if coach is not None:
        coaches = coaches.filter(pk=coach)
    columns = ("pk", "user_id", "club_id", "role", "coached_squads")
    return [_Coach(*row) for row in coaches.order_by("pk").values_list(*columns)]
