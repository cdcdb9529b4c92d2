"""The mails about people. No mail says anything about anybody's pain."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from members.links import join_link
from members.models import Invitation


def send_invitation(invitation: Invitation) -> None:
    """Mail the link into the club. Raises OSError (SMTP's errors are some) where it cannot."""
    context = {
        "invitation": invitation,
        "club": invitation.club,
        "invited_by": invitation.invited_by,
        "link": join_link(invitation.pk),
    }
    # A club's name is one line, but a header must never depend on it.
    subject = " ".join(f"Your invitation to {invitation.club.name}".split())
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("members/email/invitation.txt", context),
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.send()
