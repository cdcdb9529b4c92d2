"""Why a file gave no activity: one class a reason, one plain sentence each.

`skipped` means there was nothing here to add and nothing is lost; `failed` means there may be an
activity inside that could not be read. The sentence is shown to the member as it stands.
"""

from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from members.activity_files.tables.columns import Role, TableColumns

Status = Literal["skipped", "failed"]


class ActivityFileError(Exception):
    """Base of all; `reason` is the sentence to show, `status` how an import list counts it."""

    status: ClassVar[Status] = "failed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAnActivity(ActivityFileError):
    """Readable, but a route, way points, a single point, a flight: nothing to log."""

    status = "skipped"


class NoTimes(ActivityFileError):
    """A track that does not say when it was made or how long it took."""

    status = "skipped"


class ImpossibleClock(ActivityFileError):
    """The device's clock was not set: before 1990, or in the future."""

    status = "skipped"


class UnknownFormat(ActivityFileError):
    """Neither the content nor the name is of a kind that is read here."""

    status = "skipped"


class EmptyFile(ActivityFileError):
    """No bytes, or an archive with no files."""


class UnreadableFile(ActivityFileError):
    """The disk does not hand it out: no permission, or gone."""


def unreadable(error: OSError) -> UnreadableFile:
    """What the disk says about it, as a sentence."""
    return UnreadableFile(f"It cannot be read: {error.strerror or 'it is not there any more'}.")


class CorruptFile(ActivityFileError):
    """Damaged before anything could be read."""


class TooLarge(ActivityFileError):
    """Over a limit of size or number, as it stands or unpacked."""


class UnsafeFile(ActivityFileError):
    """Written to harm a reader: XML that declares entities."""


class EncryptedFile(ActivityFileError):
    """A member of a zip that needs a password."""


class NestedArchive(ActivityFileError):
    """An archive deeper inside than one level."""


class UnreadableRow(ActivityFileError):
    """A row of a table that cannot be understood."""


class UnknownTable(ActivityFileError):
    """A table nobody here knows: the member has to say which column is what.

    `signature` names this kind of table (the same headings, the same signature), `rows` are the
    first ones, `roles` what each column seems to be, and `suggestion` all of that as it would be
    read, None where too little is clear. Nothing is read by a suggestion until somebody agreed.
    """

    def __init__(
        self,
        *,
        headings: tuple[str, ...],
        rows: tuple[tuple[str, ...], ...],
        separator: str,
        signature: str,
        roles: "tuple[Role | None, ...]",
        suggestion: "TableColumns | None",
    ) -> None:
        super().__init__(
            "This table is not known here: say on the import page which column is which."
        )
        self.headings = headings
        self.rows = rows
        self.separator = separator
        self.signature = signature
        self.roles = roles
        self.suggestion = suggestion
