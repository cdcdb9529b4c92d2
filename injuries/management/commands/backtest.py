"""`manage.py backtest`: how good the flags are, on recorded histories."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from injuries.backtest import RESAMPLES, SEED, Malformed, as_text, nothing_in, of_logs, read
from injuries.services.flag_reports import club_figures
from members.models import Club

MOST_RESAMPLES = 100_000


class Command(BaseCommand):
    """Exit 0; 1 where nothing could be worked out; 2 for malformed files or a wrong call."""

    help = (
        "Replay recorded histories through the rules, looking backwards only: alert burden, what "
        "came after, and how well numbers tell, each with an interval over athletes. Reads the "
        "club's own histories, or training logs in the layout of doi:10.34894/UWU9PV "
        "(daily_long.csv, events.csv, also .gz; files or a folder of them)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files or a club, and how the intervals are drawn."""
        parser.add_argument("paths", nargs="*", metavar="FILE_OR_FOLDER", help="training logs")
        parser.add_argument("--club", metavar="SLUG", help="this club's own histories")
        parser.add_argument("--seed", type=int, default=SEED, help=f"of the draws ({SEED})")
        parser.add_argument(
            "--resamples",
            type=int,
            default=RESAMPLES,
            help=f"draws behind each interval ({RESAMPLES})",
        )
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay, and print the figures."""
        if not 1 <= options["resamples"] <= MOST_RESAMPLES:
            raise CommandError(f"--resamples must be from 1 to {MOST_RESAMPLES}.", returncode=2)
        if options["paths"] and options["club"]:
            raise CommandError("Name files or a club, not both.", returncode=2)
        how = {"seed": options["seed"], "resamples": options["resamples"]}
        if options["paths"]:
            figures = _of_files(options["paths"], how)
        else:
            figures = _of_club(options["club"], how)
        if nothing_in(figures):
            raise CommandError(figures.get("why") or "Not a week or day could be judged.")
        self.stdout.write(json.dumps(figures) if options["json"] else as_text(figures))


def _of_files(paths: list[str], how: dict[str, int]) -> dict[str, Any]:
    try:
        return of_logs(read([Path(path) for path in paths]), **how)
    except Malformed as error:
        raise CommandError(str(error), returncode=2) from None


def _of_club(slug: str | None, how: dict[str, int]) -> dict[str, Any]:
    clubs = Club.objects.filter(slug=slug) if slug else Club.objects.order_by("pk")[:2]
    if slug and not clubs:
        raise CommandError(f"There is no club {slug}.")
    if len(clubs) != 1:
        raise CommandError("Name files, or a club with --club.", returncode=2)
    club = clubs[0]
    return {"club": club.slug} | club_figures(club, now=timezone.now(), **how)
