"""Take in activity files for one member: files, folders or zips."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.activity_files import is_archive, is_junk
from members.models import User
from members.services.imports import ADDED, DUPLICATE, FAILED, FileResult, Import


class Command(BaseCommand):
    """Exit 0; 1 where a file failed; 2 for a wrong call."""

    help = "Take in GPX, TCX and FIT files (also .gz), folders or zips of them for one member."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the member, the paths, --dry-run and --json."""
        parser.add_argument("--member", required=True, metavar="EMAIL")
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report, one line or entry per activity."""
        runner = User.objects.filter(email__iexact=options["member"]).first()
        if runner is None:
            raise CommandError(f"Nobody here has the email {options['member']}.", returncode=2)
        incoming = Import(runner, now=timezone.now(), dry_run=options["dry_run"])
        results = []
        # A wrong path is found before any is read.
        for archive, loose in list(_groups(options["paths"])):
            results += incoming.take_archive(archive) if archive else incoming.take_files(loose)
        incoming.close()
        if options["json"]:
            self.stdout.write(json.dumps({"files": [as_json(result) for result in results]}))
        else:
            for result in results:
                self.stdout.write(f"{result.status:<9} {result.file}  {result.reason}".rstrip())
            count = Counter(result.status for result in results)
            self.stdout.write(f"{count[ADDED]} added, {count[DUPLICATE]} already there.")
        failed = [result for result in results if result.status == FAILED]
        if failed:
            files = "1 file" if len(failed) == 1 else f"{len(failed)} files"
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


def _groups(paths: list[str]) -> Iterator[tuple[Path | None, list[Path]]]:
    """Yield an archive, or files that lie beside each other, for a table finds its recordings."""
    for text in paths:
        files = _files(text)
        archives = {one for one in files if _is_archive(one)}
        loose = [one for one in files if one not in archives]
        if loose:
            yield None, loose
        yield from ((one, []) for one in files if one in archives)


def _files(text: str) -> list[Path]:
    path = Path(text)
    if path.is_dir():
        inside = sorted(one for one in path.rglob("*") if one.is_file())
        return [one for one in inside if not is_junk(str(one.relative_to(path)))]
    if path.is_file():
        return [path]
    raise CommandError(f"There is no file or folder {text}.", returncode=2)


def _is_archive(path: Path) -> bool:
    """By its content; a file that cannot be opened says so when it is read."""
    try:
        with path.open("rb") as file:
            return is_archive(file.read(4), path.name)
    except OSError:
        return False
