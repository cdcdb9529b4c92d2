"""Do what the Monday job does, now, in this process."""

import datetime as dt
import json
from argparse import ArgumentParser
from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from injuries.services.assessing import assess_changed, changed_runners, runners_due, settle_weeks
from members.models import Club, Membership
from members.weeks import sunday_of, week_from_name, week_name


class Command(BaseCommand):
    """Exit 0; 2 for a wrong call."""

    help = "Judge every ended week that is not judged yet, or the named one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the week, the club and --json."""
        parser.add_argument("--week", metavar="2026-W10", help="this week only")
        parser.add_argument("--club", metavar="SLUG", help="this club's runners only")
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Assess, and say how many runner-weeks were open."""
        now = timezone.now()
        wanted = _runners_of(options["club"])
        for runner_id in changed_runners(before=now):
            if wanted is None or runner_id in wanted:
                assess_changed(runner_id, now=now)
        weeks = _weeks(options["week"], wanted, now=now)
        done = {
            week_name(week): settle_weeks(runner_ids, week=week, now=now)
            for week, runner_ids in sorted(weeks.items())
        }
        if options["json"]:
            weeks_done = [{"week": week, "assessed": count} for week, count in done.items()]
            self.stdout.write(json.dumps({"weeks": weeks_done}))
        else:
            for week, count in done.items():
                self.stdout.write(f"{week}: {count} assessed.")
            if not done:
                self.stdout.write("Nothing was due.")


def _runners_of(slug: str | None) -> set[int] | None:
    if slug is None:
        return None
    if not Club.objects.filter(slug=slug).exists():
        raise CommandError(f"There is no club {slug}.", returncode=2)
    runners = Membership.objects.active().runners().filter(club__slug=slug)
    return set(runners.values_list("user_id", flat=True))


def _weeks(name: str | None, wanted: set[int] | None, *, now: dt.datetime) -> dict[Any, list[int]]:
    """Return the runners to judge by week: the named week, else whatever is due."""
    weeks: dict[dt.date, list[int]] = defaultdict(list)
    if name is None:
        for runner_id, week in runners_due(now=now):
            if wanted is None or runner_id in wanted:
                weeks[week].append(runner_id)
        return weeks
    try:
        week = week_from_name(name)
    except ValueError as error:
        raise CommandError(str(error), returncode=2) from None
    if sunday_of(week) >= now.date():
        raise CommandError(f"{name} is not over yet.", returncode=2)
    runners = Membership.objects.active().runners()
    ids = set(runners.values_list("user_id", flat=True)) if wanted is None else wanted
    return {week: sorted(ids)}
