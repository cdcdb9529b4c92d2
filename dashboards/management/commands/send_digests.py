"""Send the weekly mails that are due, now, in this process."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dashboards.models import Digest
from dashboards.services import digests, ledger
from dashboards.services.letters import letter_of
from members.models import Club
from members.weeks import week_from_name, week_name


class Command(BaseCommand):
    """Exit 0; 1 where a mail failed; 2 for a wrong call."""

    help = "Send the weekly mails that are due, or those of the named week."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the week, the club, --dry-run and --json."""
        parser.add_argument(
            "--week", metavar="2026-W10", help="this week's mails, whatever the day"
        )
        parser.add_argument("--club", metavar="SLUG", help="this club's members only")
        parser.add_argument("--dry-run", action="store_true", help="send nothing")
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Insert, release, send; say what became of each."""
        now = timezone.now()
        club = _club(options["club"])
        if options["week"]:
            digests.insert_week(week=_week(options["week"], now), now=now, club=club)
        else:
            digests.insert_due(now=now)
        ledger.release_stuck(now=now)
        due = Digest.objects.sendable(now=now).select_related(
            "membership__user", "membership__club"
        )
        if club is not None:
            due = due.filter(membership__club=club)
        if options["week"]:
            due = due.filter(week=_week(options["week"], now))
        told = [self._tell(one, now=now, dry_run=options["dry_run"]) for one in due]
        if options["json"]:
            self.stdout.write(json.dumps({"digests": told}))
        else:
            for one in told:
                line = f"{one['state']:<8} {one['email']}  {one['subject']}  {one['reason']}"
                self.stdout.write(line.rstrip())
            self.stdout.write(f"{sum(one['state'] == 'sent' for one in told)} sent.")
        if any(one["state"] == "failed" for one in told):
            raise CommandError("Some mails were refused for good.", returncode=1)

    def _tell(self, digest: Digest, *, now: Any, dry_run: bool) -> dict[str, Any]:
        user = digest.membership.user
        subject = letter_of(digest, on=user.today(now=now)).subject
        state, reason = "due", ""
        if not dry_run:
            digests.send_digest(digest.pk, now=now)
            digest.refresh_from_db()
            state, reason = digest.state, digest.reason
        return {
            "email": user.email,
            "kind": digest.kind,
            "week": week_name(digest.week),
            "subject": subject,
            "state": state,
            "reason": reason,
        }


def _club(slug: str | None) -> Club | None:
    if slug is None:
        return None
    club = Club.objects.filter(slug=slug).first()
    if club is None:
        raise CommandError(f"There is no club {slug}.", returncode=2)
    return club


def _week(name: str, now: Any) -> Any:
    try:
        week = week_from_name(name)
    except ValueError as error:
        raise CommandError(str(error), returncode=2) from None
    if week > now.date():
        raise CommandError(f"{name} has not begun.", returncode=2)
    return week
