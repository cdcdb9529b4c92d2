"""Write everything about one member into a zip."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dashboards.services.export import write_export
from members.models import User


class Command(BaseCommand):
    """Exit 0; 1 where the file cannot be written; 2 for a wrong call."""

    help = "Write everything about one member into a zip, as My data does. It holds health data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the member and the file."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("file", metavar="FILE", type=Path, help="a file that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and say how much it is; a file that is there stays."""
        person = member(options["email"])
        path: Path = options["file"]
        try:
            with path.open("xb") as out:
                path.chmod(0o600)
                counts = write_export(person, out, now=timezone.now())
        except FileExistsError:
            raise CommandError(f"{path} is there already.", returncode=2) from None
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.", returncode=1) from None
        self.stdout.write(f"{sum(counts.values())} rows in {len(counts)} tables: {path}")


def member(email: str) -> User:
    """Return the person with that address. Raises CommandError."""
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"Nobody here has the email {email}.", returncode=2)
    return person
