"""What each rule compares, which thresholds it uses, and what ends it: the words behind "Why?"."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from injuries.risk import thresholds as t

Values = Mapping[str, Any]

# In a sentence, without numbers: those stand beside it with their sources.
COMPARES: Mapping[str, str] = {
    "RF1": "A yes to a question that should be looked at today.",
    "RF2": "A yes to a question that should be looked at within a few days.",
    "RF3": "A yes to a question that should be looked at within a few days; a change of the "
    "skin's colour with diabetes or poor circulation, today.",
    "M9": "Under 18, a heel that hurts for some days, or a changed stride, is looked at early.",
    "P1": "The last run whose pain is known, against the limit for this spot.",
    "P2": "The first steps of the morning after each run, against the mornings before it.",
    "P3": "The middle value of this week's mornings, against the weeks before.",
    "P4": "How long the heel is sore without getting clearly better.",
    "P5": "The newest weekly check.",
    "P6": "How long nothing was said about an open sore spot.",
    "L1": "Each run of the last days, against the longest run of the days before it.",
    "L3": "The days without a run, and how one comes back from them.",
    "L4": "The distance of this week, against the week before.",
    "L7": "The distance of seven days, against one's own usual weeks.",
    "S1": "How far a pair has been run in.",
    "S2": "A new sore spot, and a pair that is worn or new.",
    "S3": "How many pairs the last runs were in.",
    "S4": "How comfortable a pair feels, against how it felt at first.",
}

THRESHOLDS: Mapping[str, tuple[str, ...]] = {
    "RF1": ("answer_days",),
    "RF2": ("answer_days",),
    "RF3": ("answer_days",),
    "M9": ("M9_days",),
    "P1": ("P1_limit", "P1_stop", "P1_window"),
    "P2": ("P2_rise", "P2_no_base", "P2_base_days", "P2_window", "P2_keep"),
    "P3": ("P3_change", "P3_drift_step", "P2_base_values"),
    "P4": ("P4_days", "P4_checks", "P3_better_share"),
    "P5": ("P5_substantial", "P5_major", "answer_days"),
    "P6": ("answer_days",),
    "L1": ("L1_over_10", "L1_over_100", "L1_min_excess", "coverage_days", "L1_open", "L1_pain"),
    "L3": ("L3_layoff", "L3_long", "L3_very_long", "L3_first_week_share", "L3_longest_return"),
    "L4": ("L4_big_step", "L4_min_week"),
    "L7": ("L7_above_usual", "L7_min_sums"),
    "S1": ("S1_check_wear", "S1_replace"),
    "S2": ("S2_problem", "S2_new_pair", "S1_check_wear"),
    "S3": ("S3_window",),
    "S4": ("S4_drop", "S4_fresh"),
}

LOOKED_AT = (
    "When somebody has looked at it and the runner notes that on the page of the sore spot. "
    "Answering no later does not end it."
)
NEW_CHECK = "With the next weekly check that says less, or when this one is 10 days old."


def _until(key: str, days: int) -> Callable[[Values], str]:
    """Return the end by itself, `days` after the day of that value."""

    def sentence(values: Values) -> str:
        return f"By itself: {_date(values[key], days)} is the last day it stands."

    return sentence


def _date(iso: str, days: int) -> str:
    day = dt.date.fromisoformat(iso) + dt.timedelta(days=days)
    return f"{day.day} {day:%B}"


def _later_run(values: Values) -> str:
    limit = values.get("limit", t.PAIN_STOP)
    last = _date(values["run_on"], t.PAIN_RUN_DAYS - 1)
    return f"With a later run that stays at {limit} of 10 or below, or by itself after {last}."


def _back(days: int | None = None) -> Callable[[Values], str]:
    """Return the end of a return: after a week, or after as long as the break was."""

    def sentence(values: Values) -> str:
        lasts = days or min(values["days"], t.LONGEST_RETURN_DAYS)
        if values["back_on"] is None:
            return f"{lasts} days after the first run back."
        return f"By itself: {_date(values['back_on'], lasts - 1)} is the last day of the return."

    return sentence


ENDS: Mapping[tuple[str, str], Callable[[Values], str]] = {
    ("RF1", "yes"): lambda v: LOOKED_AT,
    ("RF2", "yes"): lambda v: LOOKED_AT,
    ("RF3", "yes"): lambda v: LOOKED_AT,
    ("RF3", "yes_today"): lambda v: LOOKED_AT,
    ("M9", "limping"): _until("run_on", t.UNSETTLED_DAYS - 1),
    ("M9", "pain_over_2_days"): lambda v: (
        f"When a week brings no more than {t.MINOR_PAIN_DAYS} sore days and no sore spot is open "
        "longer than that."
    ),
    ("P1", "over_limit"): _later_run,
    ("P1", "stop"): _later_run,
    ("P1", "stop_again"): _later_run,
    ("P2", "not_settled_once"): _until("morning_on", t.UNSETTLED_DAYS - 1),
    ("P2", "not_settled_twice"): lambda v: (
        "With two mornings in a row back to usual, or by itself within "
        f"{t.UNSETTLED_LOOK_BACK_DAYS} days."
    ),
    ("P3", "worse"): lambda v: (
        f"When a week's middle value is less than {t.TREND_CHANGE} above that of the week before."
    ),
    ("P3", "drift"): lambda v: (
        f"With a week whose middle value is not {t.DRIFT_STEP} or more above the one before."
    ),
    ("P4", "not_better_14d"): lambda v: "When the mornings are clearly better, or it is closed.",
    ("P4", "same_spot_3_weeks"): lambda v: (
        "With a weekly check without a problem, or when it is closed."
    ),
    ("P5", "could_not"): lambda v: NEW_CHECK,
    ("P5", "major_change"): lambda v: NEW_CHECK,
    ("P5", "substantial"): lambda v: NEW_CHECK,
    ("P6", "no_report"): lambda v: "With any word about the heel: a morning, a run or a check.",
    ("L1", "over_10"): _until("run_on", t.SPIKE_OPEN_DAYS - 1),
    ("L1", "over_100"): _until("run_on", t.SPIKE_OPEN_DAYS - 1),
    ("L3", "layoff_7_13"): _back(t.FIRST_WEEK_DAYS),
    ("L3", "layoff_14_28"): _back(),
    ("L3", "layoff_over_28"): _back(),
    ("L3", "after_problem"): _back(),
    ("L3", "no_base"): _until("run_on", t.SPIKE_OPEN_DAYS - 1),
    ("L4", "big_step"): lambda v: "With the next week that is no such step.",
    ("L7", "above_usual"): lambda v: "When seven days are no longer well above the usual week.",
    ("S1", "check_wear"): lambda v: "When the pair is retired; a noted check of it makes it quiet.",
    ("S1", "consider_replacing"): lambda v: (
        "When the pair is retired; a noted check of it makes it quiet."
    ),
    ("S2", "old_pair"): lambda v: (
        f"{t.NEW_PROBLEM_DAYS} days after the sore spot began, or when the pair is retired."
    ),
    ("S2", "new_pair"): lambda v: (
        f"{t.NEW_PROBLEM_DAYS} days after the sore spot began, or when the pair is no longer new."
    ),
    ("S3", "one_pair"): lambda v: "With a run in a second pair.",
    ("S4", "comfort_drop"): lambda v: (
        "With a newer value closer to the first, or when the pair is retired."
    ),
}
