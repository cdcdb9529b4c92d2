"""How allauth treats our people: nobody signs up without an invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from members.models import User


def display_name(user: User) -> str:
    """Return what allauth's pages call somebody."""
    return str(user)


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Closes allauth's sign-up; accounts are made by accepting an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see members.services.invitations."""
        return False
