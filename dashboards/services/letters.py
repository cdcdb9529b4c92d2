"""What the weekly mails say: for a runner their own week, for a coach who needs them."""

import datetime as dt

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from dashboards.emails import Figure, Item, Letter, metres, weekly_mail
from dashboards.models import Digest
from dashboards.selectors.board import board
from dashboards.selectors.board_rows import BoardRow
from dashboards.selectors.my_week import MyWeek, my_week
from dashboards.words import to_runner
from injuries.links import check_link
from injuries.selectors.assessments import standing_flags
from injuries.selectors.sharing import is_plain
from members.links import absolute
from members.weeks import week_name

BASED_ON = "Based on what you logged."
NAMED_AT_MOST = 10


def runner_letter(digest: Digest, *, on: dt.date) -> Letter:
    """Return the runner's week: the figures, and what to do now with one button each."""
    user = digest.membership.user
    week = my_week(user, week=digest.week, on=on)
    done, longest = week.this_week_m, week.weeks[-1].longest_m
    unit = user.unit
    if done is None:
        subject = "Your week: nothing logged"
    else:
        subject = f"Your week: {metres(done, unit)}"
        subject += "" if longest is None else f", longest {metres(longest, unit)}"
    return Letter(
        subject=subject,
        preheader="",
        greeting=f"Hello {user.name}, this was your week.",
        answers=(),
        figures=(
            Figure("This week", metres(done, unit)),
            Figure("Week before", metres(week.last_week_m, unit)),
            Figure("Mean of the four weeks before", metres(week.mean4_m, unit)),
        ),
        items=tuple(_runner_items(week, digest)),
        closing=BASED_ON,
    )


def _runner_items(week: MyWeek, digest: Digest) -> list[Item]:
    page = absolute(f"{reverse('dashboards:my-week')}?week={week_name(digest.week)}")
    items = []
    assessment = week.assessment
    flags = [] if assessment is None else standing_flags(assessment)
    quiet = {flag.pk for ask in week.asks if ask.quieted_by for flag in ask.flags}
    asking = [
        flag
        for flag in flags
        if flag.action not in {"context", "not_assessed"} and flag.pk not in quiet
    ]
    unit = week.runner.unit
    if any(not is_plain(flag) for flag in asking):
        # Whoever reads over a shoulder learns nothing about a heel.
        text = "There is something new on your page. Please look before your next run."
        items.append(Item(text, "Open my week", page))
    elif assessment is not None:
        for flag in asking:
            said = to_runner(flag, on=assessment.on, unit=unit)
            items.append(Item(said, _button(flag.rule), _target(flag.rule, page)))
        if week.ceiling_m is not None and assessment.ceiling_until is not None:
            until = assessment.ceiling_until
            limit, day = metres(week.ceiling_m, unit), f"{until:%A} {until.day} {until:%B}"
            items.append(Item(f"Next run: {limit} at most, until {day}.", "Open my week", page))
    if week.missing.days:
        count = len(week.missing.days)
        days = "One day has" if count == 1 else f"{count} days have"
        days_page = absolute(f"{reverse('members:days')}?week={week_name(digest.week)}")
        items.append(Item(f"{days} no entry. Did you rest?", "Say what they were", days_page))
    if week.this_week_m is None:
        items.append(Item("Nothing was logged.", "Log a run", absolute(reverse("injuries:log"))))
    if week.notes:
        items.append(Item("Your coach has left you a note.", "Read it", page))
    check = absolute(reverse("injuries:check"))
    if week.runner.health_consent_at is not None:
        check = check_link(week.runner.pk, week=digest.week)
    items.append(Item("The weekly check takes one tap.", "Weekly check", check))
    return items


def _button(rule: str) -> str:
    return "Look at my shoes" if rule.startswith("S") else "See why"


def _target(rule: str, page: str) -> str:
    return absolute(reverse("members:shoes")) if rule.startswith("S") else page


def coach_letter(digest: Digest, *, on: dt.date) -> Letter:
    """Return who needs a coach: names with load or shoes only, the rest as a count."""
    club = digest.membership.club
    sunday = digest.week + dt.timedelta(days=6)
    shown = board(digest.membership, on=min(on, sunday), week=digest.week)
    to_check = [row for row in shown.rows if row.wants_decision]
    silent = [row for row in shown.rows if row.state == "silent"]
    sharing = [row for row in shown.rows if row.view.training is not None]
    page = absolute(reverse("dashboards:board", args=[club.slug]))
    return Letter(
        subject=f"{club.name}: {len(to_check)} to check, {len(silent)} silent",
        preheader="",
        greeting=f"Hello {digest.membership.user.name}, this is who may need you.",
        answers=(),
        figures=(
            Figure("Runners", str(shown.runners)),
            Figure("To check", str(len(to_check))),
            Figure("Silent", str(len(silent))),
            Figure("Share at least their status", str(len(sharing))),
        ),
        items=tuple(_coach_items(to_check, silent, page=page, slug=club.slug)),
        closing=BASED_ON,
    )


def _coach_items(
    to_check: list[BoardRow], silent: list[BoardRow], *, page: str, slug: str
) -> list[Item]:
    named = [row for row in to_check if _tells_load_only(row)][:NAMED_AT_MOST]
    items = [_named(row, slug=slug) for row in named]
    others = len(to_check) - len(named)
    if others:
        who = "1 member" if others == 1 else f"{others} members"
        items.append(Item(f"{who} would like a check-in.", "Open the board", page))
    if silent:
        names = ", ".join(row.name for row in silent[:NAMED_AT_MOST])
        more = len(silent) - NAMED_AT_MOST
        names += f" and {more} more" if more > 0 else ""
        items.append(Item(f"No entry lately: {names}.", "See who is silent", f"{page}?show=silent"))
    nobody = Item("Nobody needs you, as far as it was logged.", "Open the board", page)
    return items or [nobody]


def _tells_load_only(row: BoardRow) -> bool:
    """Whether the reason may stand in a mail: load or shoes, nothing of a heel."""
    flags = row.view.flags
    return bool(flags) and not row.view.clinician and all(is_plain(flag) for flag in flags)


def _named(row: BoardRow, *, slug: str) -> Item:
    path = reverse("dashboards:runner", args=[slug, row.who.pk])
    return Item(f"{row.name}: {row.reasons[0]}", f"Open {row.name}", absolute(path))


def letter_of(digest: Digest, *, on: dt.date) -> Letter:
    """Return what this ledger row's mail says."""
    write = coach_letter if digest.kind == "coach" else runner_letter
    return write(digest, on=on)


def mail_of(digest: Digest, *, on: dt.date) -> EmailMultiAlternatives:
    """Return the whole mail of this ledger row."""
    return weekly_mail(digest, letter_of(digest, on=on))
