"""How allauth treats our people: nobody signs up without an invitation."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from members.emails import with_html
from members.links import absolute
from members.models import User


def display_name(user: User) -> str:
    """Return what allauth's pages call somebody."""
    return str(user)


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Closes allauth's sign-up; accounts are made by accepting an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see members.services.invitations."""
        return False

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Give codes and notices the look of every other mail."""
        context = {"site": settings.SITE_URL, **context}
        return with_html(super().render_mail(template_prefix, email, context, headers))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links in mail go to SITE_URL, whatever name the request came in by."""
        return absolute(urlsplit(super().get_reset_password_from_key_url(key)).path)
