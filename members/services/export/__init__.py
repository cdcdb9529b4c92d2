"""What of the people and their running leaves in an export, and how it comes back."""

from members.services.export import imports, people, training
from members.services.export.people import LEFT_OUT
from members.services.export.shared import THE_PROGRAM, check_days

# A table stands behind those it refers to.
TABLES = (people.PERSON, *training.TABLES, *imports.TABLES, *people.TABLES)

__all__ = ["LEFT_OUT", "TABLES", "THE_PROGRAM", "check_days"]
