"""A club's list of people as somebody keeps it: pasted or a CSV, in English or German. Pure.

Only read here: nothing is decided about anybody, and what cannot be read stays as it was typed.
"""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

MAX_ROWS = 150
MAX_BYTES = 256 * 1024
SEPARATORS = ";\t,|"
HEADINGS = {
    "name": {"name", "full name", "member", "mitglied", "vollständiger name"},
    "first": {"first name", "first", "given name", "vorname"},
    "last": {"last name", "last", "surname", "family name", "nachname", "familienname"},
    "email": {"email", "e-mail", "mail", "email address", "e-mail address", "e-mail-adresse"},
    "role": {"role", "rolle", "function", "funktion"},
    "squad": {"squad", "group", "team", "gruppe", "trainingsgruppe", "mannschaft"},
}
ROLES = {
    "runner": {"", "runner", "member", "athlete", "läufer", "läuferin", "mitglied"},
    "coach": {"coach", "trainer", "trainerin", "head coach"},
    "assistant": {"assistant", "assistant coach", "co-trainer", "co-trainerin", "übungsleiter"},
    "admin": {"admin", "administrator", "board", "vorstand", "secretary"},
}


class Line(NamedTuple):
    """One person as written; `role` is one of ROLES where it is known, else what was written."""

    name: str
    email: str
    role: str
    squad: str


class RosterError(ValueError):
    """The whole text cannot be read as a list; says why in one sentence."""


def text_of(content: bytes) -> str:
    """Return the text of a file, however it was saved. Raises RosterError."""
    if len(content) > MAX_BYTES:
        raise RosterError(f"The file is larger than {MAX_BYTES // 1024} kB; split it in two.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        raise RosterError("This is no text; save the list as CSV first.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def lines_of(text: str) -> list[Line]:
    """Return the people of a list, in order. Raises RosterError where none can be told.

    With headings the columns are known by them; without, what has an @ is the email and the first
    of the others the name.
    """
    rows = [row for row in _rows(text) if any(row)]
    if not rows:
        raise RosterError("There is nobody in it yet.")
    columns = _columns(rows[0])
    lines = [_by_heading(row, columns) for row in rows[1:]] if columns else [*map(_guess, rows)]
    if not lines:
        raise RosterError("There are headings in it, and nobody below them.")
    if len(lines) > MAX_ROWS:
        raise RosterError(f"At most {MAX_ROWS} people at a time; there are {len(lines)} in it.")
    return lines


def _rows(text: str) -> list[list[str]]:
    text = text.lstrip("\ufeff").replace("\0", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise RosterError(f"The list cannot be read: {error}.") from error
    return [[" ".join(cell.split()) for cell in row] for row in read]


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Return which column is which; empty where the row is no line of headings."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        for what, names in HEADINGS.items():
            if cell.casefold() in names:
                found.setdefault(what, place)
    return found if "email" in found else {}


def _by_heading(row: Sequence[str], columns: dict[str, int]) -> Line:
    def cell(what: str) -> str:
        place = columns.get(what, len(row))
        return row[place] if place < len(row) else ""

    name = cell("name") or f"{cell('first')} {cell('last')}".strip()
    return Line(name, cell("email"), role_of(cell("role")), cell("squad"))


def _guess(row: Sequence[str]) -> Line:
    email = next((cell for cell in row if "@" in cell), "")
    others = [cell for cell in row if cell and cell != email]
    role = next((one for one in others if _known_role(one)), "")
    rest = [one for one in others if one != role]
    name, squad = (*rest, "", "")[:2]
    return Line(name, email, role_of(role), squad)


def _known_role(text: str) -> str:
    lowered = text.casefold()
    return next((role for role, names in ROLES.items() if lowered and lowered in names), "")


def role_of(text: str) -> str:
    """Return the role a word stands for, "runner" for none, the word itself where unknown."""
    return _known_role(text) or text or "runner"
