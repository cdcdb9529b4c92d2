"""The club's figures about its flags as rows for a page: a number, its interval, or why none."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards import words
from dashboards.charts import RateRow
from injuries.selectors.backtest import flag_report
from members.models import Membership

HORIZON = "14"
Figure = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule: its figures in words, ready to read."""

    rule: str
    name: str
    burden: str
    to_coaches: str
    ppv: str
    needed: str
    lift: str
    sensitivity: str
    lead: str
    status: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """What coaches are shown in all, against what they can be asked to read."""

    name: str
    burden: str
    limit: str
    is_within: bool


@dataclass(frozen=True, slots=True)
class NumberRow:
    """How well a load number alone tells."""

    name: str
    auc: str
    within: str
    precision: str
    base_rate: str


@dataclass(frozen=True, slots=True)
class FlagQuality:
    """Everything the page says. Without `made_at` nothing was worked out yet."""

    made_at: dt.datetime | None = None
    coach_step: str = ""
    why_none: str = ""
    runners: int = 0
    athlete_weeks: int = 0
    assessed: str = ""
    answered: str = ""
    onsets: int | None = None
    why_no_onsets: str = ""
    base_rate: str = ""
    budget: tuple[BudgetRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    hidden: tuple[str, ...] = ()
    numbers: tuple[NumberRow, ...] = ()
    notes: tuple[str, ...] = ()
    burden_rows: tuple[RateRow, ...] = ()
    followed_rows: tuple[RateRow, ...] = ()


BUDGET = {"coach_facing": "All that coaches are shown", "load_only": "Of it load alone"}
# On the charts' axis, for a phone has no room for more; the tables have the whole names.
SHORT = {
    "coach_facing": "all",
    "load_only": "load",
    "any_for_coach": "all",
    "injured_before": "guess 1",
    "week_over_10_percent": "guess 2",
}


def flag_quality(asking: Membership) -> FlagQuality:
    """Return what was last worked out for the asking member's club. One query."""
    report = flag_report(asking)
    if report is None:
        return FlagQuality()
    found = report.figures["replay"]
    notes = tuple(report.figures["notes"])
    step = words.coach_step(report.coach_step, since=report.coach_step_since)
    if found is None:
        return FlagQuality(report.made_at, step, why_none=report.figures["why"], notes=notes)
    rows = [*found["rules"], found["any_for_coach"], *found["plain_guesses"]]
    told = [row for row in rows if row["episodes"] is not None]
    return FlagQuality(
        made_at=report.made_at,
        coach_step=step,
        runners=found["runners"],
        athlete_weeks=found["athlete_weeks"],
        assessed=percent(found["coverage"]["assessed"]),
        answered=percent(found["coverage"]["weekly_checks_answered"]),
        onsets=found["onsets"]["value"],
        why_no_onsets=found["onsets"].get("why", ""),
        base_rate=percent(found["base_rate"][HORIZON]),
        budget=tuple(_budget(found["budget"])),
        rules=tuple(_rule(row) for row in told),
        hidden=tuple(_name(row) for row in rows if row["episodes"] is None),
        numbers=tuple(_number(row) for row in found["measures"]),
        notes=notes,
        burden_rows=tuple(_burden_rows(found)),
        followed_rows=tuple(_followed_rows(told, found["base_rate"][HORIZON])),
    )


def _name(row: Figure) -> str:
    rule: str = row["rule"]
    return f"{SHORT.get(rule, rule)}: {words.RULES[rule]}"


def _rule(row: Figure) -> RuleRow:
    onset, lead = row["onset"][HORIZON], row["lead_days"]
    told = lead["median"] is not None
    return RuleRow(
        rule=row["rule"],
        name=_name(row),
        burden=per_100(row["burden"]),
        to_coaches=per_100(row["coach_burden"]) if "coach_burden" in row else "",
        ppv=percent(onset["ppv"]),
        needed=plain(onset["number_needed_to_alert"], places=0),
        lift=plain(onset["lift"]),
        sensitivity=percent(onset["sensitivity"]),
        lead=f"{lead['median']:g} ({lead['q1']:g} to {lead['q3']:g})" if told else "\u2013",
        status=percent(row["status_next_week"]["ppv"]),
    )


def _budget(found: Mapping[str, Figure]) -> Iterable[BudgetRow]:
    for name, one in found.items():
        if one["value"] is not None:
            yield BudgetRow(BUDGET[name], per_100(one), f"{100 * one['limit']:g}", one["within"])


def _number(row: Figure) -> NumberRow:
    found = row[HORIZON]
    rule = row["measure"].split()[0]
    return NumberRow(
        name=f"{rule}: {words.RULES[rule]}",
        auc=plain(found["auc"]),
        within=plain(found["within_athlete_auc"]),
        precision=percent(found["average_precision"]),
        base_rate=percent(found["base_rate"]),
    )


def _burden_rows(found: Figure) -> Iterable[RateRow]:
    for name, one in found["budget"].items():
        if one["value"] is not None:
            yield _rate(SHORT[name], one, limit=one["limit"])
    for row in found["rules"]:
        if row["coach_burden"]["value"] is not None:
            yield _rate(row["rule"], row["coach_burden"])


def _followed_rows(told: Iterable[Figure], base_rate: Figure) -> Iterable[RateRow]:
    for row in told:
        ppv = row["onset"][HORIZON]["ppv"]
        if ppv["value"] is not None:
            rule: str = row["rule"]
            yield _rate(SHORT.get(rule, rule), ppv, limit=base_rate["value"])


def _rate(name: str, one: Figure, *, limit: float | None = None) -> RateRow:
    """Return a share as hundredths."""
    shares = (one["value"], one["low"], one["high"], limit)
    value, low, high, limit = (None if share is None else round(100 * share, 2) for share in shares)
    return RateRow(name, value or 0.0, low, high, limit)


# --- In words -------------------------------------------------------------------------------------
def per_100(one: Figure) -> str:
    """Return a rate per athlete-week as one per 100 of them."""
    return _said(one, lambda value: f"{100 * value:.1f}")


def percent(one: Figure) -> str:
    """Return a share in per cent."""
    return _said(one, lambda value: f"{100 * value:.0f} %")


def plain(one: Figure, *, places: int = 2) -> str:
    """Return a number as it is."""
    return _said(one, lambda value: f"{value:.{places}f}")


def _said(one: Figure, write: Any) -> str:
    if one["value"] is None:
        return str(one.get("why") or "\u2013")
    if one["low"] is None or one["high"] is None:
        return str(write(one["value"]))
    return f"{write(one['value'])} ({write(one['low'])} to {write(one['high'])})"
