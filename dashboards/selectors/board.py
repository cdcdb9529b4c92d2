"""The coach's board: one row a runner, sorted by need. Sharing is applied in one place only."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from dashboards import words
from dashboards.charts import WeekLoad, week_bars
from dashboards.selectors.weeks import Logged, Run, logged_by, mondays, week_loads
from injuries.models import CoachDecision, PainReport, Training, WeeklyAssessment
from injuries.selectors.assessments import club_assessments
from injuries.selectors.coach_list import club_step
from injuries.selectors.sharing import SharedView, shares_pain, what_coach_sees
from members.models import Membership, PlannedBreak, Sharing, Squad
from members.selectors.people import runners_visible_to
from members.selectors.plans import breaks_on
from members.weeks import monday_of

WEEK = dt.timedelta(days=7)
SILENT_DAYS = 7  # without an entry; from here on a row is silent, whatever was said before
REASONS_SHOWN = 3
AWAY = ("holiday", "taper")
NOT_SAYING_STOP = {Training.CARRY_ON, Training.NOT_ASSESSED}
ASKING = {"clinician", "rest", "cross_train", "ease", "shoes"}
URGENCY = ("urgent_today", "within_days", "advised", "book", "")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One runner as this club's coaches may see them."""

    membership: Membership
    view: SharedView
    states: tuple[str, ...]  # keys of words.STATES, most pressing first
    assessment: WeeklyAssessment | None
    decision: CoachDecision | None
    earlier: CoachDecision | None  # what was decided in a week before, where still standing
    weeks: tuple[WeekLoad, ...]
    bars: str  # SVG made here
    last_run: Run | None
    last_entry: dt.date | None
    last_report: dt.date | None
    on: dt.date
    away: PlannedBreak | None = None  # a holiday or taper they are in, where runs are shared

    @property
    def name(self) -> str:
        """The runner's name."""
        return str(self.membership.user)

    @property
    def is_beginner(self) -> bool:
        """Whether they said to be new to running (M10), and share their runs."""
        return self.view.sees_runs and self.membership.user.is_beginner(on=self.on)

    @property
    def state(self) -> str:
        """The most pressing state."""
        return self.states[0]

    @property
    def reasons(self) -> tuple[str, ...]:
        """At most three."""
        return self.view.reasons[:REASONS_SHOWN]

    @property
    def more_reasons(self) -> int:
        """How many reasons stand on the runner's own page only."""
        return max(0, len(self.view.reasons) - REASONS_SHOWN)

    @property
    def silence(self) -> str:
        """How long nothing was said, for instance "no entry for 9 days"."""
        if self.last_entry is None:
            return "no entry in 12 weeks"
        return f"no entry for {(self.on - self.last_entry).days} days"

    @property
    def away_words(self) -> str:
        """For instance "holiday until 28 March"; empty where nothing is planned."""
        return f"{self.away.kind} until {self.away.last:%-d %B}" if self.away else ""

    @property
    def shows_training(self) -> bool:
        """Whether the training answer is worn as a badge: not where "returning" says it all."""
        eases = self.view.training == Training.EASE and "ease" not in self.states
        return not self.is_stale_ok and not eases

    @property
    def is_stale_ok(self) -> bool:
        """Whether an old "carry on" or "not assessed" has gone silent, and must not be shown."""
        return "silent" in self.states and self.view.training in NOT_SAYING_STOP

    @property
    def unjudged(self) -> str:
        """Why there is no answer, as far as it is shared; empty where there is one."""
        if self.view.training != Training.NOT_ASSESSED:
            return ""
        if self.assessment is None:
            return "Not assessed yet."
        # What load could not be judged for may be told; what a heel question lacks, only to some.
        shared = [
            one["why"]
            for one in self.assessment.not_assessed
            if one["rule"] == "L1"
            or (self.view.sees_pain and one["rule"] not in words.CONTEXT_RULES)
        ]
        why = shared[0] if shared else "not enough was said to judge"
        return f"{why[:1].upper()}{why[1:]}."

    @property
    def can_decide(self) -> bool:
        """Whether there is something to answer."""
        return self.assessment is not None and self.view.training is not None

    @property
    def pressing(self) -> str:
        """The state that presses a coach: what the runner alone is told of presses nobody."""
        quiet = {
            *(() if self.view.asks_to_ease else ("ease",)),
            *(() if self.view.asks_for_shoes else ("shoes",)),
        }
        return next((state for state in self.states if state not in quiet), "returning")

    @property
    def wants_decision(self) -> bool:
        """Whether the rules ask coaches for something and none has answered yet."""
        return self.can_decide and self.decision is None and self.pressing in ASKING


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter with how many rows it would show."""

    state: str
    word: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A club's week. `rows` are those the filters let through, `chips` count all of the squad."""

    week: dt.date
    on: dt.date
    is_current: bool
    rows: tuple[BoardRow, ...]
    chips: tuple[Chip, ...]
    runners: int
    squads: tuple[Squad, ...]

    @property
    def undecided(self) -> int:
        """How many rows wait for a coach's answer."""
        return sum(row.wants_decision for row in self.rows)


def board(
    coach: Membership,
    *,
    on: dt.date,
    week: dt.date | None = None,
    show: str = "",
    squad: int | None = None,
    search: str = "",
) -> Board:
    """Return the board of the coach's club on the day `on`.

    Without `week` (a Monday) each runner stands with this week's assessment or, until there is
    one, last week's; with it, with that week's only.
    """
    this_week = monday_of(on)
    memberships = list(runners_visible_to(coach))
    if squad is not None:
        memberships = [one for one in memberships if one.squad_id == squad]
    rows = sorted(board_rows(coach, memberships, on=on, week=week), key=_need)
    counts = Counter(state for row in rows for state in row.states)
    shown = [row for row in rows if (not show or show in row.states) and _found(row, search)]
    return Board(
        week=week or this_week,
        on=on,
        is_current=week is None or week == this_week,
        rows=tuple(shown),
        chips=tuple(
            Chip(state, word, counts[state], state == show) for state, word in words.STATES.items()
        ),
        runners=len(rows),
        squads=tuple(Squad.objects.filter(club=coach.club)),
    )


def board_row(coach: Membership, membership: Membership, *, on: dt.date) -> BoardRow:
    """Return one runner's row."""
    return board_rows(coach, [membership], on=on)[0]


def board_rows(
    coach: Membership,
    memberships: Sequence[Membership],
    *,
    on: dt.date,
    week: dt.date | None = None,
) -> list[BoardRow]:
    """Return a row for each membership, in their order. A fixed number of queries.

    Of a runner who shares nothing, nothing is read.
    """
    last = week or monday_of(on)
    sharing = [one.user_id for one in memberships if one.sharing != Sharing.NOTHING]
    assessments = _assessments(sharing, week=last, or_before=week is None)
    weeks = mondays(last=last)
    logged = logged_by(sharing, first=weeks[0], last=min(on, last + dt.timedelta(days=6)))
    reports = _last_reports(memberships, on=on)
    decisions = _decisions(coach, sharing, last=last)
    away = breaks_on(sharing, on=on) if week is None else {}
    step = club_step(coach.club)
    return [
        _row(
            membership,
            assessment=assessments.get(membership.user_id),
            logged=logged[membership.user_id],
            weeks=weeks,
            last_report=reports.get(membership.user_id),
            decisions=decisions.get(membership.user_id, []),
            away=away.get(membership.user_id),
            unit=coach.user.unit,
            step=step,
            on=on if week is None else min(on, week + dt.timedelta(days=6)),
        )
        for membership in memberships
    ]


def _assessments(
    runner_ids: Sequence[int], *, week: dt.date, or_before: bool
) -> dict[int, WeeklyAssessment]:
    before = club_assessments(runner_ids, week=week - WEEK) if or_before else {}
    return before | club_assessments(runner_ids, week=week)


def _last_reports(memberships: Iterable[Membership], *, on: dt.date) -> dict[int, dt.date]:
    """Return when those who share how their heel is last said anything about it."""
    ids = [one.user_id for one in memberships if shares_pain(one)]
    reports = PainReport.objects.filter(runner__in=ids, on__lte=on).order_by()
    return dict(reports.values_list("runner_id").annotate(Max("on")))


def _decisions(
    coach: Membership, runner_ids: Sequence[int], *, last: dt.date
) -> dict[int, list[CoachDecision]]:
    """Return the club's standing decisions of this week and the two before, newest week first."""
    standing = (
        CoachDecision.objects.filter(
            club=coach.club,
            assessment__runner__in=runner_ids,
            assessment__week__range=(last - 2 * WEEK, last),
            replaced_by__isnull=True,
        )
        .select_related("assessment", "decided_by")
        .order_by("-assessment__week")
    )
    found: dict[int, list[CoachDecision]] = {}
    for decision in standing:
        found.setdefault(decision.assessment.runner_id, []).append(decision)
    return found


def _row(
    membership: Membership,
    *,
    assessment: WeeklyAssessment | None,
    logged: Logged,
    weeks: Sequence[dt.date],
    last_report: dt.date | None,
    decisions: Sequence[CoachDecision],
    away: PlannedBreak | None,
    unit: str,
    step: int,
    on: dt.date,
) -> BoardRow:
    view = what_coach_sees(membership, assessment, step=step)
    decision = next((one for one in decisions if one.assessment_id == _pk(assessment)), None)
    away = away if view.sees_runs else None
    loads = tuple(week_loads(logged, weeks, current=monday_of(on))) if view.sees_runs else ()
    return BoardRow(
        membership=membership,
        view=view,
        states=states(view, last_entry=logged.last_entry, on=on, away=away.kind if away else ""),
        assessment=assessment,
        decision=decision,
        earlier=next((one for one in decisions if one is not decision), None),
        weeks=loads,
        bars=week_bars(loads, unit=unit) if loads else "",
        last_run=logged.last_run,
        last_entry=logged.last_entry,
        last_report=last_report,
        on=on,
        away=away,
    )


def _pk(assessment: WeeklyAssessment | None) -> int | None:
    return None if assessment is None else assessment.pk


def states(
    view: SharedView, *, last_entry: dt.date | None, on: dt.date, away: str = ""
) -> tuple[str, ...]:
    """Return where a row stands, most pressing first; silence and missing data are never ok.

    Who said beforehand to be on holiday is not silent, and who is told to ease for coming back
    after a break is "returning" and nothing more.
    """
    if view.training is None:
        return ("nothing",)
    is_silent = away != "holiday" and (last_entry is None or (on - last_entry).days >= SILENT_DAYS)
    holds = {
        "clinician": bool(view.clinician),
        "rest": view.training == Training.REST,
        "cross_train": view.training == Training.CROSS_TRAIN,
        "ease": view.training == Training.EASE and (view.asks_to_ease or not view.returning),
        "shoes": view.shoes,
        "silent": is_silent,
        "returning": view.returning,
        "holiday": away == "holiday",
        "taper": away == "taper",
        "not_assessed": view.training == Training.NOT_ASSESSED and not is_silent,
    }
    found = tuple(state for state in words.STATES if holds.get(state))
    return found or ("ok",)


def _need(row: BoardRow) -> tuple[int, int, bool, str]:
    return (
        list(words.STATES).index(row.pressing),
        URGENCY.index(row.view.clinician),
        row.decision is not None,
        row.name.casefold(),
    )


def _found(row: BoardRow, search: str) -> bool:
    squad = row.membership.squad
    haystack = f"{row.name} {squad.name if squad else ''}".casefold()
    return all(word in haystack for word in search.casefold().split())
