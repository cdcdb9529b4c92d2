"""The sentence of each flag, made from the flag's own numbers (evidence 6.6, 7: wording).

The fact, the reason, the offer. No diagnosis, no percentage risk. `runner_sentence` speaks to the
runner, `coach_sentence` about them.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from injuries.risk.types import WhatIf

Values = Mapping[str, Any]
Distance = Callable[[int], str]

METRES_PER_MILE = 1609.344

SEEK_ADVICE = {
    "urgent_today": "Please do not run, and get this looked at today",
    "within_days": "Please do not run, and have this looked at within a few days",
}


def in_unit(unit: str) -> Distance:
    """Return how metres are written: "16.0 km" or "9.9 mi"."""
    per = METRES_PER_MILE if unit == "mi" else 1000
    return lambda metres: f"{metres / per:.1f} {unit}"


def weekday(iso: str, on: dt.date) -> str:
    """Saturday for the last seven days, else Saturday 7 March; plain English everywhere."""
    day = dt.date.fromisoformat(iso)
    return f"{day:%A}" if 0 <= (on - day).days < 7 else f"{day:%A} {day.day} {day:%B}"


def day_month(iso: str) -> str:
    """Return 7 March."""
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%B}"


def runner_sentence(rule: str, level: str, values: Values, *, on: dt.date, unit: str = "km") -> str:
    """Return the sentence a runner reads. Raises KeyError for a level nobody has worded."""
    return RUNNER[rule, level](values, in_unit(unit), on)


def coach_sentence(rule: str, level: str, values: Values, *, on: dt.date, unit: str = "km") -> str:
    """Return the sentence a coach reads about somebody who shares this."""
    return COACH[rule, level](values, in_unit(unit), on)


def what_if_sentence(outcome: WhatIf, *, unit: str = "km", own: bool = True) -> str:
    """Return what a run that far would mean, in the words of L1 and L2.

    `own`: to the runner; else to a coach, about them.
    """
    distance = in_unit(unit)
    far = distance(outcome.distance_m)
    if outcome.values is None:
        return f"We cannot say what {far} would mean: {outcome.why}."
    beside = _l1_base(outcome.values) if own else _l1_base_of_theirs(outcome.values)
    base = f"{beside} ({distance(outcome.values['longest_30d_m'])})"
    first = WHAT_IF_FIRST.get(outcome.training, "")
    if outcome.level is None:
        return f"{first}{far} would be no big step beside {base}."
    more = "more than twice" if outcome.level == "over_100" else "more than a tenth longer than"
    said = f"{first}{far} would be {more} {base}."
    if outcome.ceiling_m is None or first:
        return said
    return f"{said} {distance(outcome.ceiling_m)} is as far as we would go."


WHAT_IF_FIRST = {
    "rest": "The advice now is to rest, and that comes first. ",
    "cross_train": "The advice now is to cross-train, and that comes first. ",
}


def number(value: float) -> str:
    """Return 3 or 2.5, never 3.0."""
    return f"{value:g}"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _l1(values: Values, distance: Distance, on: dt.date) -> str:
    return (
        f"{weekday(values['run_on'], on)}'s {distance(values['distance_m'])} was longer than "
        f"{_l1_base(values)} ({distance(values['longest_30d_m'])})."
    )


def _l1_double(values: Values, distance: Distance, on: dt.date) -> str:
    return (
        f"{weekday(values['run_on'], on)}'s {distance(values['distance_m'])} was more than twice "
        f"{_l1_base(values)} ({distance(values['longest_30d_m'])})."
    )


def _l1_base(values: Values) -> str:
    if values.get("declared"):
        return "the longest you told us of"
    if values.get("since_break"):
        return "your longest since you came back"
    return "your longest of the 30 days before"


def _l1_base_of_theirs(values: Values) -> str:
    if values.get("declared"):
        return "the longest they told of"
    if values.get("since_break"):
        return "their longest since they came back"
    return "their longest of the 30 days before"


def _l3_short(values: Values, distance: Distance, on: dt.date) -> str:
    return (
        f"After {_plural(values['days'], 'day')} without a run, keep each run of the first week "
        f"back to {distance(values['limit_m'])} or less "
        f"(your longest before the break was {distance(values['longest_before_m'])})."
    )


def _l3_long(values: Values, distance: Distance, on: dt.date) -> str:
    start = f"You have had {_plural(values['days'], 'day')} without a run. Build up again slowly"
    if values["week_limit_m"] is None:
        return f"{start}: start with short, easy runs."
    return f"{start}: about {distance(values['week_limit_m'])} in a week is enough for now."


def _s3_runs(count: int) -> str:
    if count == 1:
        return "Your only run of the last 60 days was"
    return f"All {count} runs of the last 60 days were"


def _p1_stop(values: Values, distance: Distance, on: dt.date) -> str:
    when = weekday(values["run_on"], on)
    if values["during"] is None or (values["gait_changed"] and values["during"] <= 5):
        said = "Your heel made you run differently"
    else:
        said = f"Your heel hurt {values['during']} of 10 during the run"
    return f"{said} on {when}. Leave running and impact until it has settled."


def _p1_again(values: Values, distance: Distance, on: dt.date) -> str:
    when = weekday(values["run_on"], on)
    during = values["during"]
    said = "you ran differently" if during is None else f"it hurt {during} of 10"
    return (
        f"The run on {when} stopped at your heel again ({said}). Please leave running and have "
        "it looked at within a few days."
    )


def _p2_once(values: Values, distance: Distance, on: dt.date) -> str:
    usual = "" if values["base"] is None else f", usually {number(values['base'])}"
    keep = values.get("keep_m")
    offer = "Make the next run shorter and easier" + (
        f", {distance(keep)} at most." if keep else "."
    )
    return (
        f"Your heel had not settled the morning after {weekday(values['run_on'], on)}'s run "
        f"({values['first_step']} of 10{usual}). {offer}"
    )


def _p2_twice(values: Values, distance: Distance, on: dt.date) -> str:
    usual = "" if values["base"] is None else f", usually {number(values['base'])}"
    return (
        f"Your heel had not settled the morning after a run twice within a week (last "
        f"{values['first_step']} of 10{usual}). Swap running for bike, pool or elliptical until "
        "two mornings in a row are back to usual."
    )


def _p3_drift(values: Values, distance: Distance, on: dt.date) -> str:
    course = ", ".join(number(value) for value in values["medians"])
    return (
        f"Your mornings have crept up three weeks running (medians {course} of 10). "
        "Many runners ease off here."
    )


def _p5(what: str, offer: str) -> Callable[[Values, Distance, dt.date], str]:
    def sentence(values: Values, distance: Distance, on: dt.date) -> str:
        return f"In your check of {day_month(values['answered_on'])} {what}. {offer}"

    return sentence


def _red_flag(values: Values, distance: Distance, on: dt.date) -> str:
    count = len(values["questions"])
    return (
        f"You answered yes to {_plural(count, 'question')} that should be looked at by a "
        f"clinician (first on {day_month(values['since'])})."
    )


Sentence = Callable[[Values, Distance, dt.date], str]

RUNNER: dict[tuple[str, str], Sentence] = {
    ("RF1", "yes"): lambda v, d, on: f"{SEEK_ADVICE['urgent_today']}. {_red_flag(v, d, on)}",
    ("RF2", "yes"): lambda v, d, on: f"{SEEK_ADVICE['within_days']}. {_red_flag(v, d, on)}",
    ("RF3", "yes"): lambda v, d, on: f"{SEEK_ADVICE['within_days']}. {_red_flag(v, d, on)}",
    ("RF3", "yes_today"): lambda v, d, on: f"{SEEK_ADVICE['urgent_today']}. {_red_flag(v, d, on)}",
    ("L1", "over_10"): _l1,
    ("L1", "over_100"): _l1_double,
    ("L3", "layoff_7_13"): _l3_short,
    ("L3", "layoff_14_28"): _l3_long,
    ("L3", "layoff_over_28"): _l3_long,
    ("L3", "after_problem"): lambda v, d, on: (
        f"You are coming back after a sore heel and {_plural(v['days'], 'day')} without a run. "
        "Start with short run and walk turns, with a rest day between."
    ),
    ("L3", "no_base"): lambda v, d, on: (
        f"Before {weekday(v['run_on'], on)}'s run there was no run within 30 days to compare it "
        "with. Keep the next runs short and easy."
    ),
    ("L4", "big_step"): lambda v, d, on: (
        f"A big step in weekly distance: {d(v['week_m'])} after {d(v['week_before_m'])}."
    ),
    ("L7", "above_usual"): lambda v, d, on: (
        f"{d(v['week_m'])} in seven days is well above your usual week "
        f"(z {number(round(v['z'], 1))}). Seen in competitive runners of one team only."
    ),
    ("P1", "over_limit"): lambda v, d, on: (
        f"Your heel hurt {v['during']} of 10 during the run on {weekday(v['run_on'], on)}; "
        f"hold or shorten until it stays at {v['limit']} or below."
    ),
    ("P1", "stop"): _p1_stop,
    ("P1", "stop_again"): _p1_again,
    ("P2", "not_settled_once"): _p2_once,
    ("P2", "not_settled_twice"): _p2_twice,
    ("P3", "worse"): lambda v, d, on: (
        f"You reported more morning pain than the week before (median {number(v['median'])} of "
        f"10, before that {number(v['median_before'])}). Many runners ease off here."
    ),
    ("P3", "drift"): _p3_drift,
    ("P4", "not_better_14d"): lambda v, d, on: (
        f"Your heel has been sore for {v['days']} days (since {day_month(v['since'])}) and is not "
        "clearly better. Please book somebody to look at it."
    ),
    ("P4", "same_spot_3_weeks"): lambda v, d, on: (
        f"The same spot has bothered you in {v['checks']} weekly checks in a row. Please book "
        "somebody to look at it."
    ),
    ("P5", "could_not"): _p5("you could not run", "Rest until you can take part again."),
    ("P5", "major_change"): _p5(
        "you had to change your training a lot",
        "Swap the next runs for bike, pool or elliptical.",
    ),
    ("P5", "substantial"): _p5(
        "your heel clearly got in the way of running", "Hold or shorten the next runs."
    ),
    ("P6", "no_report"): lambda v, d, on: (
        f"You have an open sore heel and nothing was said about it for {v['days']} days. "
        "How is it now?"
    ),
    ("M9", "limping"): lambda v, d, on: (
        f"You ran differently because of your heel on {weekday(v['run_on'], on)}. Tell a parent "
        "or guardian, and have it looked at within a few days."
    ),
    ("M9", "pain_over_2_days"): lambda v, d, on: (
        f"Your heel has hurt on {v['days']} days. Tell a parent or guardian, ease off and book "
        "somebody to look at it."
    ),
    ("S1", "check_wear"): lambda v, d, on: (
        f"Time to look at your shoes: one pair has {d(v['distance_m'])}. Check wear and comfort."
    ),
    ("S1", "consider_replacing"): lambda v, d, on: (
        f"Time to look at your shoes: one pair has {d(v['distance_m'])}, past its limit of "
        f"{d(v['limit_m'])}. Consider replacing it."
    ),
    ("S2", "old_pair"): lambda v, d, on: (
        f"A new sore spot and a pair with {d(v['distance_m'])}: have your shoes looked at."
    ),
    ("S2", "new_pair"): lambda v, d, on: (
        f"A new sore spot and a pair first used {_plural(v['days'], 'day')} ago: have your shoes "
        "looked at."
    ),
    ("S3", "one_pair"): lambda v, d, on: (
        f"{_s3_runs(v['runs'])} in one pair. Runners who alternate two pairs were injured less "
        "often in one study."
    ),
    ("S4", "comfort_drop"): lambda v, d, on: (
        f"Time to look at your shoes: one pair felt {v['comfort']} of 10 on "
        f"{day_month(v['comfort_on'])}, {v['first_comfort']} of 10 at first "
        f"({day_month(v['first_comfort_on'])})."
    ),
}

COACH: dict[tuple[str, str], Sentence] = {
    ("RF1", "yes"): lambda v, d, on: "Not available, advised to seek advice today.",
    ("RF2", "yes"): lambda v, d, on: "Not available, advised to seek advice within days.",
    ("RF3", "yes"): lambda v, d, on: "Not available, advised to seek advice within days.",
    ("RF3", "yes_today"): lambda v, d, on: "Not available, advised to seek advice today.",
    ("L1", "over_10"): lambda v, d, on: (
        f"{d(v['distance_m'])} on {weekday(v['run_on'], on)} after a longest of "
        f"{d(v['longest_30d_m'])}."
    ),
    ("L1", "over_100"): lambda v, d, on: (
        f"Long jump in distance: {d(v['distance_m'])} on {weekday(v['run_on'], on)} after a "
        f"longest of {d(v['longest_30d_m'])}."
    ),
    ("L3", "layoff_7_13"): lambda v, d, on: (
        f"Returning after {_plural(v['days'], 'day')} off: runs up to {d(v['limit_m'])}."
    ),
    ("L3", "layoff_14_28"): lambda v, d, on: f"Returning after {_plural(v['days'], 'day')} off.",
    ("L3", "layoff_over_28"): lambda v, d, on: f"Returning after {_plural(v['days'], 'day')} off.",
    ("L3", "after_problem"): lambda v, d, on: (
        f"Returning after a sore heel and {_plural(v['days'], 'day')} off."
    ),
    ("L3", "no_base"): lambda v, d, on: (
        f"First run in 30 days on {weekday(v['run_on'], on)}: nothing to compare it with."
    ),
    ("L4", "big_step"): lambda v, d, on: (
        f"Big step in weekly distance: {d(v['week_m'])} after {d(v['week_before_m'])}."
    ),
    ("L7", "above_usual"): lambda v, d, on: (
        f"Well above the usual week: {d(v['week_m'])} in seven days."
    ),
    ("P1", "over_limit"): lambda v, d, on: (
        f"Heel {v['during']} of 10 during the run on {weekday(v['run_on'], on)}."
    ),
    ("P1", "stop"): lambda v, d, on: (
        f"Run on {weekday(v['run_on'], on)} stopped at the heel"
        + ("." if v["during"] is None else f" ({v['during']} of 10).")
    ),
    ("P1", "stop_again"): lambda v, d, on: (
        f"Run stopped at the heel again on {weekday(v['run_on'], on)}."
    ),
    ("P2", "not_settled_once"): lambda v, d, on: (
        f"Not settled the morning after {weekday(v['run_on'], on)}'s run ({v['first_step']} of 10)."
    ),
    ("P2", "not_settled_twice"): lambda v, d, on: (
        f"Not settled twice within a week (last {v['first_step']} of 10)."
    ),
    ("P3", "worse"): lambda v, d, on: (
        f"Mornings up from {number(v['median_before'])} to {number(v['median'])} of 10 in a week."
    ),
    ("P3", "drift"): lambda v, d, on: (
        "Mornings creeping up: " + ", ".join(number(value) for value in v["medians"]) + " of 10."
    ),
    ("P4", "not_better_14d"): lambda v, d, on: f"Heel sore for {v['days']} days, not better.",
    ("P4", "same_spot_3_weeks"): lambda v, d, on: (
        f"Same spot in {v['checks']} weekly checks in a row."
    ),
    ("P5", "could_not"): lambda v, d, on: "Could not take part, says the weekly check.",
    ("P5", "major_change"): lambda v, d, on: "Training changed a lot, says the weekly check.",
    ("P5", "substantial"): lambda v, d, on: "Heel in the way of running, says the weekly check.",
    ("P6", "no_report"): lambda v, d, on: f"Open sore heel, no word for {v['days']} days.",
    ("M9", "limping"): lambda v, d, on: f"Under 18, ran differently on {weekday(v['run_on'], on)}.",
    ("M9", "pain_over_2_days"): lambda v, d, on: f"Under 18, heel sore on {v['days']} days.",
    ("S1", "check_wear"): lambda v, d, on: f"Shoes at {d(v['distance_m'])}.",
    ("S1", "consider_replacing"): lambda v, d, on: (
        f"Shoes at {d(v['distance_m'])}, limit {d(v['limit_m'])}."
    ),
    ("S2", "old_pair"): lambda v, d, on: f"New sore spot, shoes at {d(v['distance_m'])}.",
    ("S2", "new_pair"): lambda v, d, on: (
        f"New sore spot, shoes new {_plural(v['days'], 'day')} ago."
    ),
    ("S3", "one_pair"): lambda v, d, on: "One single pair in 60 days.",
    ("S4", "comfort_drop"): lambda v, d, on: (
        f"Shoes feel {v['comfort']} of 10, {v['first_comfort']} of 10 at first."
    ),
}
