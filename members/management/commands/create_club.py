"""Create a club and mail its first admin the link in."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from members.links import join_link
from members.services.clubs import create_club
from members.services.invitations import invite_first_admin


class Command(BaseCommand):
    """`manage.py create_club "Heath Harriers" --admin alex@example.org`."""

    help = "Create a club and mail its first admin an invitation; the link is printed as well."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("name", help="what the club is called")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="the first admin")
        parser.add_argument("--slug", default="", help="the word in its address; else from NAME")
        parser.add_argument("--json", action="store_true", help="print one JSON object only")

    def handle(self, *, name: str, admin: str, slug: str, **options: Any) -> None:
        """Do it, or nothing where anything is refused."""
        now = timezone.now()
        try:
            with transaction.atomic():
                club = create_club(name=name, slug=slug, now=now)
                invitation = invite_first_admin(club, email=admin, now=now)
        except ValidationError as error:
            raise CommandError(_one_line(error)) from None
        link = join_link(invitation.pk)
        if options["json"]:
            said = {"club": club.slug, "admin": invitation.email, "link": link}
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write(f"{club} is created. Invitation for {invitation.email}:\n{link}")


def _one_line(error: ValidationError) -> str:
    return " ".join(
        f"{field}: {' '.join(sentences)}" for field, sentences in error.message_dict.items()
    )
