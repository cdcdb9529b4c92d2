"""How a row of the send ledger becomes a mail: the same for every kind of mail.

due -> claimed by a conditional UPDATE -> sent, skipped or failed, or due again a little later.
A worker may die at any line: before the claim nothing happened, after it the claim grows stale and
is released; only a crash between sending and storing can repeat a mail, and the row counts it.
"""

import datetime as dt
import re
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from dashboards.models import Digest, Notice, Posting
from dashboards.models.mail import REASON_LENGTH

LEDGERS: tuple[type[Posting], ...] = (Digest, Notice)
ADDRESS = re.compile(r"<?[^\s<>'\"]+@[^\s<>'\"]+>?")
LONGEST_BACKOFF = dt.timedelta(hours=6)

State = Posting.State


def release_stuck(*, now: dt.datetime) -> int:
    """Give back the claims of senders that died; return how many."""
    stale = now - dt.timedelta(seconds=settings.MAIL_STUCK_SECONDS)
    return sum(
        ledger.objects.filter(state=State.CLAIMED, claimed_at__lt=stale).update(
            state=State.DUE, claimed_at=None
        )
        for ledger in LEDGERS
    )


def claim(ledger: type[Posting], pk: int, *, now: dt.datetime) -> bool:
    """Take a row for oneself; of any number of senders exactly one gets True."""
    mine = ledger.objects.sendable(now=now).order_by().filter(pk=pk)
    return bool(mine.update(state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1))


def send(rows: Sequence[Posting], mail: EmailMessage, *, now: dt.datetime) -> str:
    """Send the one mail of claimed rows with no transaction open; store and return their state."""
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as error:
        if _is_permanent(error):
            return _store_all(rows, State.FAILED, reason=_words(error))
        again = now + _patience(rows[0].attempts)
        return _store_all(rows, State.DUE, next_try_at=again, reason=_words(error))
    return _store_all(rows, State.SENT, sent_at=now)


def _store_all(rows: Sequence[Posting], state: str, **fields: object) -> str:
    for row in rows:
        store(row, state, **fields)
    return state


def give_up(row: Posting, why: str) -> str:
    """Store why a row's time is over: failed where sending was tried, else skipped."""
    if row.reason:
        last = f"given up after {row.attempts - 1} attempts; the last: {row.reason}"
        return store(row, State.FAILED, reason=last[:REASON_LENGTH])
    return store(row, State.SKIPPED, reason=why)


def wait(row: Posting, *, now: dt.datetime) -> str:
    """Give a claimed row back without counting an attempt; something has to happen first."""
    again = now + dt.timedelta(seconds=settings.MAIL_LOOK_AGAIN_SECONDS)
    return store(row, State.DUE, next_try_at=again, attempts=F("attempts") - 1, reason=row.reason)


def store(row: Posting, state: str, **fields: object) -> str:
    """Store the outcome, if the claim is still ours."""
    ours = type(row).objects.filter(pk=row.pk, state=State.CLAIMED, claimed_at=row.claimed_at)
    ours.update(state=state, claimed_at=None, **({"reason": ""} | fields))
    return state


def _patience(attempts: int) -> dt.timedelta:
    """Return how long to wait after that many attempts: three times as long each time."""
    seconds = settings.MAIL_RETRY_SECONDS * 3 ** (attempts - 1)
    return dt.timedelta(seconds=min(seconds, LONGEST_BACKOFF.total_seconds()))


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _words(error: Exception) -> str:
    """SMTP's words about the delivery, without addresses; never the mail's."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(
            f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values()
        )
    else:
        said = f"{type(error).__name__}: {error}"
    return ADDRESS.sub("(address)", said)[:REASON_LENGTH]
