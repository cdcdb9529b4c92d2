"""How much a file may be, enforced while unpacking: no header is trusted."""

from collections.abc import Callable
from dataclasses import dataclass

from members.activity_files.errors import TooLarge

MEGABYTE = 1024 * 1024

MAX_FILE_BYTES = 64 * MEGABYTE
"""One unpacked file. A day's activity with one point a second is 5 to 20 MB of XML."""

MAX_UNPACKED_BYTES = 4096 * MEGABYTE
"""All files of an archive together. They are unpacked one by one, so this bounds time, not memory:
a whole export of ten years is 1 to 2 GB."""

MAX_NESTED_BYTES = 2048 * MEGABYTE
"""One archive inside an archive, which takes that much of the disk while it is read."""

SPOOL_BYTES = 16 * MEGABYTE
"""An inner archive up to this size is kept in memory."""

MAX_MEMBERS = 50_000
"""Files in an archive. A watch that files every day's monitoring makes some thousands a year."""

MAX_DIRECTORY_BYTES = 8 * MEGABYTE
"""The directory of an archive: 50,000 files with long names."""

MAX_RATIO = 200
"""Unpacked by packed size. Activity files shrink 3 to 40 times; a bomb a thousand times."""

ALWAYS_ALLOWED_BYTES = 16 * MEGABYTE
"""Below this a high ratio harms nobody."""

MAX_POINTS = 500_000
"""Points in a file: one a second for nearly six days."""

_CHUNK = MEGABYTE


@dataclass
class Budget:
    """What may still be unpacked from one upload."""

    left: int

    @classmethod
    def for_packed(cls, packed_bytes: int) -> "Budget":
        """As much as the limits grant to an upload of `packed_bytes`."""
        by_ratio = max(ALWAYS_ALLOWED_BYTES, MAX_RATIO * packed_bytes)
        return cls(left=min(MAX_UNPACKED_BYTES, by_ratio))

    @property
    def spent(self) -> bool:
        return self.left < 0

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked. Raises TooLarge as soon as there were too many."""
        self.left -= size
        if self.spent:
            raise TooLarge(
                "It unpacks to far more than an archive of activities holds, so reading stopped. "
                "Upload the files in smaller archives."
            )

    def read(self, read: Callable[[int], bytes], *, already: int = 0) -> bytes:
        """All that `read(size)` gives of a file of which `already` bytes were read.

        Raises TooLarge as soon as a limit is passed.
        """
        chunks: list[bytes] = []
        size = already
        while chunk := read(_CHUNK):
            size += len(chunk)
            self.spend(len(chunk))
            if size > MAX_FILE_BYTES:
                raise TooLarge(too_large_sentence())
            chunks.append(chunk)
        return b"".join(chunks)


def check_points(count: int) -> None:
    """Raises TooLarge once `count` is more than an activity can have."""
    if count > MAX_POINTS:
        raise TooLarge(f"It holds more than {MAX_POINTS:,} points, more than any activity has.")


def too_large_sentence() -> str:
    return f"It is larger than {MAX_FILE_BYTES // MEGABYTE} MB, more than any activity needs."
