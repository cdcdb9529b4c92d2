"""Pain: during the run (P1), the next morning (P2), the trend (P3), duration (P4), the weekly
check (P5), silence (P6), and people under 18 (M9). Evidence 2.2 to 2.8 and 5.
"""

import itertools
from collections.abc import Iterator

from injuries.risk import thresholds as t
from injuries.risk.facts import Facts, Session, day_of
from injuries.risk.findings import Finding, Fired, NotJudged
from injuries.risk.sentences import day_month


def step_up(facts: Facts, training: str) -> str:
    """One step stricter with M1 at the same spot or in the 42 days after a return."""
    if not facts.one_step_up:
        return training
    return {"ease": "cross_train", "cross_train": "rest"}.get(training, training)


# --- P1 ------------------------------------------------------------------------------------------
def pain_limit(facts: Facts) -> int:
    """5 for a known spot of an adult, else 2 (evidence 2.2: never for bone, never under 18)."""
    spots = {problem.spot for problem in facts.open_problems}
    tolerant = facts.history.adult and spots and not spots & t.CAREFUL_SPOTS
    return t.PAIN_STOP if tolerant else t.PAIN_LIMIT


def _is_stop(session: Session) -> bool:
    return session.gait_changed or (session.pain is not None and session.pain > t.PAIN_STOP)


def _pain_runs(facts: Facts) -> list[Session]:
    """The runs whose pain is known, of the last 14 days and after any closed problem."""
    return [
        run
        for run in facts.sessions_between(facts.on - t.PAIN_RUN_DAYS + 1, facts.on)
        if (run.pain is not None or run.gait_changed)
        and (facts.closed_on is None or run.day > facts.closed_on)
    ]


def during_run(facts: Facts) -> Iterator[Finding]:
    """P1, evidence 2.2: the last run whose pain is known against the limit for this spot."""
    runs = _pain_runs(facts)
    if runs:
        yield from _judge_last(facts, runs)
    unsaid = facts.sessions_between(facts.on - t.PAIN_RUN_DAYS + 1, facts.on)[-1:]
    if facts.open_problems and unsaid and unsaid[0].pain is None and not unsaid[0].gait_changed:
        yield NotJudged("P1", "how the heel felt during the last run is not known")


def _judge_last(facts: Facts, runs: list[Session]) -> Iterator[Fired]:
    # Several runs of one day without a start time have no order: the worst of them speaks.
    last = max(runs, key=lambda run: (run.day, _is_stop(run), run.pain or 0))
    limit = pain_limit(facts)
    values = {"during": last.pain, "run_on": day_of(last.day).isoformat()}
    if _is_stop(last):
        values["gait_changed"] = last.gait_changed
        earlier = [run for run in runs if run is not last]
        if earlier and _is_stop(earlier[-1]):
            yield Fired(
                "P1", "stop_again", "within_days", values, training="rest", clinician="within_days"
            )
        else:
            yield Fired("P1", "stop", "rest", values, training="rest")
    elif last.pain is not None and last.pain > limit:
        training = step_up(facts, "ease")
        values["limit"] = limit
        yield Fired("P1", "over_limit", training, values, training=training)


# --- P2 ------------------------------------------------------------------------------------------
def _base(facts: Facts, run_day: int) -> float | None:
    return facts.morning_median(run_day - t.BASE_DAYS, run_day - 1)


def settled(facts: Facts, run_day: int) -> bool | None:
    """Whether the morning after this day's run was back at its base; None: not reported."""
    morning = facts.mornings.get(run_day + 1)
    if morning is None:
        return None
    base = _base(facts, run_day)
    if base is None:
        return morning <= t.SETTLED_WITHOUT_BASE
    return morning - base < t.SETTLED_RISE


def _unsettled_runs(facts: Facts) -> list[int]:
    """Run days of the look-back whose next morning was not settled, oldest first."""
    earliest = facts.on - t.UNSETTLED_LOOK_BACK_DAYS
    if facts.closed_on is not None:
        earliest = max(earliest, facts.closed_on)
    return [
        day for day in facts.run_days if earliest <= day < facts.on and settled(facts, day) is False
    ]


def _back_at_base_since(facts: Facts, run_day: int) -> bool:
    """Two mornings in a row at the base of that run, after its own morning."""
    base = _base(facts, run_day)
    limit = t.SETTLED_WITHOUT_BASE if base is None else base
    good = [
        facts.mornings.get(day, 11) <= limit for day in range(run_day + 2, facts.on + 1)
    ]  # fmt: skip
    return any(one and two for one, two in itertools.pairwise(good))


def next_morning(facts: Facts) -> Iterator[Finding]:
    """P2, evidence 2.2: not settled once is ease; twice within 7 days cross-train until settled."""
    unsettled = _unsettled_runs(facts) if facts.mornings else []
    twice = [
        later
        for earlier, later in itertools.pairwise(unsettled)
        if later - earlier < t.UNSETTLED_DAYS
    ]
    recent = [day for day in unsettled if facts.on - (day + 1) < t.UNSETTLED_DAYS]
    if twice and not _back_at_base_since(facts, twice[-1]):
        yield _unsettled(facts, twice[-1], "not_settled_twice", "cross_train")
    elif recent:
        yield _unsettled(facts, recent[-1], "not_settled_once", "ease")
    yield from _missing_morning(facts)


def _unsettled(facts: Facts, run_day: int, level: str, training: str) -> Fired:
    training = step_up(facts, training)
    values: dict[str, object] = {
        "first_step": facts.mornings[run_day + 1],
        "base": _base(facts, run_day),
        "morning_on": day_of(run_day + 1).isoformat(),
        "run_on": day_of(run_day).isoformat(),
    }
    if level == "not_settled_once":
        values["keep_m"] = _keep(facts, run_day)
    return Fired("P2", level, training, values, training=training)


def _keep(facts: Facts, run_day: int) -> int | None:
    """Three quarters of that day's longest run."""
    runs = facts.sessions_between(run_day, run_day)
    longest = max((run.distance_m or 0 for run in runs), default=0)
    return longest * t.UNSETTLED_KEEP_PERCENT // 100 or None


def _missing_morning(facts: Facts) -> Iterator[NotJudged]:
    """An open problem and no word on the morning after the last run: unknown, not settled."""
    if not facts.open_problems:
        return
    # Before it began no morning was owed.
    first = max(facts.on - t.UNSETTLED_DAYS + 1, facts.open_problems[0].since.toordinal())
    due = [day for day in facts.run_days if first <= day + 1 <= facts.on]
    if not due or due[-1] + 1 in facts.mornings:
        return
    said = [
        None if activity.painkiller else activity.pain_during
        for activity in facts.history.activities
        if activity.kind == "run" and activity.on.toordinal() == due[-1]
    ]
    hurt = any(pain is None or pain >= t.HURT for pain in said)
    why = f"no report of the morning after the run of {day_month(day_of(due[-1]).isoformat())}"
    yield NotJudged("P2", why, blocks=hurt)


# --- P3 ------------------------------------------------------------------------------------------
def trend(facts: Facts) -> Iterator[Finding]:
    """P3, evidence 2.3: this week's median of first steps against the week before."""
    medians = facts.week_medians
    now, before = medians[:2]
    if now is None or before is None:
        asked = facts.open_problems or any(day > facts.on - 14 for day in facts.mornings)
        if asked:
            yield NotJudged("P3", "fewer than 3 morning reports in each of the two weeks")
        return
    training = step_up(facts, "ease")
    if now - before >= t.TREND_CHANGE:
        values = {"median": now, "median_before": before}
        yield Fired("P3", "worse", training, values, training=training, coach=True)
        return
    known = [one for one in medians if one is not None]
    rises = [later - earlier for later, earlier in itertools.pairwise(known)]
    if len(known) == 4 and all(rise >= t.DRIFT_STEP for rise in rises):
        course = {"medians": list(reversed(known))}
        yield Fired("P3", "drift", training, course, training=training)


# --- P4 ------------------------------------------------------------------------------------------
def duration(facts: Facts) -> Iterator[Finding]:
    """P4, evidence 2.4: sore for 14 days and not better, or the same spot in three checks."""
    if not facts.open_problems:
        return
    oldest = facts.open_problems[0]
    days = facts.on - oldest.since.toordinal()
    values = {"since": oldest.since.isoformat(), "days": days}
    if days >= t.NOT_BETTER_DAYS and not facts.getting_better:
        yield Fired("P4", "not_better_14d", "book", values, clinician="book")
    elif _same_spot_in_three_checks(facts, oldest.since.toordinal()):
        values = {"since": oldest.since.isoformat(), "checks": t.SAME_SPOT_CHECKS}
        yield Fired("P4", "same_spot_3_weeks", "book", values, clinician="book")


def _same_spot_in_three_checks(facts: Facts, since: int) -> bool:
    latest = facts.latest_check
    if latest is None:
        return False
    sore = {check.week.toordinal() for check in facts.history.checks if (check.answers[0] or 0) > 0}
    weeks = [latest.week.toordinal() - 7 * back for back in range(t.SAME_SPOT_CHECKS)]
    return all(week in sore for week in weeks) and since <= weeks[-1] + 6


# --- P5 ------------------------------------------------------------------------------------------
def severity(answers: tuple[int | None, ...]) -> int | None:
    """0 to 100 (evidence 2.5): 0 ends it, 25 is 100, else the sum; None where it is unknown."""
    first = answers[0]
    if first == 0:
        return 0
    if first == t.MAJOR:
        return 100
    known = [answer for answer in answers if answer is not None]
    return sum(known) if len(known) == len(answers) else None


def weekly_check(facts: Facts) -> Iterator[Finding]:
    """P5, evidence 2.5: a substantial problem in the newest check of the last 10 days."""
    check = facts.latest_check
    if check is None:
        if facts.open_problems:
            yield NotJudged("P5", "no weekly check in the last 10 days")
        return
    part, changed, performance, _ = check.answers
    if part == 0:
        return
    values = {"severity": severity(check.answers), "answered_on": check.answered_on.isoformat()}
    if part == t.MAJOR:
        yield Fired("P5", "could_not", "rest", values, training="rest", coach=True)
    elif changed == t.MAJOR:
        yield Fired("P5", "major_change", "cross_train", values, training="cross_train", coach=True)
    elif (changed or 0) >= t.SUBSTANTIAL or (performance or 0) >= t.SUBSTANTIAL:
        yield Fired("P5", "substantial", "ease", values, training="ease", coach=True)
    elif part is None or changed is None or performance is None:
        yield NotJudged("P5", "the weekly check has open answers", blocks=True)


# --- P6 ------------------------------------------------------------------------------------------
def silence(facts: Facts) -> Iterator[Finding]:
    """P6, evidence 2.7: an open problem and no answer for more than 10 days is unknown."""
    if not facts.open_problems:
        return
    newest = max(problem.since.toordinal() for problem in facts.open_problems)
    heard = max(newest, facts.last_answer or newest)
    if facts.on - heard > t.ANSWER_DAYS:
        values = {"days": facts.on - heard, "last_answer_on": day_of(heard).isoformat()}
        yield Fired("P6", "no_report", "not_assessed", values, training="not_assessed")


# --- M9 ------------------------------------------------------------------------------------------
def under_18(facts: Facts) -> Iterator[Finding]:
    """M9, evidence 5: heel pain over two days, or limping, under 18."""
    if facts.history.adult:
        return
    first = facts.on - t.UNSETTLED_DAYS + 1
    limped = [
        activity.on
        for activity in facts.history.activities
        if activity.gait_changed and activity.on.toordinal() >= first
    ]
    if limped:
        values: dict[str, object] = {"run_on": max(limped).isoformat()}
        yield Fired(
            "M9", "limping", "within_days", values, training="ease", clinician="within_days"
        )
        return
    sore = {day for day, pain in facts.pain_values(first, facts.on) if pain > 0}
    open_days = max((facts.on - p.since.toordinal() for p in facts.open_problems), default=0)
    days = max(len(sore), open_days)
    if days > t.MINOR_PAIN_DAYS:
        yield Fired(
            "M9", "pain_over_2_days", "book", {"days": days}, training="ease", clinician="book"
        )
