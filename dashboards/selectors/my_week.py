"""One runner's week: what to do now and why, and what stands behind it."""

import datetime as dt
from dataclasses import dataclass, field

from dashboards import words
from dashboards.charts import PainDay, WeekLoad, day_label
from dashboards.selectors.weeks import longest_of, weeks_of
from injuries.models import (
    Clinician,
    CoachDecision,
    HeelProblem,
    PainReport,
    RiskFlag,
    Training,
    WeeklyAssessment,
    WeeklyCheck,
)
from injuries.risk import Why
from injuries.selectors.assessments import current_assessment, standing_flags
from injuries.selectors.heel import safety_due
from injuries.selectors.plans import PlanPage, going_on, plan_page
from injuries.selectors.shoe_asks import ShoeAsk, is_quiet, shoe_asks
from members.models import Activity, Membership, User
from members.selectors.shoes import Pair, pairs_of
from members.selectors.training import unknown_days
from members.weeks import monday_of, season_start

MORNINGS_SHOWN = 28
NOTES_FOR_WEEKS = 4
CHECK_WEEKDAYS = (6, 0, 1, 2)  # Sunday for the week itself, until Wednesday for the one before
NOTHING_ASKS_FOR_CHANGE = "Nothing in what you logged asks for a change."


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do now: the answer's id, the offer and the reason."""

    answer: str
    offer: str
    why: str


@dataclass(frozen=True, slots=True)
class OwnFlag:
    """One of the runner's flags: what was seen, since when, and what is behind it."""

    rule: str
    sentence: str
    first_seen_at: dt.datetime
    why: Why


@dataclass(frozen=True, slots=True)
class Missing:
    """What would make the answer better, if the runner said it."""

    days: tuple[dt.date, ...] = ()
    morning: bool = False
    said_morning: int | None = None  # today's first steps, once said, while a spot is open
    questions: tuple[HeelProblem, ...] = ()
    check_of: dt.date | None = None

    def __bool__(self) -> bool:
        return bool(self.days or self.morning or self.asks)

    @property
    def asks(self) -> bool:
        """Whether anything but the days and the morning is asked for."""
        return bool(self.questions or self.check_of)

    @property
    def follows_mornings(self) -> bool:
        """Whether a spot is open, so that each morning counts."""
        return self.morning or self.said_morning is not None


@dataclass(frozen=True, slots=True)
class CoachNote:
    """A note a coach chose to share with the runner."""

    coach: str
    club: str
    text: str
    what: str
    due_on: dt.date | None
    decided_on: dt.date


@dataclass(frozen=True, slots=True)
class MyWeek:
    """Everything "my week" and the runner's mail show. Metres; `week` is a Monday."""

    runner: User
    week: dt.date
    on: dt.date
    is_current: bool
    logs: bool
    assessment: WeeklyAssessment | None
    advice: Advice | None
    ceiling_m: int | None
    ceiling_until: dt.date | None
    weeks: tuple[WeekLoad, ...]
    mean4_m: int | None
    mornings: tuple[PainDay, ...]
    pairs: tuple[Pair, ...]
    asks: tuple[ShoeAsk, ...]
    missing: Missing
    others: tuple[str, ...]
    notes: tuple[CoachNote, ...]
    not_assessed: tuple[str, ...] = field(default=())
    plan: PlanPage | None = None
    flags: tuple[OwnFlag, ...] = ()

    @property
    def this_week_m(self) -> int | None:
        """Metres run in the week so far; None where nothing was said."""
        return self.weeks[-1].distance_m

    @property
    def last_week_m(self) -> int | None:
        """Metres run in the week before; None where nothing was said."""
        return self.weeks[-2].distance_m

    @property
    def longest_m(self) -> int | None:
        """Metres of the longest run of the weeks shown."""
        return longest_of(self.weeks)

    @property
    def also(self) -> tuple[str, ...]:
        """What else was seen, apart from the shoes, which have a place of their own."""
        about_shoes = {reason for ask in self.asks for reason in ask.reasons}
        return tuple(sentence for sentence in self.others if sentence not in about_shoes)

    @property
    def shoes_quiet(self) -> bool:
        """Whether a recorded check answers all that is asked about shoes."""
        return is_quiet(self.asks)

    @property
    def comfort_asked(self) -> Pair | None:
        """The pair the monthly question is asked about: the last run in of those it is due for."""
        due = [pair for pair in self.pairs if pair.comfort_due]
        return max(due, key=lambda pair: (pair.last_run, pair.shoe.pk), default=None)

    @property
    def says_morning(self) -> bool:
        """Whether any morning of the strip was reported."""
        return any(day.first_step is not None for day in self.mornings)


def my_week(runner: User, *, week: dt.date, on: dt.date) -> MyWeek:
    """Return the runner's week named by its Monday, seen from their local day `on`."""
    is_current = week == monday_of(on)
    last_day = min(on, week + dt.timedelta(days=6))
    assessment = current_assessment(runner, week=week)
    weeks = tuple(weeks_of(runner, last=week, current=monday_of(on)))
    flags = _once_a_season(standing_flags(assessment), runner, week=week) if assessment else []
    pairs = pairs_of(runner, on=on, include_retired=False)
    mornings = _mornings(runner, last=last_day)
    answer = advice(assessment, flags, unit=runner.unit) if assessment else None
    ceiling = _ceiling(assessment, on=on, is_current=is_current)
    return MyWeek(
        runner=runner,
        week=week,
        on=on,
        is_current=is_current,
        logs=any(each.distance_m is not None for each in weeks)
        or Activity.objects.filter(runner=runner).exists(),
        assessment=assessment,
        advice=answer,
        ceiling_m=ceiling[0],
        ceiling_until=ceiling[1],
        weeks=weeks,
        mean4_m=_mean([each.distance_m for each in weeks[-5:-1]]),
        mornings=mornings,
        pairs=pairs,
        asks=shoe_asks(runner, flags, pairs, on=assessment.on) if assessment else (),
        missing=_missing(runner, assessment, mornings, week=week, on=on)
        if is_current
        else Missing(),
        others=_others(assessment, flags, answer, unit=runner.unit),
        notes=shared_notes(runner, week=week),
        not_assessed=_unjudged(assessment),
        plan=_way_back(runner, on=on) if is_current else None,
        flags=_own_flags(assessment, flags, unit=runner.unit),
    )


def _own_flags(
    assessment: WeeklyAssessment | None, flags: list[RiskFlag], *, unit: str
) -> tuple[OwnFlag, ...]:
    if assessment is None:
        return ()
    return tuple(
        OwnFlag(
            flag.rule,
            words.to_runner(flag, on=assessment.on, unit=unit),
            flag.first_seen_at,
            words.behind(flag, unit=unit, own=True),
        )
        for flag in flags
    )


def _way_back(runner: User, *, on: dt.date) -> PlanPage | None:
    """Return the plan the runner is on, as far as it is not over."""
    plan = going_on(runner) if runner.health_consent_at is not None else None
    page = plan_page(plan, on=on) if plan else None
    return None if page is None or page.state.is_over else page


def logs_or_runs(user: User) -> bool:
    """Tell whether "my week" means anything for this person: a runner, or one who logged."""
    return (
        Membership.objects.active().runners().filter(user=user).exists()
        or Activity.objects.filter(runner=user).exists()
    )


# --- What to do now ---------------------------------------------------------------------------
def advice(assessment: WeeklyAssessment, flags: list[RiskFlag], *, unit: str) -> Advice:
    """Return the one line: the clinician's level first, else the training answer."""
    answer = assessment.clinician or assessment.training
    offer = words.DO_NOW[answer]
    top = _top_flag(flags, answer)
    if top is not None:
        why = words.to_runner(top, on=assessment.on, unit=unit).removeprefix(offer).strip()
    elif answer == Training.NOT_ASSESSED:
        why = " ".join(_unjudged(assessment)[:1])
    else:
        why = NOTHING_ASKS_FOR_CHANGE if answer == Training.CARRY_ON else ""
    return Advice(answer, offer, why)


def _once_a_season(flags: list[RiskFlag], runner: User, *, week: dt.date) -> list[RiskFlag]:
    """Leave the tip about a second pair out where an earlier week of the season gave it."""
    if not any(flag.rule == "S3" for flag in flags):
        return flags
    given = RiskFlag.objects.standing().filter(
        rule="S3",
        assessment__runner=runner,
        assessment__week__gte=season_start(week),
        assessment__week__lt=week,
    )
    return [flag for flag in flags if flag.rule != "S3"] if given.exists() else flags


def _top_flag(flags: list[RiskFlag], answer: str) -> RiskFlag | None:
    return next((flag for flag in flags if flag.action == answer), None)


def _others(
    assessment: WeeklyAssessment | None,
    flags: list[RiskFlag],
    said: Advice | None,
    *,
    unit: str,
) -> tuple[str, ...]:
    """Return the sentences of the flags that the one line does not already say."""
    if assessment is None or said is None:
        return ()
    top = _top_flag(flags, said.answer)
    return tuple(
        words.to_runner(flag, on=assessment.on, unit=unit) for flag in flags if flag is not top
    )


def _unjudged(assessment: WeeklyAssessment | None) -> tuple[str, ...]:
    """Return why rules could not be judged, as sentences; context is left out."""
    if assessment is None:
        return ()
    reasons = [
        one["why"] for one in assessment.not_assessed if one["rule"] not in words.CONTEXT_RULES
    ]
    return tuple(dict.fromkeys(f"{why[:1].upper()}{why[1:]}." for why in reasons))


def _ceiling(
    assessment: WeeklyAssessment | None, *, on: dt.date, is_current: bool
) -> tuple[int | None, dt.date | None]:
    """Return the distance to hold to and until when; nobody told not to run gets one."""
    if assessment is None or assessment.training in {Training.REST, Training.CROSS_TRAIN}:
        return None, None
    if assessment.clinician in {Clinician.URGENT_TODAY, Clinician.WITHIN_DAYS}:
        return None, None
    until = assessment.ceiling_until
    if is_current and until is not None and until < on:
        return None, None
    return assessment.ceiling_m, until


def _mean(distances: list[int | None]) -> int | None:
    known = [distance for distance in distances if distance is not None]
    return round(sum(known) / len(known)) if known else None


# --- What stands behind it ----------------------------------------------------------------------
def _mornings(runner: User, *, last: dt.date) -> tuple[PainDay, ...]:
    first = last - dt.timedelta(days=MORNINGS_SHOWN - 1)
    said: dict[dt.date, int | None] = {}
    if runner.health_consent_at is not None:
        reports = PainReport.objects.filter(
            runner=runner, activity__isnull=True, on__range=(first, last)
        )
        said = dict(reports.values_list("on", "first_step"))
    days = [first + dt.timedelta(days=n) for n in range(MORNINGS_SHOWN)]
    return tuple(PainDay(day, first_step=said.get(day)) for day in days)


def _missing(
    runner: User,
    assessment: WeeklyAssessment | None,
    mornings: tuple[PainDay, ...],
    *,
    week: dt.date,
    on: dt.date,
) -> Missing:
    days = tuple(unknown_days(runner, week=week, on=on))
    if runner.health_consent_at is None:
        return Missing(days=days)
    problems = tuple(HeelProblem.objects.open().filter(runner=runner))
    due = safety_due(problems, on=on)
    return Missing(
        days=days,
        morning=bool(problems) and mornings[-1].first_step is None,
        said_morning=mornings[-1].first_step if problems else None,
        questions=tuple(problem for problem in problems if problem.pk in due),
        check_of=_check_due(runner, on=on),
    )


def _check_due(runner: User, *, on: dt.date) -> dt.date | None:
    """Return the Monday of the week whose check is still open, on the days it is asked for."""
    if on.weekday() not in CHECK_WEEKDAYS:
        return None
    week = monday_of(on - dt.timedelta(days=3))
    answered = WeeklyCheck.objects.filter(runner=runner, week=week).exists()
    return None if answered else week


def shared_notes(runner: User, *, week: dt.date) -> tuple[CoachNote, ...]:
    """Return the standing notes coaches shared about this week and the three before."""
    decisions = CoachDecision.objects.filter(
        assessment__runner=runner,
        assessment__week__range=(week - dt.timedelta(weeks=NOTES_FOR_WEEKS - 1), week),
        note_shared=True,
        replaced_by__isnull=True,
    ).exclude(note="")
    return tuple(
        CoachNote(
            coach="A coach" if one.decided_by is None else str(one.decided_by),
            club=one.club.name,
            text=one.note,
            what=words.decided_to_runner(one, day=day_label),
            due_on=one.due_on,
            decided_on=one.decided_at.astimezone(runner.zone).date(),
        )
        for one in decisions.select_related("club", "decided_by")
    )
