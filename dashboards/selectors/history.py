"""What one runner logged, narrowed as they like: a list with its weeks, and months as calendars."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Count, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from injuries.models import PainReport
from members.models import Activity, DayStatus, User
from members.selectors.training import activities_of
from members.weeks import monday_of, sunday_of, week_name

NO_SHOE = "none"
SORE = (
    Q(pain_report__during__gte=1)
    | Q(pain_report__after__gte=1)
    | Q(pain_report__gait_changed=True)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a history is asked for; empty fields ask for everything. Metres."""

    kind: str = ""
    shoe: str = ""  # an id, or NO_SHOE
    surface: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    min_m: int | None = None
    pain: bool = False
    note: str = ""

    def as_query(self) -> Q:
        """Return the condition on activities."""
        wanted = Q()
        if self.kind:
            wanted &= Q(kind=self.kind)
        if self.shoe:
            wanted &= Q(shoe__isnull=True) if self.shoe == NO_SHOE else Q(shoe=self.shoe)
        if self.surface:
            wanted &= Q(surface=self.surface)
        if self.since:
            wanted &= Q(on__gte=self.since)
        if self.until:
            wanted &= Q(on__lte=self.until)
        if self.min_m is not None:
            wanted &= Q(distance_m__gte=self.min_m)
        if self.note:
            wanted &= Q(note__icontains=self.note)
        return wanted & SORE if self.pain else wanted


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Totals:
    """What some activities come to. Metres and seconds are those of runs."""

    runs: int = 0
    distance_m: int = 0
    longest_m: int | None = None
    duration_s: int = 0
    others: int = 0
    without_distance: int = 0  # runs whose distance nobody said: the sum is then a lower bound

    @classmethod
    def of(cls, rows: Iterable[Activity]) -> "Totals":
        """Add up."""
        rows = list(rows)
        runs = [row for row in rows if row.kind == Activity.Kind.RUN]
        far = [row.distance_m for row in runs if row.distance_m is not None]
        return cls(
            runs=len(runs),
            distance_m=sum(far),
            longest_m=max(far, default=None),
            duration_s=sum(row.duration_s or 0 for row in runs),
            others=len(rows) - len(runs),
            without_distance=len(runs) - len(far),
        )


@dataclass(frozen=True, slots=True)
class Month:
    """One month in which something was logged."""

    first: dt.date
    activities: int

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return month_after(self.first) - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ListedWeek:
    """The activities of one week on one page of the list; the totals are the whole week's."""

    monday: dt.date
    activities: list[Activity]
    totals: Totals

    @property
    def sunday(self) -> dt.date:
        """The last day of the week."""
        return sunday_of(self.monday)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: what was done, or what was said about it, or nothing."""

    on: dt.date
    in_month: bool
    is_today: bool
    is_future: bool
    activities: list[Activity] = field(default_factory=list)
    hidden: int = 0  # activities the filter leaves out
    status: str = ""
    first_step: int | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether nobody said anything; never shown as rest."""
        return not (self.is_future or self.activities or self.hidden or self.status)


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """Seven days from Monday on and what the week came to."""

    days: list[CalendarDay]
    totals: Totals

    @property
    def monday(self) -> dt.date:
        """The first day."""
        return self.days[0].on

    @property
    def has_unknown(self) -> bool:
        """Whether nothing was said about one of its days."""
        return any(day.is_unknown for day in self.days)

    @property
    def name(self) -> str:
        """The week as 2026-W10."""
        return week_name(self.monday)


def found(runner: User, wanted: Wanted) -> QuerySet[Activity]:
    """Return the runner's activities that were asked for, newest first, with pair and pain."""
    return activities_of(runner).filter(wanted.as_query()).select_related("pain_report")


def totals_of(runner: User, wanted: Wanted) -> Totals:
    """Return what everything asked for comes to. One query, which adds up in the database."""
    run = Q(kind=Activity.Kind.RUN)
    sums = (
        found(runner, wanted)
        .order_by()
        .aggregate(
            runs=Count("id", filter=run),
            sum_m=Coalesce(Sum("distance_m", filter=run), 0),
            longest_m=Max("distance_m", filter=run),
            sum_s=Coalesce(Sum("duration_s", filter=run), 0),
            others=Count("id", filter=~run),
            without_distance=Count("id", filter=run & Q(distance_m__isnull=True)),
        )
    )
    return Totals(distance_m=sums.pop("sum_m"), duration_s=sums.pop("sum_s"), **sums)


def by_week(runner: User, wanted: Wanted, shown: Sequence[Activity]) -> list[ListedWeek]:
    """Return the shown activities by week, each with the totals of the whole week. One query."""
    if not shown:
        return []
    span = (monday_of(shown[-1].on), sunday_of(shown[0].on))
    whole = _by_monday(_figures(found(runner, wanted).filter(on__range=span)))
    return [
        ListedWeek(monday, rows, Totals.of(whole[monday]))
        for monday, rows in _by_monday(shown).items()
    ]


def months_of(runner: User) -> list[Month]:
    """Return the months in which something was logged, newest first. One query."""
    rows = (
        Activity.objects.filter(runner=runner)
        .order_by()
        .annotate(first=TruncMonth("on"))
        .values("first")
        .annotate(count=Count("id"))
        .order_by("-first")
    )
    return [Month(row["first"], row["count"]) for row in rows]


def calendar_of(
    runner: User, *, month: dt.date, wanted: Wanted, today: dt.date
) -> list[CalendarWeek]:
    """Return the whole weeks that touch the month, named by its first day. Three queries."""
    first, last = monday_of(month), sunday_of(month_after(month) - dt.timedelta(days=1))
    done, hidden = _done(runner, wanted, (first, last))
    statuses = dict(
        DayStatus.objects.filter(runner=runner, on__range=(first, last)).values_list("on", "status")
    )
    mornings = dict(
        PainReport.objects.filter(
            runner=runner, on__range=(first, last), activity__isnull=True
        ).values_list("on", "first_step")
    )
    days = [
        CalendarDay(
            on=on,
            in_month=on.month == month.month,
            is_today=on == today,
            is_future=on > today,
            activities=done[on],
            hidden=hidden[on],
            status=statuses.get(on, ""),
            first_step=mornings.get(on),
        )
        for on in (first + dt.timedelta(days=offset) for offset in range((last - first).days + 1))
    ]
    weeks = [days[start : start + 7] for start in range(0, len(days), 7)]
    return [
        CalendarWeek(week, Totals.of(row for day in week for row in day.activities))
        for week in weeks
    ]


def month_after(first: dt.date) -> dt.date:
    """Return the first day of the next month."""
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def month_before(first: dt.date) -> dt.date:
    """Return the first day of the month before."""
    return (first.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _figures(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Read only what totals need."""
    plain = activities.select_related(None)
    return plain.only("on", "kind", "distance_m", "duration_s")


def _by_monday(rows: Iterable[Activity]) -> dict[dt.date, list[Activity]]:
    weeks: dict[dt.date, list[Activity]] = defaultdict(list)
    for row in rows:
        weeks[monday_of(row.on)].append(row)
    return weeks


def _done(
    runner: User, wanted: Wanted, span: tuple[dt.date, dt.date]
) -> tuple[dict[dt.date, list[Activity]], dict[dt.date, int]]:
    """Return what was asked for by day, and how many others there were."""
    is_wanted: Value | Case = Value(True)
    if wanted != EVERYTHING:
        is_wanted = Case(
            When(wanted.as_query(), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    done: dict[dt.date, list[Activity]] = defaultdict(list)
    hidden: dict[dt.date, int] = defaultdict(int)
    rows = found(runner, EVERYTHING).filter(on__range=span).annotate(is_wanted=is_wanted)
    for row in rows.order_by("started_at", "id"):
        if row.is_wanted:
            done[row.on].append(row)
        else:
            hidden[row.on] += 1
    return done, hidden
