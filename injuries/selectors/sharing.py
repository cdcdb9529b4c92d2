"""What a coach may know about a runner: the only place where sharing is applied.

Nothing: no answer, no reason. Status: the answer word, load and shoe reasons with their numbers;
what the heel says becomes "asked to ease off", a clinician's level becomes "advised". Everything:
all of it, while the runner agrees that answers about pain are kept. Evidence 3.1, 6.6, 7.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from injuries.care.types import HELD, RED_FLAG, SEE_CLINICIAN, PlanState
from injuries.coach_list import ALL, FAMILY, is_for_coach
from injuries.models import WeeklyAssessment
from injuries.risk import (
    RED_FLAG_IDS,
    History,
    WhatIf,
    assess,
    coach_sentence,
    hurt_before,
    standing,
)
from injuries.selectors.assessments import by_need, standing_flags
from injuries.selectors.plan_course import Stretch, Walked
from members.models import Sharing

EASE_OFF = "Asked to ease off."
SEEK_ADVICE = "Not available, advised to seek advice."
NO_WORD = "No word lately."
OWN_PAGE = "A little longer than the recent longest; told on their own page."

ALL_DAYS = frozenset({"ill", "injured", "holiday"})
LOAD_AND_SHOES = {"L1", "L3", "L4", "L7", "S1", "S3", "S4"}


class Sharer(Protocol):
    """A member of a club: a Membership, or the part of one that a list reads."""

    @property
    def sharing(self) -> str: ...
    @property
    def keeps_health(self) -> bool: ...


class Flag(Protocol):
    """A rule that fired."""

    @property
    def rule(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...
    @property
    def for_coach(self) -> bool: ...


class Week(Protocol):
    """What the rules said about one week."""

    @property
    def on(self) -> dt.date: ...
    @property
    def training(self) -> str: ...
    @property
    def shoes(self) -> bool: ...
    @property
    def clinician(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SharedView:
    """One runner as one club's coaches may see them. `training` None: shares nothing."""

    sharing: str
    training: str | None
    shoes: bool
    clinician: str  # with status any level is "advised"; empty: none
    reasons: tuple[str, ...]
    flags: tuple[Any, ...]  # those of the week that was asked about
    sees_runs: bool
    sees_pain: bool
    # Whether coaches are alerted to the ease, and to the shoes, or the runner alone is told.
    asks_to_ease: bool = True
    asks_for_shoes: bool = True
    # What a mail may say beside the name; empty where a mail may only count the runner.
    mail_reason: str = ""

    @property
    def returning(self) -> bool:
        """Whether the runner is coming back after a break, as far as that is shared."""
        return any(flag.rule == "L3" for flag in self.flags)


def what_coach_sees(
    member: Sharer,
    assessment: Week | None,
    *,
    flags: Iterable[Flag] | None = None,
    unit: str = "km",
    step: int = ALL,
) -> SharedView:
    """Return what this club's coaches may know about this member's week, in the coach's unit.

    Without `flags` those of the stored assessment are read. `step` says how short the club's list
    of alerts is (injuries/coach_list.py); it takes nothing away from what coaches can look up.
    """
    sharing = member.sharing
    if sharing == Sharing.NOTHING:
        return SharedView(sharing, None, False, "", (), (), False, False)
    everything = shares_pain(member)
    if assessment is None:
        return SharedView(sharing, "not_assessed", False, "", (), (), True, everything)
    fired = _stored(assessment) if flags is None else by_need(flags)
    standing = [flag for flag in fired if flag.action != "context"]
    shown = standing if everything else [flag for flag in standing if is_plain(flag)]
    clinician = assessment.clinician if everything or not assessment.clinician else "advised"
    return SharedView(
        sharing=sharing,
        training=assessment.training,
        shoes=_checks_shoes(member, assessment, shown),
        clinician=clinician,
        reasons=_reasons(standing, assessment, everything=everything, unit=unit),
        flags=tuple(flag for flag in shown if not _is_for_runner_only(flag)),
        sees_runs=True,
        sees_pain=everything,
        asks_to_ease=_asks([flag for flag in standing if flag.action == "ease"], step),
        asks_for_shoes=_asks([flag for flag in shown if FAMILY[flag.rule] == "shoes"], step),
        mail_reason=_mail_reason(standing, assessment, unit=unit),
    )


def asks_coaches(member: Sharer, assessment: Week, *, flags: Iterable[Flag], step: int) -> bool:
    """Tell whether this week asks something of the club's coaches, as far as they may know.

    The same as a row of the board that presses them, without a word being made of it.
    """
    if member.sharing == Sharing.NOTHING:
        return False
    if assessment.clinician or assessment.training in {"rest", "cross_train"}:
        return True
    standing = [flag for flag in flags if flag.action != "context"]
    eases = [flag for flag in standing if flag.action == "ease"]
    if assessment.training == "ease" and _asks(eases, step):
        return True
    shown = [flag for flag in standing if shares_pain(member) or is_plain(flag)]
    return _checks_shoes(member, assessment, shown) and _asks(
        [flag for flag in shown if FAMILY[flag.rule] == "shoes"], step
    )


def _checks_shoes(member: Sharer, assessment: Week, shown: Iterable[Flag]) -> bool:
    return assessment.shoes if shares_pain(member) else any(f.rule in {"S1", "S4"} for f in shown)


def _asks(flags: Sequence[Flag], step: int) -> bool:
    """Tell whether any of the flags behind an answer is for coaches; without a flag it stands."""
    return not flags or any(
        is_for_coach(
            flag.rule, flag.level, flag.action, flag.values, coach=flag.for_coach, step=step
        )
        for flag in flags
    )


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """A runner's way back as one club's coaches may see it. `phase` None: not shared, or none."""

    text: str
    phase: int | None
    is_stopped: bool

    @property
    def short(self) -> str:
        """As one word or three, for a list; empty where advice comes first."""
        if self.phase is not None:
            return f"way back, phase {self.phase} of 6"
        if self.text == SEEK_ADVICE:
            return ""
        return "way back, on hold" if self.is_stopped else "way back"


def plan_coach_sees(member: Sharer, state: PlanState | None) -> SharedPlan | None:
    """Return what this club's coaches may know of this member's way back: status only.

    Never a session, an answer or what stopped it; the phase with those who share everything.
    """
    gone = not member.keeps_health or member.sharing == Sharing.NOTHING
    if state is None or state.is_over or gone:
        return None
    if state.status in (RED_FLAG, SEE_CLINICIAN):
        return SharedPlan(SEEK_ADVICE, None, is_stopped=True)
    if state.status == HELD:
        return SharedPlan("On the way back to running; on hold.", None, is_stopped=True)
    phase = state.phase if shares_pain(member) else None
    text = "On the way back to running, by a walk and run plan."
    return SharedPlan(text, phase, is_stopped=False)


def days_coach_sees(member: Sharer) -> frozenset[str]:
    """Return which words about days without a run coaches may see: ill and injured are health."""
    if member.sharing == Sharing.NOTHING:
        return frozenset()
    return ALL_DAYS if shares_pain(member) else frozenset({"holiday"})


def course_coach_sees(member: Sharer, walked: Iterable[Walked]) -> tuple[Stretch, ...]:
    """Return the phases and holds of the way back; only those who share everything show when."""
    if not shares_pain(member):
        return ()
    return tuple(stretch for one in walked for stretch in one.stretches)


@dataclass(frozen=True, slots=True)
class SharedStanding:
    """Where a sore heel stands, in one word and one sentence for coaches."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class SharedHeel:
    """What else of a heel those see who see everything. `hurt_before`: within 12 months (M1)."""

    standing: tuple[SharedStanding, ...] = ()
    hurt_before: bool = False


def heel_coach_sees(member: Sharer, history: Callable[[], History]) -> SharedHeel:
    """Return where the heel stands; of who does not share everything nothing is even read.

    A safety answer that stands silences the course: then being seen comes first.
    """
    if not shares_pain(member):
        return SharedHeel()
    seen = history()
    stopped = any(flag.rule in RED_FLAG_IDS for flag in assess(seen).flags)
    shown = () if stopped else standing(seen)
    said = tuple(SharedStanding(one.state, one.to_coach) for one in shown)
    return SharedHeel(said, hurt_before(seen))


NOT_COMPARED = "their runs are not compared"


def what_if_coach_sees(member: Sharer, outcome: WhatIf) -> WhatIf | None:
    """Return what coaches may know of what a run would mean; None where runs are not shared.

    Without all of it neither the ceiling, which a sore morning lowers, nor that somebody is young.
    """
    if member.sharing == Sharing.NOTHING:
        return None
    if shares_pain(member):
        return outcome
    why = NOT_COMPARED if outcome.why and "under 18" in outcome.why else outcome.why
    return replace(outcome, ceiling_m=None, why=why)


def _stored(assessment: Week) -> Sequence[Flag]:
    assert isinstance(assessment, WeeklyAssessment)  # noqa: S101 (nothing else is stored)
    return standing_flags(assessment)


def shares_pain(member: Sharer) -> bool:
    """Whether coaches may see answers about pain; taken back, not even those given before."""
    return member.keeps_health and member.sharing == Sharing.EVERYTHING


def is_plain(flag: Flag) -> bool:
    """Whether the flag tells nothing about how a heel is."""
    return flag.rule in LOAD_AND_SHOES and flag.level != "after_problem"


def may_be_mailed(flag: Flag) -> bool:
    """Whether a mail to the runner may say it: load or shoes, and no answer that a heel gave."""
    return is_plain(flag) and flag.action in {"ease", "shoe_check"}


def _mail_reason(flags: Iterable[Flag], assessment: Week, *, unit: str) -> str:
    """Return the one reason beside a name in a coach's mail; empty: count, do not name.

    Named is only who has nothing but load and shoes to tell. A single run over 10 % that coaches
    are shown would tell of an injury within 12 months, so it is not said either.
    """
    told = [flag for flag in flags if not _is_for_runner_only(flag)]
    if assessment.clinician or assessment.training in {"rest", "cross_train"}:
        return ""
    if not all(may_be_mailed(flag) and flag.level != "over_10" for flag in told):
        return ""
    first = next(iter(told), None)
    if first is None:
        return ""
    return coach_sentence(first.rule, first.level, first.values, on=assessment.on, unit=unit)


def _is_for_runner_only(flag: Flag) -> bool:
    """A small single-run spike is the runner's own business (evidence 7, row 10)."""
    return flag.rule == "L1" and not flag.for_coach


def _reasons(
    flags: Iterable[Flag], assessment: Week, *, everything: bool, unit: str
) -> tuple[str, ...]:
    reasons = []
    for flag in flags:
        if _is_for_runner_only(flag):
            reasons.append(OWN_PAGE)
        elif everything or is_plain(flag):
            level = "yes_today" if _is_today(flag) else flag.level
            said = coach_sentence(flag.rule, level, flag.values, on=assessment.on, unit=unit)
            reasons.append(said)
        else:
            reasons.append(_veiled(flag))
    return tuple(dict.fromkeys(reasons))


def _is_today(flag: Flag) -> bool:
    return flag.rule == "RF3" and flag.action == "urgent_today"


def _veiled(flag: Flag) -> str:
    if flag.action in {"urgent_today", "within_days", "book"}:
        return SEEK_ADVICE
    return NO_WORD if flag.rule == "P6" else EASE_OFF
