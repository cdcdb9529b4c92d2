"""The weekly mails: which are due, and what is checked once more before one is sent.

Every mail that is due has a row, and a row has one sender (ledger.py).
"""

import datetime as dt
from collections.abc import Iterator

from dashboards.mail_clock import latest_weekly
from dashboards.models import Digest, MailKind
from dashboards.selectors.wishes import is_wanted
from dashboards.services import ledger
from dashboards.services.letters import mail_of
from injuries.models import WeeklyAssessment
from members.models import Club, Membership, Role
from members.selectors.people import has_confirmed_address

KIND_OF_ROLE = {
    Role.RUNNER: MailKind.RUNNER,
    Role.COACH: MailKind.COACH,
    Role.ASSISTANT: MailKind.COACH,
}
WAIT_FOR_ASSESSMENT = dt.timedelta(hours=6)
TOO_OLD = dt.timedelta(days=4)
TOO_LATE = "too late to be of use"
UNCONFIRMED = "address not confirmed yet"


# --- What is due ---------------------------------------------------------------------------------
def insert_due(*, now: dt.datetime) -> int:
    """Insert the rows of every member whose club's day and hour have come; return how many."""
    rows = []
    for membership in _readers():
        club, zone = membership.club, membership.user.zone
        due = latest_weekly(club.digest_weekday, club.digest_hour, zone, now=now)
        if due.at >= max(membership.joined_at, now - TOO_OLD):
            rows.append(_row(membership, week=due.week, due_at=due.at))
    return _insert(rows)


def insert_week(*, week: dt.date, now: dt.datetime, club: Club | None = None) -> int:
    """Insert the rows of one week, due now, whatever the day; return how many were new."""
    rows = [
        _row(one, week=week, due_at=now)
        for one in _readers()
        if club is None or one.club_id == club.pk
    ]
    return _insert(rows)


def _row(membership: Membership, *, week: dt.date, due_at: dt.datetime) -> Digest:
    kind = KIND_OF_ROLE[Role(membership.role)]
    return Digest(membership=membership, kind=kind, week=week, due_at=due_at)


def _readers() -> Iterator[Membership]:
    """Members who get a mail; a runner of several clubs one only, as the club joined first says."""
    seen: set[int] = set()
    members = (
        Membership.objects.active()
        .filter(role__in=KIND_OF_ROLE)
        .select_related("user", "club")
        .order_by("joined_at", "pk")
    )
    for membership in members:
        if membership.role == Role.RUNNER and membership.user_id in seen:
            continue
        if membership.role == Role.RUNNER:
            seen.add(membership.user_id)
        yield membership


def _insert(rows: list[Digest]) -> int:
    """Insert what is not there yet; the unique constraint decides between two beats."""
    known, told = _known({row.week for row in rows})
    new = [
        row
        for row in rows
        if (row.membership_id, row.kind, row.week) not in known
        and (row.kind, row.membership.user_id, row.week) not in told
    ]
    Digest.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


Rows = set[tuple[int, str, dt.date]]


def _known(weeks: set[dt.date]) -> tuple[Rows, set[tuple[str, int, dt.date]]]:
    """Return the rows there are, and which runners have theirs, be it by another club.

    A row skipped because its club was left leaves the week to the next club.
    """
    known: Rows = set()
    told = set()
    columns = ("membership_id", "kind", "week", "state", "membership__user_id")
    for membership_id, kind, week, state, user_id in Digest.objects.filter(
        week__in=weeks
    ).values_list(*columns):
        known.add((membership_id, kind, week))
        if kind == MailKind.RUNNER and state != Digest.State.SKIPPED:
            told.add((kind, user_id, week))
    return known, told


# --- Sending -------------------------------------------------------------------------------------
def send_digest(digest_id: int, *, now: dt.datetime) -> str | None:
    """Send one mail if it is due and nobody else is at it; return the row's new state or None."""
    if not ledger.claim(Digest, digest_id, now=now):
        return None
    digest = Digest.objects.select_related("membership__user", "membership__club").get(pk=digest_id)
    why_not = _why_not(digest)
    if why_not:
        return ledger.store(digest, Digest.State.SKIPPED, reason=why_not)
    if now - digest.due_at > TOO_OLD:
        return ledger.give_up(digest, TOO_LATE)
    if _must_wait(digest, now=now):
        return ledger.wait(digest, now=now)
    mail = mail_of(digest, on=digest.membership.user.today(now=now))
    if mail is None:
        return ledger.store(digest, Digest.State.SKIPPED, reason="nothing to say")
    return ledger.send([digest], mail, now=now)


def _why_not(digest: Digest) -> str:
    """Say why this mail is not sent any more; empty: it is."""
    membership = digest.membership
    if membership.left_at is not None or not membership.user.is_active:
        return "no longer a member"
    if KIND_OF_ROLE.get(Role(membership.role)) != digest.kind:
        return "another role now"
    if not is_wanted(membership.user, kind=digest.kind):
        return "does not want this mail"
    return "" if has_confirmed_address(membership.user) else UNCONFIRMED


def _must_wait(digest: Digest, *, now: dt.datetime) -> bool:
    """A runner's mail waits a while for the week to be judged, then says what is known."""
    if digest.kind != MailKind.RUNNER or now - digest.due_at > WAIT_FOR_ASSESSMENT:
        return False
    settled = WeeklyAssessment.objects.filter(
        runner=digest.membership.user, week=digest.week, settled_at__isnull=False
    )
    return not settled.exists()
