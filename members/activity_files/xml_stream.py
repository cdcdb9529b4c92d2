"""Reading XML from strangers: forward only, nothing declared, whatever came before a break kept.

Entity bombs and external entities both need a DOCTYPE, which no activity format uses, so the first
sight of one ends the reading. What expat then sees has the five built-in entities only; memory and
time are linear in the size of the file.
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from members.activity_files.errors import CorruptFile, UnsafeFile

MAX_DEPTH = 64
"""Elements inside elements; activity files have a dozen levels at most."""

MAX_TOKEN_BYTES = 1024 * 1024
"""The stretch from one "<" to the next: a bomb of attributes or text would have to be in one."""

Place = tuple[str, str]
"""An element and its parent, without prefixes: ("trkpt", "time")."""


class XmlReader:
    """Base of a reader: override `start`, `text` and `end`, then call `read`.

    Names come without their prefix, because files with undeclared or odd prefixes are common;
    what an element means is told by it and its parent.
    """

    wanted: frozenset[Place] = frozenset()
    """The elements whose text is handed to `text`."""

    def start(self, parent: str, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, parent: str, name: str, value: str) -> None:
        """The whole text of a wanted element, stripped."""

    def end(self, parent: str, name: str) -> None:
        """An element ends; after `text`."""

    def read(self, content: bytes) -> str:
        """Run through `content`; answers why the reading stopped early, "" when it did not.

        Raises UnsafeFile for a DOCTYPE or a bomb, CorruptFile where not even a root element came.
        """
        self._path: list[str] = [""]
        self._began = False
        self._pieces: list[str] | None = None
        content = _trimmed(content)
        _refuse_endless_tokens(content)
        try:
            self._parser(content).Parse(content, True)
        except expat.ExpatError as error:
            return self._broken(error)
        except (ValueError, LookupError) as error:  # an encoding nobody knows
            raise CorruptFile("Its text is in an encoding that cannot be read.") from error
        return ""

    def _parser(self, content: bytes) -> expat.XMLParserType:
        parser = expat.ParserCreate(_forced_encoding(content))
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        return parser

    def _broken(self, error: expat.ExpatError) -> str:
        if not self._began:
            raise CorruptFile("It should be XML, but it cannot be read.") from error
        if len(self._path) == 1:
            return ""  # something behind the end of a whole document
        return f"It breaks off or is damaged at line {error.lineno}; what stood before was read."

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._path) > MAX_DEPTH:
            raise _unsafe("nests its elements without end")
        name = tag.rpartition(":")[2]
        parent = self._path[-1]
        self._began = True
        self._path.append(name)
        self._pieces = [] if (parent, name) in self.wanted else None
        self.start(parent, name, attributes)

    def _characters(self, data: str) -> None:
        if self._pieces is not None:
            self._pieces.append(data)

    def _end(self, _tag: str) -> None:
        name = self._path.pop()
        parent = self._path[-1]
        if self._pieces is not None:
            self.text(parent, name, "".join(self._pieces).strip())
            self._pieces = None
        self.end(parent, name)


class _Root(Exception):
    """Ends a glance at the first element, or at a DOCTYPE, which names it too."""


def root_name(content: bytes) -> str:
    """The outermost element's name without prefix, "" for anything that does not begin as XML."""
    glance = _trimmed(content[:65536])
    parser = expat.ParserCreate(_forced_encoding(glance))
    parser.StartElementHandler = parser.StartDoctypeDeclHandler = _found_root
    try:
        parser.Parse(glance, False)
    except _Root as root:
        return str(root).rpartition(":")[2]
    except (expat.ExpatError, ValueError, LookupError):
        return ""
    return ""


def _found_root(name: str, *_: object) -> None:
    raise _Root(name)


def places(parents: Iterable[str], names: Iterable[str]) -> frozenset[Place]:
    """Every one of `names` in every one of `parents`."""
    return frozenset((parent, name) for parent in parents for name in names)


def _refuse_doctype(*_: object) -> None:
    raise _unsafe("declares XML entities")


def _refuse_endless_tokens(content: bytes) -> None:
    for begin in range(0, len(content) - MAX_TOKEN_BYTES + 1, MAX_TOKEN_BYTES):
        if content.find(b"<", begin, begin + MAX_TOKEN_BYTES) < 0:
            raise _unsafe("has a single endless element")


def _unsafe(what: str) -> UnsafeFile:
    return UnsafeFile(
        f"It {what}, which no watch does and which can harm a reader. Export the activity again."
    )


def _trimmed(content: bytes) -> bytes:
    """Without blank lines before the XML declaration or zero bytes behind the end."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content
    return content.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").rstrip(b"\x00")


def _forced_encoding(content: bytes) -> str | None:
    """Latin-1 where a file claims (or by default is) UTF-8 and is not; else as it declares."""
    declared = re.search(rb"""^[^>]{0,200}encoding=["']([\w.-]+)["']""", content[:256])
    if (declared and declared[1].lower() != b"utf-8") or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "iso-8859-1"
    return None
