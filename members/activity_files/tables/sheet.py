"""A table as text: its encoding, its separator, its headings and its rows."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from members.activity_files.errors import CorruptFile, TooLarge
from members.activity_files.tables.columns import MAX_COLUMNS

MAX_ROWS = 50_000
"""Activities in a table: ten a day for thirteen years."""

MAX_LINE = 256 * 1024
"""Characters in a line; the longest real ones have some thousand."""

SAMPLE_ROWS = 200
"""How many rows are looked at to tell how a column is written."""

_SEPARATORS = ",;\t|"
_NUMBER_OR_TIME = re.compile(r"^[-+\d.,:/ ]*\d[-+\d.,:/ ]*(?:[AaPp]\.?[Mm]\.?)?$")

Row = list[str]


def decoded(content: bytes) -> str:
    """The text of a file, in the encodings spreadsheets and exporters write."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    if content[:3] == b"\xef\xbb\xbf":
        return content[3:].decode("utf-8", "replace")
    head = content[:1024]
    if head[1::2].count(0) > len(head) // 4:
        return content.decode("utf-16-le", "replace")
    if head[::2].count(0) > len(head) // 4:
        return content.decode("utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


@dataclass(frozen=True)
class Sheet:
    """The text of a table with the separator found for it."""

    text: str
    separator: str

    @classmethod
    def of(cls, content: bytes) -> "Sheet":
        """Find encoding and separator. A first line `sep=;`, as spreadsheets write it, is obeyed.

        Raises CorruptFile for what is no text.
        """
        text = decoded(content).lstrip("\ufeff\r\n \t")
        if "\0" in text[:4096]:
            raise CorruptFile("It should be a table, but it is not text.")
        told = re.match(r"""["']?sep=(.)["']?[^\n]{0,3}\n""", text, re.IGNORECASE)
        if told:
            return cls(text[told.end() :], told[1])
        return cls(text, _separator(text))

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The first row; names made up for a table that begins with data."""
        first = self._first_row
        if self.has_headings:
            return tuple(first)
        return tuple(f"Column {number}" for number in range(1, len(first) + 1))

    @cached_property
    def has_headings(self) -> bool:
        """Whether the first row names the columns: headings are words, dates are figures."""
        return not any(_NUMBER_OR_TIME.match(cell) for cell in self._first_row)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The headings as they are compared."""
        return tuple(normal(heading) for heading in self.headings)

    @cached_property
    def signature(self) -> str:
        """What tells this kind of table from others, the same for every export of its kind."""
        said = "\x1f".join(self.names) if self.has_headings else f"\x1e{len(self.headings)}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @cached_property
    def sample(self) -> list[Row]:
        """The first rows under the headings."""
        return list(islice(self.rows(), SAMPLE_ROWS))

    def rows(self) -> Iterator[Row]:
        """The rows under the headings, each as wide as them; empty ones are left out.

        Raises CorruptFile or TooLarge where it cannot go on.
        """
        width = len(self._first_row)
        rows = self._cells()
        if self.has_headings:
            next(rows, None)
        for number, row in enumerate(rows):
            if number >= MAX_ROWS:
                raise TooLarge(f"It has more than {MAX_ROWS:,} rows, more than any log.")
            yield (row + [""] * (width - len(row)))[:width]

    @cached_property
    def _first_row(self) -> Row:
        row = next(self._cells(), [])
        return row[:MAX_COLUMNS]

    def _cells(self) -> Iterator[Row]:
        """Rows with something in them."""
        # A quote that never closes would take the rest of the file into one cell; csv refuses it.
        reader = csv.reader(self._lines(), delimiter=self.separator)
        try:
            for row in reader:
                cells = [" ".join(cell.split()) for cell in row]
                if any(cells):
                    yield cells
        except csv.Error as error:
            raise CorruptFile(f"It breaks as a table at line {reader.line_num}.") from error

    def _lines(self) -> Iterator[str]:
        for line in io.StringIO(self.text, newline=""):
            if len(line) > MAX_LINE:
                raise CorruptFile("It should be a table, but one of its lines never ends.")
            yield line


def normal(heading: str) -> str:
    """A heading as it is compared: case, blanks and quote marks do not matter."""
    return " ".join(re.sub("[\u2018\u2019\u00b4`]", "'", heading).casefold().split())


def _separator(text: str) -> str:
    """The mark that cuts the first line into the most cells."""
    line = text[:65536].partition("\n")[0]
    outside = re.sub(r'"[^"]*"', "", line)
    return max(_SEPARATORS, key=outside.count)
