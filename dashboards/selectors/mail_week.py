"""What a mail may say about a runner's own week, and what it only points to."""

import datetime as dt
from dataclasses import dataclass

from dashboards import mail_words
from dashboards.selectors.my_week import MyWeek, my_week
from injuries.models import (
    CoachDecision,
    HeelProblem,
    RiskFlag,
    Training,
    WeeklyAssessment,
    WeeklyCheck,
)
from injuries.selectors.assessments import current_assessment, standing_flags
from injuries.selectors.plans import going_on, state_of
from injuries.selectors.sharing import may_be_mailed
from injuries.selectors.shoe_asks import shoe_asks
from members.models import User
from members.selectors.shoes import Pair
from members.selectors.training import unknown_days
from members.weeks import monday_of

DEEDS_OF_DAYS = 7  # since the mail before
NO_RUNNING = {Training.REST, Training.CROSS_TRAIN}


@dataclass(frozen=True, slots=True)
class Deed:
    """What a coach did in the last days: looked and decided, and perhaps left a note."""

    coach: str
    club: str
    has_note: bool


@dataclass(frozen=True, slots=True)
class MailWeek:
    """A runner's week for their mail. `hides`: there is something that stands on the page only."""

    week: MyWeek
    on: dt.date
    judged: (
        WeeklyAssessment | None
    )  # what the rules say now: a mail may be days younger than its week
    says: tuple[RiskFlag, ...]
    hides: bool
    missing: tuple[dt.date, ...]
    asks_check: bool
    has_plan: bool
    has_problem: bool
    deeds: tuple[Deed, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say: no entry, nothing open, no coach who did anything."""
        is_open = self.says or self.hides or self.has_problem or self.has_plan
        return self.week.this_week_m is None and not is_open and not self.deeds

    @property
    def unit(self) -> str:
        """The runner's unit."""
        return self.week.runner.unit

    @property
    def training(self) -> str:
        """The rules' answer; empty where the week has not been looked at."""
        return self.judged.training if self.judged else ""

    @property
    def eases(self) -> tuple[RiskFlag, ...]:
        """Why to hold or shorten, as far as a mail says it; nothing beside an answer not to run."""
        if self.training in NO_RUNNING:
            return ()
        return tuple(flag for flag in self.says if flag.action == "ease")

    @property
    def is_steady(self) -> bool:
        """Whether nothing asks for a change, and the distance was as usual too."""
        flags = standing_flags(self.week.assessment) if self.week.assessment else []
        steps = any(flag.rule in {"L4", "L7"} for flag in flags)
        is_usual = mail_words.is_usual(self.week.this_week_m, self.week.mean4_m)
        return self.training == Training.CARRY_ON and is_usual and not self.hides and not steps

    @property
    def ceiling(self) -> tuple[int, dt.date] | None:
        """Metres to hold to and until when, while that lies ahead."""
        if self.judged is None or self.hides:
            return None
        metres, until = self.judged.ceiling_m, self.judged.ceiling_until
        if metres is None or until is None or until < self.on:
            return None
        return metres, until

    @property
    def worn(self) -> tuple[Pair, ...]:
        """Pairs over 80 % of their limit that nobody has looked at since."""
        return tuple(pair for pair in self.week.pairs if pair.level and not pair.quieted_by)


def mail_week(runner: User, *, week: dt.date, on: dt.date) -> MailWeek:
    """Return the runner's week named by its Monday, seen from their local day `on`."""
    seen = my_week(runner, week=week, on=on)
    judged = current_assessment(runner, week=monday_of(on)) or seen.assessment
    says, hides = _told(seen, judged)
    keeps_health = runner.health_consent_at is not None
    problems = HeelProblem.objects.open().filter(runner=runner)
    answered = WeeklyCheck.objects.filter(runner=runner, week=week)
    return MailWeek(
        week=seen,
        on=on,
        judged=judged,
        says=says,
        hides=hides,
        missing=tuple(unknown_days(runner, week=week, on=on)),
        asks_check=not keeps_health or not answered.exists(),
        has_plan=keeps_health and _is_on_the_way_back(runner, on=on),
        has_problem=keeps_health and problems.exists(),
        deeds=_deeds(runner, on=on),
    )


def _told(seen: MyWeek, judged: WeeklyAssessment | None) -> tuple[tuple[RiskFlag, ...], bool]:
    """Return what asks for something and may be said, and whether anything else does."""
    if judged is None:
        return (), False
    flags = standing_flags(judged)
    asks = shoe_asks(seen.runner, flags, seen.pairs, on=judged.on)
    quiet = {flag.pk for ask in asks if ask.quieted_by for flag in ask.flags}
    asking = [
        flag
        for flag in flags
        if flag.action not in {"context", "not_assessed"} and flag.pk not in quiet
    ]
    says = tuple(flag for flag in asking if may_be_mailed(flag))
    is_explained = judged.training != Training.EASE or any(flag.action == "ease" for flag in says)
    hides = (
        len(says) < len(asking)
        or bool(judged.clinician)
        or judged.training in NO_RUNNING
        or not is_explained
    )
    return says, hides


def _is_on_the_way_back(runner: User, *, on: dt.date) -> bool:
    """Tell whether the runner is on a plan; one that has led back to running is over."""
    plan = going_on(runner)
    return plan is not None and not state_of(plan, on=on).is_over


def _deeds(runner: User, *, on: dt.date) -> tuple[Deed, ...]:
    """Return what coaches decided in the last days, oldest first; never what their notes say."""
    since = dt.datetime.combine(on - dt.timedelta(days=DEEDS_OF_DAYS), dt.time(), runner.zone)
    decisions = CoachDecision.objects.filter(
        assessment__runner=runner, decided_at__gte=since, replaced_by__isnull=True
    ).select_related("club", "decided_by")
    return tuple(
        Deed(
            coach="A coach" if one.decided_by is None else str(one.decided_by),
            club=one.club.name,
            has_note=one.note_shared and bool(one.note),
        )
        for one in decisions.order_by("decided_at", "pk")
    )
