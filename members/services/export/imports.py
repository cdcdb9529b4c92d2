"""Of what somebody imported: what became of each file, and what they said about it."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError

from members.activity_files import TableColumns, WrongColumns
from members.models import DifferentOuting, ImportBatch, ImportEntry, ImportFile, TableLayout, User
from members.services.export.shared import THE_PROGRAM
from members.services.portable import Restoring, Table, names

HAPPENED_HERE = "A record of what was read here; the activities that came of it come back."


def _check_layout(row: TableLayout, *, runner: User, now: dt.datetime) -> None:
    if not isinstance(row.columns, Mapping):
        raise ValidationError({"columns": "It must be an object of columns."})
    try:
        TableColumns.from_dict(row.columns)
    except (WrongColumns, TypeError) as error:
        raise ValidationError({"columns": str(error)}) from None


TABLES: tuple[Table, ...] = (
    Table(
        name="table_layouts",
        words="kinds of tables",
        model=TableLayout,
        of="runner",
        columns=("name", "columns"),
        more=("signature", "said_at"),
        restoring=Restoring(keys=(lambda row: row.signature,), check=_check_layout),
    ),
    Table(
        name="different_outings",
        words="answers about duplicates",
        model=DifferentOuting,
        of="activity__runner",
        columns=("activity", "started_at"),
        more=("file_sha256", "said_at"),
        refers_to={"activity": "activities"},
        restoring=Restoring(keys=(lambda row: (row.activity_id, row.started_at),)),
    ),
    Table(
        name="imports",
        model=ImportBatch,
        of="runner",
        columns=("state", "created_at", "finished_at", "size_bytes", "error"),
        left_out=dict.fromkeys(names("claim claimed_at tries folder"), THE_PROGRAM),
        why_not_restored=HAPPENED_HERE,
    ),
    Table(
        name="import_files",
        model=ImportFile,
        of="batch__runner",
        columns=("batch", "number", "name", "size_bytes", "members", "next_member", "is_done"),
        refers_to={"batch": "imports"},
        why_not_restored=HAPPENED_HERE,
    ),
    Table(
        name="import_entries",
        words="imported entries",
        model=ImportEntry,
        of="batch__runner",
        columns=names(
            "batch file member part name status reason match kind started_at time_zone distance_m "
            "duration_s elapsed_s title activity matched settled_at"
        ),
        more=("start_said", "file_sha256", "changes", "signature", "table"),
        refers_to={
            "batch": "imports",
            "file": "import_files",
            "activity": "activities",
            "matched": "activities",
        },
        why_not_restored=HAPPENED_HERE,
    ),
)
