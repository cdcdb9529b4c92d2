"""New clubs for the rounds of chaos.py, made by a process that lives through all of them.

Reads a number from a line of its input, makes that club with everything due to it, and says the
key of its first runner. `amiss()` says what is wrong in the end.
"""

import json
import sys
import time
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from injuries.services.assessing import LATE_WEEKS
from members.models import Activity, ImportBatch, User
from members.services.tokens import create_token
from tests.servers.club import add_club, wrong_assessments

RUNNERS = 6  # of each round's club
TRIES = 200


def feed() -> None:
    """Make a club for each line, until there are no more."""
    for line in sys.stdin:
        made = {"key": _patiently(int(line)), "judged": RUNNERS * LATE_WEEKS, "mails": RUNNERS + 1}
        print(json.dumps(made), flush=True)


def _patiently(number: int) -> str:
    """Make it again and again while the database is away: all of it or nothing."""
    for _ in range(TRIES):
        try:
            return _make(number)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.1)
    raise RuntimeError("The database does not come back.")


@transaction.atomic
def _make(number: int) -> str:
    add_club(f"round{number:02d}", runners=RUNNERS, changed=1)
    first = User.objects.get(email=f"runner-00@round{number:02d}.example")
    _, key = create_token(first, name="chaos", now=timezone.now())
    return key


def amiss() -> dict[str, Any]:
    """Return what is wrong: with the assessments, with runs sent to a page, with imports."""
    sent = Activity.objects.filter(client_key__isnull=False)
    read = Activity.objects.filter(source="file").values("runner", "started_at")
    return wrong_assessments() | {
        "sent": sorted(str(key) for key in sent.values_list("client_key", flat=True)),
        "read": Activity.objects.filter(source="file").count(),
        "read twice": read.annotate(n=Count("pk")).filter(n__gt=1).count(),
        "imports": dict(ImportBatch.objects.values_list("state").annotate(Count("pk"))),
    }
