"""Delete one member and everything about them."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dashboards.management.commands.export_member import member
from dashboards.services.erasing import erase, what_goes


class Command(BaseCommand):
    """Exit 0; 1 where somebody else has to become an admin first, or nobody said yes; 2 else."""

    help = "Delete one member and everything about them, at once and for good; asks first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the member, and --yes for programs."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what goes, have the address typed again, delete."""
        person = member(options["email"])
        for title, count in what_goes(person):
            self.stdout.write(f"  {count:>6} {title}")
        if not options["yes"] and _typed() != person.email:
            raise CommandError("Nothing was deleted.", returncode=1)
        try:
            erase(person, now=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=1) from None
        self.stdout.write("Deleted. Backups keep a copy until they are replaced.")


def _typed() -> str:
    try:
        return input("This cannot be undone. Type the address again to delete: ").strip().lower()
    except EOFError:
        return ""
