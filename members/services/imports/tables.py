"""Tables nobody here knows: their owner says once which column is which."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from members.activity_files import TableColumns, UnknownTable
from members.models import ImportBatch, ImportEntry, TableLayout, User
from members.services.imports.claims import State, Status, end, lock_runner

LEFT_OUT = "You left it out."


def table_of(entry: ImportEntry) -> UnknownTable:
    """Return the table a waiting entry asks about. Raises ValidationError where it asks nothing."""
    kept = entry.table
    if entry.status != Status.WAITING or kept is None:
        raise ValidationError("Nothing is asked about this one any more.")
    suggestion = kept["suggestion"]
    return UnknownTable(
        headings=tuple(kept["headings"]),
        rows=tuple(tuple(row) for row in kept["rows"]),
        separator=kept["separator"],
        signature=entry.signature,
        roles=tuple(kept["roles"]),
        suggestion=TableColumns.from_dict(suggestion) if suggestion else None,
    )


def answer(entry: ImportEntry, columns: TableColumns, *, now: dt.datetime) -> list[ImportBatch]:
    """Remember which column is which; return the imports that can now be read on."""
    runner = entry.batch.runner
    with transaction.atomic():
        lock_runner(runner.pk)
        TableLayout.objects.update_or_create(
            runner=runner,
            signature=entry.signature,
            defaults={"name": entry.name, "columns": columns.as_dict(), "said_at": now},
        )
        asking = ImportBatch.objects.filter(
            runner=runner,
            state=State.ASKING,
            entries__status=Status.WAITING,
            entries__signature=entry.signature,
        )
        batches = list(asking.distinct())
        ImportBatch.objects.filter(pk__in=[one.pk for one in batches]).update(state=State.WAITING)
    return batches


def leave_out(entry: ImportEntry, *, now: dt.datetime) -> None:
    """Do not read this table; the import ends where nothing else is asked."""
    with transaction.atomic():
        lock_runner(entry.batch.runner_id)
        asked = ImportEntry.objects.filter(pk=entry.pk, status=Status.WAITING)
        asked.update(status=Status.SKIPPED, reason=LEFT_OUT, table=None, settled_at=now)
        batch = ImportBatch.objects.get(pk=entry.batch_id)
        is_asked = batch.entries.filter(status=Status.WAITING).exists()
        if batch.state == State.ASKING and not is_asked:
            end(batch, state=State.FINISHED, now=now)


def forget(runner: User, layout_id: int) -> None:
    """Ask again about the next table of that kind."""
    TableLayout.objects.filter(runner=runner, pk=layout_id).delete()
