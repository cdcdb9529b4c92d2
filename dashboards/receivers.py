"""What happens here when somebody is invited, or takes back that answers about pain are kept."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from dashboards.services.notices import insert_invitation
from dashboards.services.sheets import delete_copies_with_answers
from dashboards.tasks import send_notice
from members.models import Invitation, User
from members.signals import health_consent_withdrawn, invited
from members.tasks import enqueue_on_commit


@receiver(invited, dispatch_uid="dashboards.mail_the_invitation")
def mail_the_invitation(
    sender: Any, *, invitation: Invitation, now: dt.datetime, **kwargs: Any
) -> None:
    """Store the row inside the inviting transaction; queue the sending after its commit."""
    enqueue_on_commit(send_notice, insert_invitation(invitation, now=now).pk)


@receiver(health_consent_withdrawn, dispatch_uid="dashboards.delete_shared_answers")
def delete_shared_answers(sender: Any, *, user: User, **kwargs: Any) -> None:
    """Delete the shared sheets that hold answers about pain, in the withdrawing transaction."""
    delete_copies_with_answers(user)
