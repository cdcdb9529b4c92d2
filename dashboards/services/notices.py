"""Every mail that is no weekly digest: a row in the ledger as soon as it is due, and only one.

Who wants mail once a day gets one for all that fell due until their hour.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from dashboards.mail_clock import next_daily
from dashboards.models import Frequency, MailKind, Notice
from dashboards.selectors.notices_due import (
    Due,
    exports_ready,
    imports_ended,
    mornings_due,
    reminders_due,
    urgent_for_coaches,
)
from dashboards.selectors.wishes import frequencies_of, hours_of
from members.models import Invitation, User

BUNDLED = {MailKind.URGENT, MailKind.IMPORT, MailKind.EXPORT}  # collected, where wished daily
KEPT_FOR = dt.timedelta(days=90)
WITH_THE_WEEKLY = "it is in the weekly mail"


# --- What is due ---------------------------------------------------------------------------------
def insert_asked(*, now: dt.datetime) -> int:
    """Insert the questions and reminders whose hour has come; return how many were new."""
    return _insert(MailKind.MORNING, mornings_due(now=now), now=now) + _insert(
        MailKind.REMINDER, reminders_due(now=now), now=now
    )


def insert_news(*, now: dt.datetime) -> int:
    """Insert what has just happened to somebody; return how many were new."""
    news: tuple[tuple[MailKind, list[Due]], ...] = (
        (MailKind.IMPORT, imports_ended(now=now)),
        (MailKind.EXPORT, exports_ready(now=now)),
    )
    return sum(_insert(kind, due, now=now) for kind, due in news) + _insert_urgent(now=now)


def forget_old(*, now: dt.datetime) -> int:
    """Delete the rows that ended long ago: that there was such a mail tells something as well."""
    ended = (Notice.State.SENT, Notice.State.SKIPPED, Notice.State.FAILED)
    old = Notice.objects.filter(state__in=ended, due_at__lt=now - KEPT_FOR)
    return old.delete()[0]


def insert_invitation(invitation: Invitation, *, now: dt.datetime) -> Notice:
    """Insert the mail with the link into a club; call it where the invitation is stored."""
    return Notice.objects.create(
        kind=MailKind.INVITATION, invitation=invitation, key=str(invitation.pk), due_at=now
    )


def _insert_urgent(*, now: dt.datetime) -> int:
    found = urgent_for_coaches(now=now)
    due = [Due(one.user_id, f"{one.runner_id} {one.since}", now) for one in found]
    about = {
        (one.user_id, f"{one.runner_id} {one.since}"): (one.membership_id, one.runner_id)
        for one in found
    }

    def name(row: Notice) -> None:
        row.membership_id, row.about_id = about[row.user_id or 0, row.key]

    return _insert(MailKind.URGENT, due, now=now, finish=name)


def _insert(
    kind: MailKind,
    due: Iterable[Due],
    *,
    now: dt.datetime,
    finish: Callable[[Notice], None] = lambda row: None,
) -> int:
    """Insert what is not there yet, as each reader wishes it; five queries however many."""
    fresh = {(one.user_id, one.key): one for one in due}
    if not fresh:
        return 0
    rows = Notice.objects.filter(kind=kind, user__in={user_id for user_id, _ in fresh})
    for pair in rows.values_list("user_id", "key"):
        fresh.pop(pair, None)
    new = list(_rows(kind, list(fresh.values()), now=now))
    for row in new:
        finish(row)
    Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def _rows(kind: MailKind, due: list[Due], *, now: dt.datetime) -> Iterator[Notice]:
    """Yield a row for each, unsaved, as its reader wishes; none where they want no such mail."""
    ids = {one.user_id for one in due}
    frequencies, hours = frequencies_of(ids, kind=kind), hours_of(ids)
    people = User.objects.only("time_zone").in_bulk(ids)
    for one in due:
        row = Notice(kind=kind, user_id=one.user_id, key=one.key, due_at=one.at)
        match frequencies[one.user_id]:
            case Frequency.OFF:
                continue
            case Frequency.WEEKLY if kind == MailKind.URGENT:
                row.state, row.reason = Notice.State.SKIPPED, WITH_THE_WEEKLY
            case Frequency.DAILY if kind in BUNDLED:
                zone = people[one.user_id].zone
                row.due_at = next_daily(hours[one.user_id], zone, now=now)
                row.bundled_on = row.due_at.astimezone(zone).date()
        yield row
