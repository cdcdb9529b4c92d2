"""A table beside its recordings, as in the export of Strava or Runkeeper: each activity once.

The recording counts where it can be read, with the name and the kind its owner gave it in the
table; the table's row counts where there is no recording, or none that can be read.
"""

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from members.activity_files.kinds import Kind
from members.activity_files.tables.reading import TableRow
from members.activity_files.types import Outcome, ParsedActivity


@dataclass(frozen=True, slots=True)
class Links:
    """Rows by the number of their file, and those left over by the number of their table."""

    by_file: Mapping[int, list[TableRow]]
    left: Mapping[int, list[TableRow]]
    """Rows whose recording is not there; a table all of whose rows have theirs has none left."""


def find_links(names: Sequence[str], tables: Mapping[int, list[TableRow]]) -> Links:
    """Match the rows of tables (by the table's place in `names`) with the files they name."""
    numbers = {_key(name): number for number, name in reversed(list(enumerate(names)))}
    by_file: dict[int, list[TableRow]] = defaultdict(list)
    left: dict[int, list[TableRow]] = {}
    for table, rows in tables.items():
        folder = posixpath.dirname(names[table])
        left[table] = []
        for row in rows:
            number = numbers.get(_key(posixpath.join(folder, row.file))) if row.file else None
            (left[table] if number is None else by_file[number]).append(row)
    return Links(by_file, left)


def merged(outcomes: Sequence[Outcome], rows: Sequence[TableRow]) -> list[Outcome]:
    """What a recording and its rows say together."""
    read = [outcome for outcome in outcomes if isinstance(outcome, ParsedActivity)]
    known = [row.outcome for row in rows if isinstance(row.outcome, ParsedActivity)]
    if len(read) == 1 and len(known) == 1:
        return [_named(read[0], known[0])]
    if read or not known:
        return list(outcomes)
    why = outcomes[0].reason if outcomes and not isinstance(outcomes[0], ParsedActivity) else ""
    return [
        replace(row, partial=f"Taken from the table, because the recording cannot be read: {why}")
        for row in known
    ]


def _named(read: ParsedActivity, row: ParsedActivity) -> ParsedActivity:
    kind = read.kind if row.kind == Kind.OTHER else row.kind
    return replace(read, kind=kind, title=row.title or read.title)


def _key(path: str) -> str:
    """A path as it is compared: packed or not, and by any case, is the same file."""
    plain = posixpath.normpath(path.replace("\\", "/")).casefold()
    return plain.removesuffix(".gz")
