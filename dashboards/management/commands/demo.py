"""`manage.py demo`: the believable club."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from dashboards.demo.cast import CLUB_SLUG
from dashboards.services.demo import Login, RealMembersError, fill_club
from dashboards.services.demo_year import NothingReadError, add_year
from injuries.services.flag_reports import make_flag_report
from members.models import Club


class Command(BaseCommand):
    """Fills an empty database; running it again changes nothing."""

    help = (
        "Fill an empty database with a believable club: the same every time, relative to today. "
        "Refuses (exit 1) a database with real members."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--members", type=int, default=40, help="runners (default 40)")
        parser.add_argument("--weeks", type=int, default=52, help="weeks of history (default 52)")
        parser.add_argument("--seed", type=int, default=7, help="another seed, another club")
        parser.add_argument(
            "--with-year", metavar="ZIP", help="activity files of one more runner: a file or a zip"
        )
        parser.add_argument("--as", dest="year_email", metavar="EMAIL", help="that runner's email")
        parser.add_argument(
            "--move-to-now",
            action="store_true",
            help="move that year by whole weeks so that it ends in the last seven days",
        )
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, **options: Any) -> None:
        """Fill, assess, and print the logins. Exit 1 where refused, 2 for unusable options."""
        _check(options)
        now = timezone.now()
        try:
            logins = fill_club(
                members=options["members"], weeks=options["weeks"], seed=options["seed"], now=now
            )
            if options["with_year"]:
                path = Path(options["with_year"])
                login = add_year(
                    name=path.name,
                    content=path.read_bytes(),
                    email=options["year_email"],
                    move_to_now=options["move_to_now"],
                    now=now,
                )
                logins += (login,)
            make_flag_report(Club.objects.get(slug=CLUB_SLUG).pk, now=now)
        except (RealMembersError, NothingReadError) as error:
            raise CommandError(str(error)) from None
        self._print(logins, as_json=options["json"])

    def _print(self, logins: tuple[Login, ...], *, as_json: bool) -> None:
        if as_json:
            shown = {
                "url": settings.SITE_URL,
                "club": CLUB_SLUG,
                "logins": [asdict(login) for login in logins],
            }
            self.stdout.write(json.dumps(shown))
            return
        self.stdout.write(f"Demo club at {settings.SITE_URL}/c/{CLUB_SLUG}/")
        for login in logins:
            self.stdout.write(f"  {login.role:<7} {login.email}  {login.password}")


def _check(options: dict[str, Any]) -> None:
    if not 1 <= options["members"] <= 5000:
        raise CommandError("--members must be from 1 to 5000.", returncode=2)
    if not 4 <= options["weeks"] <= 520:
        raise CommandError("--weeks must be from 4 to 520.", returncode=2)
    if bool(options["with_year"]) != bool(options["year_email"]):
        raise CommandError("--with-year and --as go together.", returncode=2)
    if options["with_year"] and not Path(options["with_year"]).is_file():
        raise CommandError(f"{options['with_year']}: there is no such file.", returncode=2)
    if options["year_email"]:
        try:
            validate_email(options["year_email"])
        except ValidationError:
            raise CommandError("--as must be an email address.", returncode=2) from None
