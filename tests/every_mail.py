"""One mail of every kind there is, with as much in it as there can be."""

import datetime as dt

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from dashboards.emails import send_erased
from dashboards.models import Notice
from dashboards.services import notice_letters
from injuries.models import CoachDecision
from members.models import Invitation, Membership, Sharing
from tests.dashboards.services.mails import MONDAY, SEVEN, SUNDAY, WEEK, judged, run
from tests.dashboards.services.mails import mail as weekly
from tests.factories import (
    FlagFactory,
    HeelProblemFactory,
    ImportBatchFactory,
    MembershipFactory,
    ReturnPlanFactory,
    ShoeFactory,
)

DAY = dt.timedelta(days=1)


def every_mail(
    membership: Membership, coach: Membership, admin: Membership
) -> dict[str, tuple[EmailMultiAlternatives, Membership | None]]:
    """Return each kind's mail, and whose it is; somebody invited is nobody yet."""
    _fill(membership, coach)
    mails = {
        "runner": (weekly(membership), membership),
        "coach": (weekly(coach, kind="coach"), coach),
        "invitation": (notice_letters.mail_of([_invited(admin)]), None),
    }
    batch = ImportBatchFactory(runner=membership.user)
    keys = {"morning": MONDAY, "reminder": WEEK, "import": batch.pk, "export": MONDAY}
    rows = [
        Notice.objects.create(user=membership.user, kind=kind, key=str(key), due_at=SEVEN)
        for kind, key in keys.items()
    ]
    urgent = Notice.objects.create(
        user=coach.user, kind="urgent", key="1", due_at=SEVEN, membership=coach,
        about=membership.user,
    )  # fmt: skip
    mails |= {row.kind: (notice_letters.mail_of([row]), membership) for row in rows}
    mails["urgent"] = (notice_letters.mail_of([urgent]), coach)
    mails["a day's"] = (notice_letters.mail_of(rows), membership)
    return mails | _accounts(membership)


def _accounts(membership: Membership) -> dict[str, tuple[EmailMultiAlternatives, Membership]]:
    mail.outbox.clear()
    for path in ("/accounts/login/code/", "/accounts/password/reset/"):
        Client().post(path, {"email": membership.user.email})
    send_erased(membership.user.email)
    kinds = ("login code", "password", "erased")
    return {kind: (sent, membership) for kind, sent in zip(kinds, mail.outbox, strict=True)}


def _fill(membership: Membership, coach: Membership) -> None:
    """A long week with gaps, a worn pair, a plan and a note; other runners who need the coach."""
    runner = membership.user
    for back in range(1, 6):
        run(runner, 12, on=WEEK - 7 * back * DAY)
    run(runner, 31, on=SUNDAY)
    ShoeFactory(owner=runner, name="Blue with a name so long that it has to be broken " * 2)
    ShoeFactory(owner=runner, name="Old", start_m=950_000, limit_m=800_000)
    ReturnPlanFactory(problem=HeelProblemFactory(runner=runner))
    week = judged(runner, training="ease", ceiling_m=12_000, ceiling_until=SUNDAY + 20 * DAY)
    FlagFactory(assessment=week, level="over_100")
    CoachDecision.objects.create(
        assessment=week, club=coach.club, kind="noted", note="well done", note_shared=True,
        decided_by=coach.user, decided_at=SEVEN, due_on=MONDAY, owner=coach.user,
    )  # fmt: skip
    for number in range(14):
        other = MembershipFactory(
            club=coach.club, user__name=f"Maximiliana Featherstonehaugh {number}",
            sharing=Sharing.STATUS,
        )  # fmt: skip
        run(other.user, 10, on=SUNDAY)
        long = judged(other.user, training="ease")
        FlagFactory(assessment=long, level="over_100", for_coach=True)
    silent = MembershipFactory(club=coach.club, sharing=Sharing.STATUS)
    run(silent.user, 10, on=WEEK - 20 * DAY)


def _invited(admin: Membership) -> Notice:
    invitation = Invitation.objects.create(
        club=admin.club, email="new@example.org", invited_by=admin.user, expires_at=SEVEN + 7 * DAY
    )
    return Notice.objects.create(kind="invitation", invitation=invitation, key="1", due_at=SEVEN)
