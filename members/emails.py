"""How every mail is put together, and the mails about people. None says anything about pain."""

from collections.abc import Mapping, Sequence
from email.mime.image import MIMEImage
from email.utils import make_msgid
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string

from members.links import join_link
from members.models import Invitation

# No mailbox answers a mail of ours by itself (RFC 3834 and Microsoft's own word for it).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def mail_domain() -> str:
    """Return the host of SITE_URL, which stands in Message-ID and List-ID."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def compose(
    *,
    subject: str,
    text: str,
    to: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    images: Sequence[MIMEImage] = (),
) -> EmailMultiAlternatives:
    """Return a mail with both parts; without `html` (from `html_part`) it is made of the text."""
    subject = " ".join(subject.split())  # a header must never depend on what somebody typed
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[to],
        headers={"Message-ID": make_msgid(domain=mail_domain()), **AUTOMATIC, **(headers or {})},
    )
    if not html:
        said = text.partition("\n--\n")[0].strip()  # the HTML part has a foot of its own
        html = html_part("mail/plain.html", {"subject": subject, "text": said})
    mail.attach_alternative(html, "text/html")
    if images:
        mail.mixed_subtype = "related"
    for image in images:
        mail.attach(image)
    return mail


def html_part(template: str, context: Mapping[str, Any]) -> str:
    """Return a template on mail/base.html with its style written onto the elements.

    Only the rules for dark readers stay in the head: they cannot be written onto an element.
    """
    html = render_to_string(template, dict(context))
    return css_inline.inline(html, extra_css=_css(), keep_at_rules=True)


@cache
def _css() -> str:
    return render_to_string("mail/mail.css")


def with_html(mail: EmailMessage) -> EmailMultiAlternatives:
    """Return a mail that has a text only, such as allauth's, as all of ours are."""
    return compose(subject=mail.subject, text=mail.body, to=mail.to[0], headers=mail.extra_headers)


def invitation_mail(invitation: Invitation, *, message_name: str) -> EmailMultiAlternatives:
    """Return the mail with the link into the club."""
    context = {
        "invitation": invitation,
        "club": invitation.club,
        "invited_by": invitation.invited_by,
        "link": join_link(invitation.pk),
    }
    return compose(
        subject=f"Your invitation to {invitation.club.name}",
        text=render_to_string("members/email/invitation.txt", context),
        to=invitation.email,
        headers={"Message-ID": f"<{message_name}@{mail_domain()}>"},
    )
