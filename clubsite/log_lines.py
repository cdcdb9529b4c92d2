"""How a log line is written: whatever it says, no email address and no signed link stands in it.

An address names a person, and a signed link lets whoever reads it answer in that person's place.
"""

import logging
import re

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Django's: a value, a dot, 43 characters; the secret of a shared sheet: the 43 alone.
SIGNED = re.compile(r"(?:[\w-]+\.|(?<=/))[\w-]{43}(?=[/\s'\"]|$)")


class Formatter(logging.Formatter):
    """Takes them out of the line as it is written, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without them."""
        return SIGNED.sub("(signed)", ADDRESS.sub("(address)", super().format(record)))
