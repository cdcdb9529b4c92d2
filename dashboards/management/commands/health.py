"""Say how the installation is doing, for people and for monitoring."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from dashboards.selectors.health import health


class Command(BaseCommand):
    """Exit 0 where nothing is amiss, 1 where something has to be looked at."""

    help = "Schedule, workers, queue, what waits, failed mails and the disk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --json."""
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look once and say it."""
        found = health(now=timezone.now())
        if options["json"]:
            told = asdict(found) | {"problems": found.problems}
            self.stdout.write(json.dumps(told, cls=DjangoJSONEncoder))
        else:
            for one in found.seen:
                self.stdout.write(f"{one.kind:<18} {one.name}, seen {one.at:%Y-%m-%d %H:%M:%S}")
            for work in found.waiting:
                since = f", since {work.oldest:%Y-%m-%d %H:%M}" if work.oldest else ""
                self.stdout.write(f"{work.name:<18} {work.count}{since}")
            self.stdout.write(f"{'queue':<18} {found.queue}")
            self.stdout.write(f"{'failed mails':<18} {found.failed_mails}")
            self.stdout.write(f"{'disk':<18} {found.disk_free_mb} MB free")
        if found.problems:
            raise CommandError(" ".join(found.problems), returncode=1)
