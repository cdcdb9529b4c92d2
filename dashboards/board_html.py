"""One row of the board as HTML: a line on a desktop, a card on a phone, hundreds of them a page.

Written here and not in a template because a board of two hundred is two hundred rows of it; every
text from outside goes through `escape`, which a test proves with hostile names and notes.
"""

import datetime as dt
import functools
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe

from clubsite.templatetags.ui import distance, status
from dashboards.charts import day_label, morning_bars, week_bars
from dashboards.selectors.board_facts import Standing
from dashboards.selectors.board_rows import ROWS_KEPT, BoardRow
from dashboards.words import decided
from injuries.models import UNDO_FOR


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the board, and where they stand."""

    slug: str
    unit: str
    user_id: int
    now: dt.datetime
    selected: frozenset[str] = field(default_factory=frozenset)

    def may_undo(self, decision: Standing | None) -> bool:
        """Whether it is their own, and not older than an hour."""
        if decision is None or decision.decided_by_id != self.user_id:
            return False
        return self.now - decision.decided_at <= UNDO_FOR


badge = functools.cache(status)


def version_of(row: BoardRow) -> str:
    """Return which state of which row an answer is for: membership, assessment, decision."""
    assessment = row.judged.pk if row.judged else ""
    decision = row.decision.pk if row.decision else ""
    return f"{row.who.pk}:{assessment}:{decision}"


def row_html(row: BoardRow, reader: Reader, *, notice: str = "") -> SafeString:
    """Return the row; `notice` is said in it once, for instance that somebody came first."""
    return _row_html(
        row,
        f"/c/{reader.slug}/",
        reader.unit,
        may_undo=reader.may_undo(row.decision),
        selected=version_of(row) in reader.selected,
        notice=notice,
    )


@functools.lru_cache(maxsize=ROWS_KEPT)
def _row_html(
    row: BoardRow, club: str, unit: str, *, may_undo: bool, selected: bool, notice: str
) -> SafeString:
    """Rows made from equal facts are the same row, whose HTML need not be made again."""
    pk = row.who.pk
    said = f'<p class="notice" role="status" tabindex="-1" autofocus>{escape(notice)}</p>'
    html = (
        f'<li class="br br-{row.state}" id="runner-{pk}" tabindex="-1">'
        f"{_who(row, club, selected=selected)}"
        f'<div class="br-say">{badges(row, short=True)}</div>'
        f'<div class="br-why">{_why(row, club)}</div>'
        f"{_pictures(row, unit)}"
        f'<div class="br-last">{_last_entry(row)}</div>'
        f'<div class="br-done">{decisions(row, club, may_undo=may_undo)}</div>'
        f'<div class="br-act">{_acts(row, club)}</div>'
        f"{said if notice else ''}"
        f'<div class="br-form" id="decide-{pk}"></div></li>'
    )
    return mark_safe(html)


def _who(row: BoardRow, club: str, *, selected: bool) -> str:
    pk, name = row.who.pk, escape(row.name)
    about = [escape(row.who.squad)] if row.who.squad else []
    if row.is_beginner:
        about.append("new to running")
    if row.way_back:
        about.append(f'<span aria-hidden="true">↻</span> {row.way_back}')
    checked = " checked" if selected else ""
    box = (
        f'<input type="checkbox" form="board" name="row" value="{version_of(row)}" '
        f'aria-label="Select {name}"{checked}>'
        if row.can_decide
        else "<i></i>"
    )
    return (
        f'{box}<div class="br-who"><a href="{club}runners/{pk}/">{name}</a>'
        f"<small>{' · '.join(about)}</small></div>"
    )


SHORT = {
    "urgent_today": "clinician today",
    "within_days": "clinician in days",
    "book": "book clinician",
    "advised": "advised to seek advice",
}


def badges(row: BoardRow, *, short: bool = False) -> SafeString:
    """Return where the row stands as words with shape and colour."""
    view = row.view
    if view.training is None:
        return badge("nothing")
    level = view.clinician
    shown = [badge(level, SHORT[level] if short else "")] if level else []
    is_away = {"new", "holiday"} & set(row.states)
    if row.shows_training and not (is_away and view.training in {"not_assessed", "carry_on"}):
        shown.append(badge(view.training))
    beside = [state for state in ("shoes", "returning", "new") if state in row.states]
    shown += [badge(state) for state in beside]
    away = [state for state in ("holiday", "taper") if state in row.states]
    shown += [badge(state, row.away_words) for state in away]
    if "silent" in row.states:
        shown.append(badge("silent", row.silence))
    return mark_safe(" ".join(shown))


def _why(row: BoardRow, club: str) -> str:
    if row.view.training is None:
        return "<p>Shares nothing with this club's coaches. A talk is always possible.</p>"
    if not row.reasons:
        return f"<p>{escape(row.unjudged)}</p>" if row.unjudged else ""
    items = "".join(f"<li>{escape(reason)}</li>" for reason in row.reasons)
    more = f"<li>and {row.more_reasons} more</li>" if row.more_reasons else ""
    page = f"{club}runners/{row.who.pk}/#flags"
    link = f'<a href="{page}" aria-label="Why? {escape(row.name)}">Why?</a>'
    return f"<ul>{items}{more}</ul>{link if row.view.flags else ''}"


def _pictures(row: BoardRow, unit: str) -> str:
    bars = week_bars(row.weeks, unit=unit) if row.weeks else ""
    strip = morning_bars(row.mornings) if row.mornings else ""
    worn = row.worn_m
    shoes = "" if worn is None else f"<b>Shoes</b> {distance(worn, unit)}"
    return (
        f'<div class="br-run">{bars}</div><div class="br-am">{strip}</div>'
        f'<div class="br-shoe">{shoes}</div>'
    )


def _last_entry(row: BoardRow) -> str:
    if row.view.training is None:
        return ""
    if row.last_entry is None:
        return "<b>Last entry</b> over 12 weeks"
    days = (row.on - row.last_entry).days
    when = "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
    return f"<b>Last entry</b> {when}"


def decisions(row: BoardRow, club: str, *, may_undo: bool) -> SafeString:
    """Return what was decided about the row, what waits, and whether to ask what came of it."""
    said = '<p class="br-open">waits for an answer</p>' if row.wants_decision else ""
    if row.decision is not None:
        said = _decision(row.decision, club, may_undo=may_undo) + said
    elif row.earlier is not None:
        said = f'<p class="muted">{day_label(row.earlier.week)}: {_words(row.earlier)}</p>{said}'
    if row.follow_up is not None:
        address = f"{club}decisions/{row.follow_up.pk}/outcome/"
        said += f'<p><a href="{address}">What came of it?</a></p>'
    return mark_safe(said)


def _words(decision: Standing) -> str:
    who = escape(decision.decided_by) if decision.decided_by else "a former coach"
    is_given = decision.owner and decision.owner_id != decision.decided_by_id
    whose = f"; for {escape(decision.owner)}" if is_given else ""
    return f"{who} {escape(decided(decision, day=day_label))}{whose}"


def _decision(decision: Standing, club: str, *, may_undo: bool) -> str:
    note = ""
    if decision.note:
        reads = "shared" if decision.note_shared else "coaches only"
        note = f" <small>“{escape(decision.note)}” ({reads})</small>"
    undo = (
        f' <button class="link" form="board" name="decision" value="{decision.pk}" '
        f'formaction="{club}undo/" hx-post="{club}undo/">Undo</button>'
        if may_undo
        else ""
    )
    return f"<p>{_words(decision)}{note}{undo}</p>"


def _acts(row: BoardRow, club: str) -> str:
    if not row.can_decide:
        return ""
    name = escape(row.name)
    agree = (
        f'<button form="board" name="agree" value="{version_of(row)}" hx-post="{club}act/" '
        f'aria-label="Agree with the answer for {name}">Agree</button>'
        if row.wants_decision
        else ""
    )
    address = f"{club}runners/{row.who.pk}/decide/"
    return (
        f'{agree}<a class="button button-secondary" href="{address}" hx-get="{address}" '
        f'hx-target="#decide-{row.who.pk}" hx-swap="innerHTML" '
        f'aria-label="Answer, note, assign or snooze: {name}">More</a>'
    )
