"""One row of the coach's board a runner. Sharing is applied in one place only (sharing.py)."""

import datetime as dt
import functools
import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from dashboards import words
from dashboards.charts import PainDay, WeekLoad
from dashboards.selectors.board_facts import (
    MORNINGS_SHOWN,
    Facts,
    FlagFact,
    Judged,
    Standing,
    Who,
    board_facts,
)
from dashboards.selectors.weeks import WEEK, Logged, Run, mondays, unpacked, week_loads
from injuries.models import OUTCOME_AFTER, CoachDecision, Training
from injuries.selectors.coach_list import club_step
from injuries.selectors.sharing import SharedView, what_coach_sees
from members.models import Membership
from members.weeks import monday_of

SILENT_DAYS = 7  # without an entry; from here on a row is silent, whatever was said before
REASONS_SHOWN = 3
NOT_SAYING_STOP = {Training.CARRY_ON, Training.NOT_ASSESSED}
ASKING = {"clinician", "rest", "cross_train", "ease", "shoes"}
ROWS_KEPT = 2_048
STRICTNESS = list(Training.values)


class Asked(NamedTuple):
    """For whom and for when rows are made."""

    coach_id: int
    unit: str
    step: int  # how short the club's list of alerts is (injuries/coach_list.py)
    on: dt.date
    first: dt.date  # Monday of the oldest week shown
    current: dt.date  # Monday of the week shown as going on


class SeenFlag(NamedTuple):
    """A flag with its numbers."""

    rule: str
    level: str
    action: str
    values: dict[str, Any]
    for_coach: bool


@dataclass(frozen=True, slots=True, eq=False)
class BoardRow:
    """One runner as this club's coaches may see them."""

    who: Who
    view: SharedView
    states: tuple[str, ...]  # keys of words.STATES, most pressing first
    tasks: tuple[str, ...]  # keys of words.TASKS
    judged: Judged | None
    decision: Standing | None
    earlier: Standing | None  # what was decided in a week before, where still standing
    follow_up: Standing | None  # whose outcome it is time to ask for
    weeks: tuple[WeekLoad, ...]  # empty where runs are not shared
    mornings: tuple[PainDay, ...]  # empty where pain is not shared or nothing was said
    unjudged: str  # why there is no answer, as far as it is shared; empty where there is one
    last_run: Run | None
    last_entry: dt.date | None
    last_report: dt.date | None
    away: tuple[str, dt.date] | None  # a holiday or taper they are in, and its last day
    way_back: str  # their return-to-run plan, as far as it is shared
    on: dt.date

    @property
    def name(self) -> str:
        """The runner's name."""
        return self.who.name

    @property
    def is_beginner(self) -> bool:
        """Whether they said to be new to running (M10), and share their runs."""
        until = self.who.beginner_until
        return self.view.sees_runs and until is not None and self.on < until

    @property
    def state(self) -> str:
        """The most pressing state."""
        return self.states[0]

    @property
    def pressing(self) -> str:
        """The state that presses a coach, by which the board sorts."""
        return pressing(self.states, self.view)

    @property
    def shows_training(self) -> bool:
        """Whether the training answer is worn as a badge: not where "returning" says it all."""
        eases = self.view.training == Training.EASE and "ease" not in self.states
        return not self.is_stale_ok and not eases

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
        return f"{self.away[0]} until {self.away[1]:%-d %B}" if self.away else ""

    @property
    def is_stale_ok(self) -> bool:
        """Whether an old "carry on" or "not assessed" has gone silent, and must not be shown."""
        return "silent" in self.states and self.view.training in NOT_SAYING_STOP

    @property
    def worn_m(self) -> int | None:
        """Metres of the most worn pair, where it is due to be looked at and that is shared."""
        worn = [flag.values["distance_m"] for flag in self.view.flags if flag.rule == "S1"]
        return worn[0] if worn else None

    @property
    def can_decide(self) -> bool:
        """Whether there is something to answer."""
        return self.judged is not None and self.view.training is not None

    @property
    def wants_decision(self) -> bool:
        """Whether the rules ask for something and no coach has answered yet."""
        return "waiting" in self.tasks


def board_row(coach: Membership, membership: Membership, *, on: dt.date) -> BoardRow:
    """Return one runner's row; a runner this coach does not look after has none (IndexError)."""
    return board_rows(coach, on=on, only=membership.pk)[0]


def board_rows(
    coach: Membership, *, on: dt.date, week: dt.date | None = None, only: int | None = None
) -> list[BoardRow]:
    """Return a row for each runner the coach looks after, by name. A fixed number of queries.

    Without `week` (a Monday) each runner stands with this week's assessment or, until there is
    one, last week's; with it, with that week's only.
    """
    last = week or monday_of(on)
    seen_on = on if week is None else min(on, week + dt.timedelta(days=6))
    weeks = mondays(last=last)
    facts = board_facts(
        coach,
        on=seen_on,
        weeks=weeks,
        judged_weeks=[last] if week else [last - WEEK, last],
        last_day=min(on, last + dt.timedelta(days=6)),
        only=only,
    )
    user = coach.user
    asked = Asked(user.pk, user.unit, club_step(coach.club), seen_on, weeks[0], monday_of(seen_on))
    squads = frozenset(coach.coached_squads.values_list("pk", flat=True))
    return [row_of(each, asked, each.who.squad_id in squads) for each in facts]


@functools.lru_cache(maxsize=ROWS_KEPT)
def row_of(facts: Facts, asked: Asked, in_my_squad: bool) -> BoardRow:
    """Return the row these facts make: the same for equal facts, so it is made once.

    Whatever decides what a row shows is an argument, and was read for this very request.
    """
    who, judged = facts.who, facts.judged
    view = what_coach_sees(who, judged, flags=_seen(facts.flags), unit=asked.unit, step=asked.step)
    logged = unpacked(facts.logged)
    where = states(view, logged, away=facts.away, is_new=who.is_new, on=asked.on)
    decision = next((d for d in facts.decisions if judged and d.assessment_id == judged.pk), None)
    follow_up = next((d for d in facts.decisions if _wants_outcome(d, on=asked.on)), None)
    is_snoozed = any(_is_snoozed(d, judged, on=asked.on) for d in facts.decisions)
    waits = judged is not None and pressing(where, view) in ASKING and not is_snoozed
    is_answered = (
        decision is not None
        and decision.kind in CoachDecision.ANSWERS
        and not _is_outdated(decision, judged)
    )
    holds = {
        "waiting": waits and not is_answered,
        "due": follow_up is not None,
        "mine": in_my_squad or any(d.owner_id == asked.coach_id for d in facts.decisions),
        "snoozed": is_snoozed,
    }
    weeks = mondays(last=asked.first + 11 * WEEK)
    return BoardRow(
        who=who,
        view=view,
        states=where,
        tasks=tuple(task for task in words.TASKS if holds[task]),
        judged=judged,
        decision=decision,
        earlier=next((d for d in facts.decisions if d is not decision), None),
        follow_up=follow_up,
        weeks=tuple(week_loads(logged, weeks, current=asked.current)) if view.sees_runs else (),
        mornings=_mornings(facts.reported.mornings, on=asked.on),
        unjudged=_unjudged(view, judged),
        last_run=logged.last_run,
        last_entry=logged.last_entry,
        last_report=_day(facts.reported.last),
        away=facts.away,
        way_back=facts.way_back,
        on=asked.on,
    )


def _seen(flags: tuple[FlagFact, ...]) -> list[SeenFlag]:
    return [
        SeenFlag(one.rule, one.level, one.action, json.loads(one.values), one.for_coach)
        for one in flags
    ]


def _unjudged(view: SharedView, judged: Judged | None) -> str:
    if view.training != Training.NOT_ASSESSED:
        return ""
    if judged is None:
        return "Not assessed yet."
    # What load could not be judged for may be told; what a heel question lacks, only to some.
    shared = [
        one["why"]
        for one in json.loads(judged.not_assessed)
        if one["rule"] == "L1" or (view.sees_pain and one["rule"] not in words.CONTEXT_RULES)
    ]
    why = shared[0] if shared else "not enough was said to judge"
    return f"{why[:1].upper()}{why[1:]}."


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _mornings(said: str, *, on: dt.date) -> tuple[PainDay, ...]:
    if not said:
        return ()
    known = {dt.date.fromisoformat(one[:10]): int(one[10:]) for one in said.split()}
    days = [on - dt.timedelta(days=back) for back in range(MORNINGS_SHOWN - 1, -1, -1)]
    return tuple(PainDay(day, first_step=known.get(day)) for day in days)


def _wants_outcome(decision: Standing, *, on: dt.date) -> bool:
    """Whether it is time to ask what came of it: on its day, else two weeks later."""
    if decision.outcome_kind or decision.kind == CoachDecision.Kind.SNOOZED:
        return False
    return on >= (decision.due_on or decision.decided_at.date() + OUTCOME_AFTER)


def _is_snoozed(decision: Standing, judged: Judged | None, *, on: dt.date) -> bool:
    """Whether a row may wait: until its day, unless the rules ask for more than they did then."""
    until = decision.snoozed_until
    return until is not None and until > on and not _is_outdated(decision, judged)


def _is_outdated(decision: Standing, judged: Judged | None) -> bool:
    """Whether the rules ask for more than they did when it was made."""
    if judged is None or not decision.said_training:
        return False
    then, now = STRICTNESS.index(decision.said_training), STRICTNESS.index(judged.training)
    return now < then or judged.clinician not in {"", decision.said_clinician}


def pressing(states: tuple[str, ...], view: SharedView) -> str:
    """Return the state that presses a coach: what the runner alone is told of presses nobody."""
    quiet = {
        *(() if view.asks_to_ease else ("ease",)),
        *(() if view.asks_for_shoes else ("shoes",)),
    }
    return next((state for state in states if state not in quiet), "returning")


def states(
    view: SharedView,
    said: Logged,
    *,
    away: tuple[str, dt.date] | None,
    is_new: bool,
    on: dt.date,
) -> tuple[str, ...]:
    """Return where a row stands, most pressing first; silence and missing data are never ok.

    Who said to be on holiday, beforehand or as the last word, is not silent, and who is told to
    ease for coming back after a break is "returning" and nothing more.
    """
    if view.training is None:
        return ("nothing",)
    last = said.last_entry
    planned = away[0] if away else ""
    is_away = planned == "holiday" or (last is not None and said.last_holiday == last)
    is_silent = not is_away and (last is None or (on - last).days >= SILENT_DAYS)
    unjudged = view.training == Training.NOT_ASSESSED and not is_silent and not is_away
    holds = {
        "clinician": bool(view.clinician),
        "rest": view.training == Training.REST,
        "cross_train": view.training == Training.CROSS_TRAIN,
        "ease": view.training == Training.EASE and (view.asks_to_ease or not view.returning),
        "shoes": view.shoes,
        "silent": is_silent,
        "returning": view.returning,
        "new": unjudged and is_new,
        "not_assessed": unjudged and not is_new,
        "holiday": is_away,
        "taper": planned == "taper",
    }
    found = tuple(state for state in words.STATES if holds.get(state))
    return found or ("ok",)
