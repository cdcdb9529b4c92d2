"""The figures as a table for people: one line a rule, an interval behind each number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from injuries.backtest.report import HEADLINE

Row = Sequence[str]


def as_text(figures: Mapping[str, Any]) -> str:
    """Return a whole backtest as text."""
    parts = [*_replay(figures["replay"])] if figures.get("replay") else []
    if figures.get("events"):
        parts += _events(figures["events"])
    parts.append("\n".join(f"* {note}" for note in figures["notes"]))
    return "\n\n".join(parts)


def _replay(found: Mapping[str, Any]) -> Iterable[str]:
    untold = found["onsets"].get("why", "")
    yield _extent(found)
    yield (
        "Burden against the budget, new episodes per athlete-week\n"
        + table(
            ("", "by family of rules", "budget", "", "sum over rules", "list never shortened"),
            [
                (
                    name.replace("_", " "),
                    number(one),
                    f"{one['limit']:.2f}",
                    _verdict(one),
                    "-" if one["sum_over_rules"] is None else f"{one['sum_over_rules']:.3f}",
                    "-" if one["unshortened"] is None else f"{one['unshortened']:.3f}",
                )
                for name, one in found["budget"].items()
            ],
        )
        + _steps(found["weeks_at_step"])
    )
    others = [found["any_for_coach"], *found["plain_guesses"]]
    rows = [one for one in (*found["rules"], *others) if one["episodes"]]
    yield "Burden by rule\n" + table(
        ("rule", "episodes", "per athlete-week", "of them to coaches"),
        [_burden_row(one) for one in rows],
    ) + _not_shown(found["rules"])  # fmt: skip
    if untold:
        yield f"What came after cannot be told: {untold}."
        return
    headline = str(HEADLINE)
    yield f"Onset within {headline} days of the Sunday an alert was first seen\n" + table(
        (
            *("rule", "PPV", "lift", "sensitivity", "false per 100 weeks"),
            *("lead, median (IQR)", "under a day"),
        ),
        [_outcome_row(one, one["onset"][headline]) for one in rows],
    )  # fmt: skip
    yield "Status: any problem, old or new, in the week after\n" + table(
        ("rule", "PPV", "lift"), [_status_row(one) for one in rows]
    )
    yield f"Numbers and onset within {headline} days\n" + table(
        ("number", "weeks", "AUC", "within athlete", "average precision", "base rate"),
        [_score_row(one["measure"], one[headline], "weeks") for one in found["measures"]],
    )


def _steps(weeks: Mapping[str, int]) -> str:
    total = sum(weeks.values())
    shares = [f"{step}: {count / total:.0%}" for step, count in weeks.items()]
    return f"\nAthlete-weeks at each step of the coaches' list: {', '.join(shares) or '-'}"


def _not_shown(rules: Iterable[Mapping[str, Any]]) -> str:
    told: dict[str, list[str]] = {}
    for one in rules:
        if not one["episodes"]:
            told.setdefault(one["burden"].get("why", "no alert"), []).append(one["rule"])
    return "".join(f"\n{why}: {', '.join(names)}" for why, names in told.items())


def _extent(found: Mapping[str, Any]) -> str:
    answered = found["coverage"]["weekly_checks_answered"]
    lines = [
        f"Replayed week by week with engine {found['engine']}: {found['runners']} runners, "
        f"{found['athlete_weeks']} athlete-weeks with 28 known days before them "
        f"({found['weeks_with_too_little_before']} without).",
        f"Assessed: {number(found['coverage']['assessed'], percent=True)} of them.",
    ]
    if answered["value"] is not None:
        lines.append(f"Weekly check answered: {number(answered, percent=True)}.")
    if "why" not in found["onsets"]:
        base = number(found["base_rate"][str(HEADLINE)], percent=True)
        lines.append(
            f"Onsets: {found['onsets']['value']}. Weeks with one within {HEADLINE} days: {base}."
        )
    return "\n".join(lines)


def _burden_row(one: Mapping[str, Any]) -> Row:
    to_coaches = number(one["coach_burden"]) if "coach_burden" in one else ""
    return (one["rule"], str(one["episodes"]), number(one["burden"]), to_coaches)


def _outcome_row(one: Mapping[str, Any], onset: Mapping[str, Any]) -> Row:
    lead = one["lead_days"]
    told = lead["median"] is not None
    return (
        one["rule"],
        number(onset["ppv"], percent=True),
        number(onset["lift"]),
        number(onset["sensitivity"], percent=True),
        number(onset["false_alerts_per_100_weeks"]),
        f"{lead['median']:g} ({lead['q1']:g} to {lead['q3']:g})" if told else "-",
        "-" if lead["share_under_1_day"] is None else f"{lead['share_under_1_day']:.0%}",
    )


def _status_row(one: Mapping[str, Any]) -> Row:
    status = one["status_next_week"]
    return (one["rule"], number(status["ppv"], percent=True), number(status["lift"]))


def _events(found: Mapping[str, Any]) -> Iterable[str]:
    yield (
        f"Single days: {found['events']} of them, {found['injuries']} with an injury; scored only "
        "where all that a score looks at is known."
    )
    yield "Scores\n" + table(
        ("score", "days", "AUC", "within athlete", "average precision", "base rate"),
        [_score_row(one["score"], one, "scored") for one in found["scores"]],
    )
    yield "Rules\n" + table(
        ("rule", "days", "injuries", "flagged", "risk ratio", "PPV", "lift", "sensitivity"),
        [
            (
                one["rule"],
                str(one["scored"]),
                str(one["injuries"]),
                number(one["flagged_share"], percent=True),
                number(one["risk_ratio"]),
                number(one["ppv"], percent=True),
                number(one["lift"]),
                number(one["sensitivity"], percent=True),
            )
            for one in found["rules"]
        ],
    )

    yield "In words\n" + "\n".join(_in_words(one) for one in found["rules"][:4])


def _in_words(one: Mapping[str, Any]) -> str:
    if one["risk_ratio"]["value"] is None:
        return f"{one['rule']}: {number(one['risk_ratio'])}."
    return (
        f"{one['rule']} ({one['meaning']}) flags {number(one['flagged_share'], percent=True)} of "
        f"days; injuries began {number(one['risk_ratio'])} times as often on them as on others."
    )


def _score_row(name: str, one: Mapping[str, Any], count: str) -> Row:
    return (
        name,
        str(one[count]),
        number(one["auc"]),
        number(one["within_athlete_auc"]),
        number(one["average_precision"], percent=True),
        number(one["base_rate"], percent=True),
    )


def number(one: Mapping[str, Any], *, percent: bool = False) -> str:
    """Return a value with its interval, or why there is none."""
    if one["value"] is None:
        return one.get("why") or "-"
    shown = [one["value"], one["low"], one["high"]]
    value, low, high = (None if each is None else _figure(each, percent) for each in shown)
    return f"{value}" if low is None or high is None else f"{value} ({low} to {high})"


def _figure(value: float, percent: bool) -> str:
    return f"{value:.1%}" if percent else f"{value:.3f}"


def _verdict(one: Mapping[str, Any]) -> str:
    return {True: "within", False: "over", None: ""}[one["within"]]


def table(head: Row, rows: Iterable[Row]) -> str:
    """Return columns as wide as they need to be."""
    lines = [head, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
