"""Tags every template may use (built in, no load): words with their shapes, fields, figures."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from members import pictures
from members.units import format_distance, format_duration, format_pace, format_rate

register = template.Library()


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is shown: always word, shape and colour together."""

    word: str
    shape: str
    css: str


LOOKS = {
    "urgent_today": Look("get seen today", "⬣", "clinician"),
    "within_days": Look("see a clinician within days", "⬣", "clinician"),
    "book": Look("book a clinician", "⬣", "clinician"),
    "advised": Look("advised to seek advice", "⬣", "clinician"),
    "clinician": Look("clinician", "⬣", "clinician"),
    "rest": Look("rest", "■", "rest"),
    "cross_train": Look("cross-train", "▲", "cross-train"),
    "ease": Look("ease off", "●", "ease"),
    "settled": Look("settled", "✓", "carry-on"),
    "not_settled_once": Look("not settled", "●", "ease"),
    "not_settled_twice": Look("not settled twice", "▲", "cross-train"),
    "no_run": Look("no run lately", "–", "no-data"),
    "no_morning": Look("morning not said", "–", "no-data"),
    "better": Look("better", "↘", "carry-on"),
    "steady": Look("about the same", "→", "returning"),
    "worse": Look("worse", "↗", "ease"),
    "drift": Look("drifting", "↗", "ease"),
    "need_reports": Look("need more reports", "–", "no-data"),
    "not_better_14d": Look("two weeks and not better", "⬣", "clinician"),
    "same_spot_3_weeks": Look("the same spot again", "⬣", "clinician"),
    "shoes": Look("check shoes", "◆", "shoes"),
    "shoe_soon": Look("nearly at its limit", "◇", "shoes"),
    "shoe_look": Look("time to look at them", "◆", "shoes"),
    "carry_on": Look("carry on", "✓", "carry-on"),
    "ok": Look("carry on", "✓", "carry-on"),
    "returning": Look("returning", "↻", "returning"),
    "holiday": Look("holiday", "☼", "returning"),
    "taper": Look("taper", "◢", "returning"),
    "not_assessed": Look("not enough data", "–", "no-data"),
    "new": Look("new", "✱", "returning"),
    "silent": Look("no data", "–", "no-data"),
    "added": Look("added", "✓", "carry-on"),
    "merged": Look("merged", "⊕", "shoes"),
    "duplicate": Look("already there", "=", "no-data"),
    "skipped": Look("skipped", "–", "no-data"),
    "failed": Look("failed", "✕", "rest"),
    "waiting": Look("needs you", "?", "ease"),
    "taken_back": Look("taken back", "↶", "no-data"),
    "nothing": Look("shares nothing", "–", "no-data"),
}


@register.simple_tag
def status(name: str | None, word: str = "") -> SafeString:
    """Return a badge of word, shape and colour; an unknown name is no data."""
    look = LOOKS.get(name or "not_assessed", LOOKS["not_assessed"])
    return format_html(
        '<span class="status status-{}"><span class="shape" aria-hidden="true">{}</span> {}</span>',
        look.css,
        look.shape,
        word or look.word,
    )


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a field with its label, help and errors tied to it."""
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}-help")
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    attributes = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attributes),
        "is_checkbox": isinstance(bound.field.widget, CheckboxInput),
    }


@register.inclusion_tag("ui/pain_scale.html")
def pain_scale(bound: BoundField) -> dict[str, Any]:
    """Show a 0 to 10 scale as a row of radio buttons; "not said" is an answer of its own."""
    value = bound.value()
    return {
        "field": bound,
        "value": "" if value is None else str(value),
        "numbers": [str(number) for number in range(11)],
    }


@register.inclusion_tag("ui/pain_slider.html")
def pain_slider(bound: BoundField) -> dict[str, Any]:
    """Show the 0 to 10 scale as a slider; without scripts its radio buttons stand there."""
    return pain_scale(bound)


EFFORTS = (
    "rest", "very easy", "easy", "moderate", "somewhat hard", "hard", "hard", "very hard",
    "very hard", "nearly all out", "all out",
)  # fmt: skip


@register.inclusion_tag("ui/effort.html")
def effort_scale(bound: BoundField) -> dict[str, Any]:
    """Show the effort as a row to tap, 0 to 10 with a word for each; "not said" is an answer."""
    return pain_scale(bound) | {"steps": [(str(n), word) for n, word in enumerate(EFFORTS)]}


@register.simple_tag
def rate(activity: Any, unit: str = "km") -> str:
    """Return the pace or speed of an activity, as its kind has it; empty where unknown."""
    return format_rate(activity.kind, activity.distance_m, activity.duration_s, unit)


@register.filter
def undo_pk(message: Any) -> str:
    """Return the id of the change a message is about and that can be undone; empty for others."""
    return str(getattr(message, "extra_tags", "") or "").partition("undo-")[2]


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """Say that something needs mending, and what belongs to no single field."""
    return {"form": form}


DAY_SHAPES = {"rest": "■", "ill": "✚", "injured": "✕", "holiday": "☼", "taper": "◢"}


@register.filter
def day_shape(status: str) -> str:
    """Return the shape that stands beside what a day was."""
    return DAY_SHAPES.get(status, "")


@register.simple_tag
def comfort_course(comforts: Iterable[Any]) -> SafeString:
    """Return the small picture of how comfortable a pair was."""
    said = [(one.on, one.comfort) for one in comforts]
    return mark_safe(pictures.comfort_course(said)) if said else mark_safe("")


@register.filter
def distance(metres: float | None, unit: str = "km") -> str:
    """Return 12.3 km; a dash for nothing known."""
    return "–" if metres is None or metres == "" else format_distance(metres, unit or "km")


@register.filter
def duration(seconds: float | None) -> str:
    """Return 1:05:30; a dash for nothing known."""
    return "–" if seconds is None or seconds == "" else format_duration(seconds)


@register.simple_tag
def pace(metres: float | None, seconds: float | None, unit: str = "km") -> str:
    """Return 5:12 /km; a dash for nothing known."""
    return format_pace(metres, seconds, unit or "km") or "–"


@register.filter
def day(value: dt.date | None) -> str:
    """Return Sat 14 March; with the year where it is long ago."""
    if value is None or value == "":
        return ""
    text = f"{value:%a} {value.day} {value:%B}"
    return text if (dt.date.today() - _date(value)).days < 300 else f"{text} {value.year}"  # noqa: DTZ011


def _date(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value
