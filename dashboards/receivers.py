"""What happens here when somebody is invited: their mail goes into the ledger, and out."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from dashboards.services.notices import insert_invitation
from dashboards.tasks import send_notice
from members.models import Invitation
from members.signals import invited
from members.tasks import enqueue_on_commit


@receiver(invited, dispatch_uid="dashboards.mail_the_invitation")
def mail_the_invitation(
    sender: Any, *, invitation: Invitation, now: dt.datetime, **kwargs: Any
) -> None:
    """Store the row inside the inviting transaction; queue the sending after its commit."""
    enqueue_on_commit(send_notice, insert_invitation(invitation, now=now).pk)
