"""The send ledger of the weekly mail: every mail that is due has a row, and a row has one sender.

due -> claimed by a conditional UPDATE -> sent, skipped or failed, or due again a little later.
A worker may die at any line: before the claim nothing happened, after it the claim grows stale and
is released; only a crash between sending and storing can repeat a mail, and the row counts it.
"""

import datetime as dt
import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.db.models import F, Q, QuerySet

from dashboards.models import Digest, MailKind
from dashboards.services.letters import mail_of
from dashboards.services.mail_preferences import is_wanted
from injuries.models import WeeklyAssessment
from members.models import Club, Membership, Role
from members.weeks import monday_of

WEEK = dt.timedelta(days=7)
KIND_OF_ROLE = {
    Role.RUNNER: MailKind.RUNNER,
    Role.COACH: MailKind.COACH,
    Role.ASSISTANT: MailKind.COACH,
}
WAIT_FOR_ASSESSMENT = dt.timedelta(hours=6)
TOO_OLD = dt.timedelta(days=4)
LONGEST_BACKOFF = dt.timedelta(hours=6)
REASON_LENGTH = 300

State = Digest.State


# --- What is due ---------------------------------------------------------------------------------
def insert_due(*, now: dt.datetime) -> int:
    """Insert the rows of every member whose club's day and hour have come; return how many."""
    rows = []
    for membership in _readers():
        due_at = _latest_due(membership, now=now)
        if due_at < max(membership.joined_at, now - TOO_OLD):
            continue
        week = monday_of(due_at.astimezone(membership.user.zone).date()) - WEEK
        kind = KIND_OF_ROLE[Role(membership.role)]
        rows.append(Digest(membership=membership, kind=kind, week=week, due_at=due_at))
    return _insert(rows)


def insert_week(*, week: dt.date, now: dt.datetime, club: Club | None = None) -> int:
    """Insert the rows of one week, due now, whatever the day; return how many were new."""
    rows = [
        Digest(membership=one, kind=KIND_OF_ROLE[Role(one.role)], week=week, due_at=now)
        for one in _readers()
        if club is None or one.club_id == club.pk
    ]
    return _insert(rows)


def _readers() -> Iterator[Membership]:
    """Members who get a mail; a runner of several clubs gets one only."""
    seen: set[int] = set()
    members = (
        Membership.objects.active()
        .filter(role__in=KIND_OF_ROLE)
        .select_related("user", "club")
        .order_by("pk")
    )
    for membership in members:
        if membership.role == Role.RUNNER and membership.user_id in seen:
            continue
        if membership.role == Role.RUNNER:
            seen.add(membership.user_id)
        yield membership


def _latest_due(membership: Membership, *, now: dt.datetime) -> dt.datetime:
    """Return the club's latest mail hour that has passed, in the reader's own zone."""
    club, zone = membership.club, membership.user.zone
    monday = monday_of(now.astimezone(zone).date())
    for week in (monday, monday - WEEK):
        day = week + dt.timedelta(days=club.digest_weekday)
        due_at = dt.datetime.combine(day, dt.time(club.digest_hour), zone).astimezone(dt.UTC)
        if due_at <= now:
            break
    return due_at


def _insert(rows: list[Digest]) -> int:
    """Insert what is not there yet; the unique constraint decides between two beats."""
    known = set(
        Digest.objects.filter(week__in={row.week for row in rows}).values_list(
            "membership_id", "kind", "week"
        )
    )
    new = [row for row in rows if (row.membership_id, row.kind, row.week) not in known]
    Digest.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def release_stuck(*, now: dt.datetime) -> int:
    """Give back the claims of senders that died; return how many."""
    stale = now - dt.timedelta(seconds=settings.MAIL_STUCK_SECONDS)
    stuck = Digest.objects.filter(state=State.CLAIMED, claimed_at__lt=stale)
    return stuck.update(state=State.DUE, claimed_at=None)


def sendable(*, now: dt.datetime) -> QuerySet[Digest]:
    """Return the rows that may be sent now, oldest first."""
    return Digest.objects.filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=now), state=State.DUE, due_at__lte=now
    ).order_by("due_at", "pk")


# --- Sending -------------------------------------------------------------------------------------
def claim(digest_id: int, *, now: dt.datetime) -> bool:
    """Take a row for oneself; of any number of senders exactly one gets True."""
    mine = sendable(now=now).order_by().filter(pk=digest_id)
    return bool(mine.update(state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1))


def send_digest(digest_id: int, *, now: dt.datetime) -> str | None:
    """Send one mail if it is due and nobody else is at it; return the row's new state or None."""
    if not claim(digest_id, now=now):
        return None
    digest = Digest.objects.select_related("membership__user", "membership__club").get(pk=digest_id)
    why_not = _why_not(digest, now=now)
    if why_not:
        return _store(digest, State.SKIPPED, reason=why_not)
    if _must_wait(digest, now=now):
        again = now + dt.timedelta(seconds=settings.MAIL_LOOK_AGAIN_SECONDS)
        return _store(digest, State.DUE, next_try_at=again, attempts=F("attempts") - 1)
    mail = mail_of(digest, on=digest.membership.user.today(now=now))
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as error:
        return _after_failure(digest, error, now=now)
    return _store(digest, State.SENT, sent_at=now)


def _why_not(digest: Digest, *, now: dt.datetime) -> str:
    """Say why this mail is not sent any more; empty: it is."""
    membership = digest.membership
    if membership.left_at is not None or not membership.user.is_active:
        return "no longer a member"
    if KIND_OF_ROLE.get(Role(membership.role)) != digest.kind:
        return "another role now"
    if not is_wanted(membership.user, kind=digest.kind):
        return "does not want this mail"
    return "too late to be of use" if now - digest.due_at > TOO_OLD else ""


def _must_wait(digest: Digest, *, now: dt.datetime) -> bool:
    """A runner's mail waits a while for the week to be judged, then says what is known."""
    if digest.kind != MailKind.RUNNER or now - digest.due_at > WAIT_FOR_ASSESSMENT:
        return False
    settled = WeeklyAssessment.objects.filter(
        runner=digest.membership.user, week=digest.week, settled_at__isnull=False
    )
    return not settled.exists()


def _after_failure(
    digest: Digest, error: smtplib.SMTPException | OSError, *, now: dt.datetime
) -> str:
    if _is_permanent(error):
        return _store(digest, State.FAILED, reason=_words(error))
    wait = _patience(digest.attempts)
    return _store(digest, State.DUE, next_try_at=now + wait, reason=_words(error))


def _patience(attempts: int) -> dt.timedelta:
    """Return how long to wait after that many attempts: three times as long each time."""
    seconds = settings.MAIL_RETRY_SECONDS * 3 ** (attempts - 1)
    return dt.timedelta(seconds=min(seconds, LONGEST_BACKOFF.total_seconds()))


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _words(error: Exception) -> str:
    """SMTP's words about the delivery, never the mail's."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [
            f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values()
        ]
        return "; ".join(answers)[:REASON_LENGTH]
    return f"{type(error).__name__}: {error}"[:REASON_LENGTH]


def _store(digest: Digest, state: str, **fields: object) -> str:
    """Store the outcome, if the claim is still ours."""
    ours = Digest.objects.filter(pk=digest.pk, state=State.CLAIMED, claimed_at=digest.claimed_at)
    ours.update(state=state, claimed_at=None, **({"reason": ""} | fields))
    return state
