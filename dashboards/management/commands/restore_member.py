"""Bring an export back into one member's account."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dashboards.management.commands.export_member import member
from dashboards.services.export_reader import NotAnExport, read_export
from dashboards.services.restore import RestoreRefused, restore


class Command(BaseCommand):
    """Exit 0; 1 where the export is refused; 2 for a wrong call."""

    help = "Add what a member's export holds and the account lacks; a second time changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the member and the file."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and report, one line a table."""
        person = member(options["email"])
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=2)
        try:
            outcome = restore(person, read_export(path.read_bytes()), now=timezone.now())
        except NotAnExport as error:
            raise CommandError(f"{path}: {error}", returncode=1) from None
        except RestoreRefused as error:
            raise CommandError(f"{path}: {error}", returncode=1) from None
        for table in outcome.tables:
            left_out = f", {len(table.left_out)} left out" if table.left_out else ""
            self.stdout.write(f"{table.title}: {table.added} added, {table.there} there{left_out}")
        self.stdout.write(f"{outcome.added} rows added.")
