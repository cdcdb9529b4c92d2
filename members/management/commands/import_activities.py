"""Take in activity files for one member: files, folders or zips."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.activity_files.archive import printable
from members.models import User
from members.services.imports import ADDED, DUPLICATE, FAILED, SKIPPED, FileResult, Import
from members.services.imports.paths import Group, groups

LINE = 4096  # characters of a path that are printed


class Command(BaseCommand):
    """Exit 0; 1 where a file failed; 2 for a wrong call."""

    help = (
        "Take in FIT, GPX and TCX files and tables (CSV) for one member, also packed as .gz, in "
        "folders or in zips. Twice is once: what is in the log already is told as a duplicate. "
        "A table that is not known here failed where it is named itself, and is skipped in a "
        "folder or zip. Exit status 0; 1 where a file failed; 2 for a wrong call."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the member, the paths, --dry-run and --json."""
        parser.add_argument("--member", required=True, metavar="EMAIL", help="whose log it is")
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder or a zip")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report, one line or entry per activity."""
        runner = User.objects.filter(email__iexact=options["member"]).first()
        if runner is None:
            raise CommandError(f"Nobody here has the email {options['member']}.", returncode=2)
        # A wrong path is found before any is read.
        found = [group for path in options["paths"] for group in _groups(path)]
        incoming = Import(runner, now=timezone.now(), dry_run=options["dry_run"])
        results = [result for group in found for result in incoming.take_group(group)]
        incoming.close()
        if options["json"]:
            self.stdout.write(json.dumps({"files": [as_json(result) for result in results]}))
        else:
            self.stdout.write("\n".join([*map(_line, results), _summary(results)]))
        failed = sum(result.status == FAILED for result in results)
        if failed:
            files = "1 file" if failed == 1 else f"{failed} files"
            raise CommandError(f"{files} could not be read.", returncode=1)


def as_json(result: FileResult) -> dict[str, Any]:
    """Return a result as the command prints it."""
    started = result.started_at
    return {
        "file": result.file,
        "status": result.status,
        "reason": result.reason,
        "kind": result.kind or None,
        "started_at": None if started is None else started.isoformat(),
        "distance_m": result.distance_m,
        "duration_s": result.duration_s,
    }


def _line(result: FileResult) -> str:
    return f"{result.status:<9} {printable(result.file, LINE)}  {result.reason}".rstrip()


def _summary(results: list[FileResult]) -> str:
    count = Counter(result.status for result in results)
    told = [f"{count[ADDED]} added", f"{count[DUPLICATE]} already there"]
    told += [f"{count[one]} {one}" for one in (SKIPPED, FAILED) if count[one]]
    return ", ".join(told) + "."


def _groups(text: str) -> list[Group]:
    try:
        return list(groups(Path(text)))
    except OSError as error:
        raise CommandError(
            f"There is no file or folder {printable(text, LINE)}.", returncode=2
        ) from error
