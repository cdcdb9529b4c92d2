"""What a runner's weekly mail says: was it as usual, what changed, what now. Nothing of a heel.

Whoever reads over a shoulder, or runs a mail server, learns distances, shoes, and that something
stands on a page behind a login (evidence 6.6). A subject tells less than the mail: the distance,
and a ceiling where single runs alone are its reason.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse

from dashboards import mail_words, words
from dashboards.charts import WeekLoad
from dashboards.emails import Figure, Item, Letter, Picture, metres
from dashboards.links import Links
from dashboards.mail_pictures import HEIGHT, WIDTH, Bar, bars_png
from dashboards.models import Digest
from dashboards.selectors.mail_week import Deed, MailWeek, mail_week
from members.links import absolute
from members.selectors.shoes import Pair
from members.units import METRES_PER, format_distance
from members.weeks import week_name

BASED_ON = "Based on what you logged."
WEEKS_SHOWN = 8
LOOK = "There is something new on your page. Please look before your next run."
CANNOT_TELL = "We cannot tell from what was logged. Your page says what is missing."
NOT_YET = "Your week has not been looked at yet. Your page shows what is known so far."


def runner_letter(digest: Digest, *, on: dt.date, links: Links) -> Letter | None:
    """Return the runner's week; None where there is nothing to say."""
    known = mail_week(digest.membership.user, week=digest.week, on=on)
    if known.is_empty:
        return None
    week, unit = known.week, known.unit
    usual = mail_words.as_usual(week.this_week_m, week.mean4_m, unit=unit)
    return Letter(
        subject=_subject(known),
        preheader=usual,
        greeting=f"Hello {week.runner.name}, this was your week.",
        answers=(
            Figure("Was it as usual?", usual),
            Figure("What changed?", _changed(known)),
            Figure("What now?", _what_now(known)),
        ),
        figures=(
            Figure("This week", metres(week.this_week_m, unit)),
            Figure("Week before", metres(week.last_week_m, unit)),
            Figure("Mean of the four weeks before", _mean(known)),
            Figure("Longest run", metres(week.weeks[-1].longest_m, unit)),
            *(_worn(pair, unit) for pair in known.worn),
        ),
        items=tuple(_items(known, digest, links)),
        closing=BASED_ON,
        picture=_picture(week.weeks[-WEEKS_SHOWN:], unit),
    )


def _subject(known: MailWeek) -> str:
    done, ceiling = known.week.this_week_m, known.ceiling
    if done is None:
        return "Your week: nothing logged"
    if ceiling and known.eases:
        return f"Keep your next run to {format_distance(ceiling[0], known.unit)}"
    word = "All steady" if known.is_steady else "Your week"
    return f"{word}: {format_distance(done, known.unit)}"


def _changed(known: MailWeek) -> str:
    now, before = known.week.weeks[-1], known.week.weeks[-2]
    return mail_words.changed(
        now.distance_m, before.distance_m, now.longest_m, before.longest_m, unit=known.unit
    )


def _what_now(known: MailWeek) -> str:
    if known.hides:
        return LOOK
    said = {"carry_on": words.DO_NOW["carry_on"], "ease": words.DO_NOW["ease"], "": NOT_YET}
    answer = said.get(known.training, CANNOT_TELL)
    return f"{answer} {_ceiling(known)}".strip()


def _ceiling(known: MailWeek) -> str:
    if known.ceiling is None:
        return ""
    limit, until = known.ceiling
    day = f"{until:%A} {until.day} {until:%B}"
    return f"Next run: {format_distance(limit, known.unit)} at most, until {day}."


def _mean(known: MailWeek) -> str:
    four = known.week.weeks[-5:-1]
    unknown = sum(week.distance_m is None for week in four)
    said = metres(known.week.mean4_m, known.unit)
    return said if unknown in {0, len(four)} else f"{said} ({unknown} of them not known)"


def _worn(pair: Pair, unit: str) -> Figure:
    run, limit = (format_distance(m, unit) for m in (pair.distance_m, pair.shoe.limit_m))
    return Figure(f"Shoes: {pair.shoe}", f"{run} of {limit}, {pair.percent} %")


# --- What to do ----------------------------------------------------------------------------------
def _items(known: MailWeek, digest: Digest, links: Links) -> Iterator[Item]:
    """Yield one thing to do after the other, each with its button; the last opens the page."""
    page = absolute(f"{reverse('dashboards:my-week')}?week={week_name(digest.week)}")
    user = known.week.runner
    whole = Item("Everything about this week is on your page.", "Open my week", page)
    if known.hides:
        yield whole
    if known.judged is not None:
        for flag in known.eases:
            said = words.to_runner(flag, on=known.judged.on, unit=known.unit)
            yield Item(said, "See why", page)
    if known.missing:
        url = links.days(user, week=digest.week)
        yield Item(_missing(len(known.missing)), "Say what they were", url)
    if known.week.this_week_m is None:
        yield Item("Nothing was logged.", "Log a run", absolute(reverse("injuries:log")))
    yield from _shoes(known)
    for deed in known.deeds:
        yield _deed(deed, page)
    if known.has_plan:
        yield Item("Your plan: where you are and what is next.", "Open my week", page)
    if known.asks_check:
        check = links.check(user, week=digest.week)
        if user.health_consent_at is None:
            check = absolute(reverse("injuries:check"))
        yield Item("The weekly check takes one tap.", "Weekly check", check)
    if not known.hides:
        yield whole


def _missing(count: int) -> str:
    days = "One day has" if count == 1 else f"{count} days have"
    return f"{days} no entry. Did you rest?"


def _shoes(known: MailWeek) -> Iterator[Item]:
    """Yield why to look at a pair: what a rule said, else that it nears its limit."""
    page, judged = absolute(reverse("members:shoes")), known.judged
    flags = [flag for flag in known.says if flag.action == "shoe_check"]
    said = {str(flag.values.get("shoe")) for flag in flags}
    if judged is not None:
        for flag in flags:
            text = words.to_runner(flag, on=judged.on, unit=known.unit)
            yield Item(text, "Look at my shoes", page)
    for pair in known.worn:
        if str(pair.shoe.pk) not in said:
            run = format_distance(pair.distance_m, known.unit)
            text = f"{pair.shoe} has run {run}, {pair.percent} % of its limit."
            yield Item(text, "Look at my shoes", page)


def _deed(deed: Deed, page: str) -> Item:
    who = f"{deed.coach} ({deed.club})"
    if deed.has_note:
        return Item(f"{who} has left you a note.", "Read it", page)
    return Item(f"{who} has looked at your week.", "Open my week", page)


def _picture(weeks: Sequence[WeekLoad], unit: str) -> Picture:
    bars = [
        Bar(
            name=f"{week.week.day} {week.week:%b}",
            value=None if week.distance_m is None else week.distance_m / METRES_PER[unit],
            text="?" if week.distance_m is None else f"{week.distance_m / METRES_PER[unit]:.0f}",
        )
        for week in weeks
    ]
    figures = tuple(
        Figure(f"{week.week.day} {week.week:%B}", metres(week.distance_m, unit)) for week in weeks
    )
    name = f"Your last {len(bars)} weeks, by their Monday"
    return Picture(bars_png(bars), WIDTH, HEIGHT, name, figures)
