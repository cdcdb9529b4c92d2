"""Everything about one person as a zip: a CSV and a JSON for each table, and what they mean.

Written row by row into a file, so that memory does not grow with the rows.
"""

import csv
import datetime as dt
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from typing import IO, Any

from django.db import models

from dashboards.models import DataExport, Digest, MailHour, MailPreference, Notice, SharedSheet
from injuries.risk import ENGINE_VERSION
from injuries.services import export as injuries_export
from members.models import User
from members.services import export as members_export
from members.services.portable import Table, names

FORMAT, VERSION = "surefoot-export", 1
"""A reader that knows version n reads every version up to n; see docs/export.md."""

SENT_FROM_HERE = "A record of what was sent from here."

TABLES: tuple[Table, ...] = (
    *members_export.TABLES,
    *injuries_export.TABLES,
    Table(
        name="mail_preferences",
        model=MailPreference,
        of="user",
        columns=("kind", "frequency", "changed_at"),
        why_not_restored="Choose in the settings which mail you get.",
    ),
    Table(
        name="mail_hour",
        model=MailHour,
        of="user",
        columns=("hour", "changed_at"),
        why_not_restored="Choose in the settings when mail comes.",
    ),
    Table(
        name="weekly_mails",
        model=Digest,
        of="membership__user",
        columns=names("club kind week state due_at sent_at attempts reason"),
        left_out={
            "membership": "Named by its club.",
            "claimed_at": members_export.THE_PROGRAM,
            "next_try_at": members_export.THE_PROGRAM,
            "resends": members_export.THE_PROGRAM,
        },
        values={"club": lambda row: row.membership.club.name},
        related=("membership__club",),
        why_not_restored=SENT_FROM_HERE,
    ),
    Table(
        name="other_mails",
        model=Notice,
        of="user",
        columns=names("kind state due_at sent_at attempts reason"),
        left_out={
            "key": "It names other rows; of use to the program only.",
            "membership": "The club a coach was mailed about; it is in memberships.",
            "about": "Whom a coach was mailed about is in that runner's list of who looked.",
            "invitation": "An invitation has no reader with an account.",
            "bundled_on": members_export.THE_PROGRAM,
            "claimed_at": members_export.THE_PROGRAM,
            "next_try_at": members_export.THE_PROGRAM,
            "resends": members_export.THE_PROGRAM,
        },
        why_not_restored=SENT_FROM_HERE,
    ),
)

LEFT_OUT: Mapping[type[models.Model], str] = {
    **members_export.LEFT_OUT,
    **injuries_export.LEFT_OUT,
    SharedSheet: "A copy of what other tables hold, gone with its link within a week.",
    DataExport: "The downloads themselves; each is gone after some days.",
}

README = """\
Everything Surefoot keeps about one person, as of {made_at}.

Each table stands here twice: as CSV for people and spreadsheets (UTF-8, a comma between the
columns) and as JSON for programs. manifest.json says how many rows each holds. Distances are whole
metres, durations whole seconds, pain and effort 0 to 10; days and moments are ISO 8601. An empty
cell, or null, is something nobody said: never a zero, and never a day of rest.

What each column means: docs/export.md of the program, format {format}, version {version}.
It can be restored under "My data" into an empty account or into the same one.

These are health data. Whoever has this file can read them.
"""


def count_rows(person: User) -> int:
    """Return how many rows an export would hold."""
    return sum(table.rows_of(person).count() for table in TABLES)


def write_export(person: User, out: IO[bytes], *, now: dt.datetime) -> dict[str, int]:
    """Write the zip; return the number of rows by table."""
    counts = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            counts[table.name] = _write_table(archive, table, person, now=now)
        about = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": now.isoformat(timespec="seconds"),
            "engine": ENGINE_VERSION,
            "rows": counts,
        }
        _write(archive, "manifest.json", json.dumps(about, indent=2) + "\n", now=now)
        words = {"format": FORMAT, "version": VERSION, "made_at": about["made_at"]}
        _write(archive, "README.txt", README.format(**words), now=now)
    return counts


def _write_table(archive: zipfile.ZipFile, table: Table, person: User, *, now: dt.datetime) -> int:
    """Write both files from one reading, so that they never differ; the CSV waits on disk."""
    count = 0
    with (
        tempfile.TemporaryFile("w+b") as waiting,
        archive.open(_entry(f"{table.name}.json", now=now), "w", force_zip64=True) as lines,
    ):
        text = io.TextIOWrapper(waiting, encoding="utf-8", newline="")
        sheet = csv.writer(text)
        sheet.writerow(("id", *table.columns))
        for row in table.stream(person):
            lines.write(b",\n" if count else b"[\n")
            lines.write(json.dumps(table.record(row), ensure_ascii=False).encode())
            sheet.writerow(table.cells(row))
            count += 1
        lines.write(b"\n]\n" if count else b"[]\n")
        lines.close()
        text.flush()
        waiting.seek(0)
        with archive.open(_entry(f"{table.name}.csv", now=now), "w", force_zip64=True) as cells:
            while chunk := waiting.read(65_536):
                cells.write(chunk)
        text.detach()
    return count


def _write(archive: zipfile.ZipFile, name: str, text: str, *, now: dt.datetime) -> None:
    archive.writestr(_entry(name, now=now), text.encode())


def _entry(name: str, *, now: dt.datetime) -> zipfile.ZipInfo:
    made: Any = now.astimezone(dt.UTC).timetuple()[:6]
    entry = zipfile.ZipInfo(name, made)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
