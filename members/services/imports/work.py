"""Reading an import file by file, and going on where it was.

What a file became is stored in the same transaction as its activities and as the place to go on
from, so a worker may die at any line: the next one begins with the first file that is not settled.
Whoever lost the claim cannot write any more.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from members.activity_files import (
    ActivityFileError,
    CorruptFile,
    ParsedActivity,
    UnknownTable,
    Upload,
)
from members.models import ImportBatch, ImportEntry, ImportFile, User
from members.models.imports import NAME_LENGTH, REASON_LENGTH
from members.services.imports.claims import (
    ClaimLost,
    State,
    Status,
    claim,
    end,
    hold,
    lock_runner,
    release,
)
from members.services.imports.reading import Outcome, Tables, opened, outcomes, tables_of
from members.services.imports.settling import figures, settle
from members.services.imports.uploads import path_of
from members.signals import training_changed

log = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]
CHUNK = 20  # activities of one file in a transaction
MOST_TRIES = 3  # a file that ended its worker so often is left out
QUESTION = 0  # the part of the entry that asks about a table

BROKE_OFF = "Reading it was broken off three times, so it was left out."
WENT_WRONG = "Something went wrong while reading it. Whoever runs this site finds it in the log."
GONE = "The uploaded file is no longer there. Import it again."
STILL_UNKNOWN = "It cannot be read by the columns you chose."


def read_on(batch_id: int, *, clock: Clock, seconds: float) -> bool:
    """Read an import on for about that long, if nobody else is at it; tell whether more is left."""
    start = clock()
    batch = claim(batch_id, now=start)
    if batch is None:
        return False
    work = Work(batch, clock=clock, until=start + dt.timedelta(seconds=seconds))
    try:
        work.go_on()
    except ClaimLost:
        log.info("Import %s has another worker now, or was taken back.", batch_id)
        return False
    finally:
        work.tell()
    return work.is_left


@dataclass
class Work:
    """One worker at one import, until its time is over."""

    batch: ImportBatch
    clock: Clock
    until: dt.datetime
    is_left: bool = False
    is_first: bool = True
    first_day: dt.date | None = None
    tables: Tables = field(init=False)

    def __post_init__(self) -> None:
        self.runner = self.batch.runner
        self.tables = tables_of(self.runner)

    def go_on(self) -> None:
        """Read what is unread, then the tables whose owner has said what is what; then end."""
        for file in self.batch.files.filter(is_done=False).order_by("number"):
            self._read_file(file)
            if self.is_left:
                return release(self.batch, state=State.WAITING)
        for question in self._answered():
            if self._is_over():
                return release(self.batch, state=State.WAITING)
            self._read_answered(question)
        return self._finish()

    def tell(self) -> None:
        """Have the weeks assessed since the first day that changed: once, not after every file."""
        if self.first_day is not None:
            with transaction.atomic():
                training_changed.send(
                    User, runner=self.runner, first_day=self.first_day, now=self.clock()
                )

    def _is_over(self) -> bool:
        self.is_left = self.clock() >= self.until
        return self.is_left

    def _answered(self) -> list[ImportEntry]:
        questions = self.batch.entries.filter(status=Status.WAITING, signature__in=self.tables)
        return list(questions.select_related("file"))

    def _finish(self) -> None:
        """End, or wait for the owner; under their lock, for they may answer just now."""
        with transaction.atomic():
            lock_runner(self.runner.pk)
            self.tables = tables_of(self.runner)
            if self._answered():
                self.is_left = True
                release(self.batch, state=State.WAITING)
            elif self.batch.entries.filter(status=Status.WAITING).exists():
                release(self.batch, state=State.ASKING)
            elif not end(self.batch, state=State.FINISHED, now=self.clock()):
                raise ClaimLost

    # --- Reading ---------------------------------------------------------------------------------
    def _read_file(self, file: ImportFile) -> None:
        """Read one uploaded file from its next member on, until its end or that of the time."""
        with self._opened(file) as upload:
            entries = upload.entries if upload else ()
            if file.members is None:
                file.members = max(len(entries), 1)
                ImportFile.objects.filter(pk=file.pk).update(members=file.members)
            while file.next_member < file.members and not self._is_over():
                member = file.next_member
                found = self._read(upload, file, member)
                file.next_member += 1
                file.is_done = file.next_member == file.members
                self._settle(file, member, found)

    @contextmanager
    def _opened(self, file: ImportFile) -> Iterator[Upload | None]:
        """Open an uploaded file; None where its bytes are gone."""
        path = path_of(self.batch, file)
        if not path.is_file():
            yield None
            return
        with opened(
            path, name=file.name, runner=self.runner, now=self.clock(), tables=self.tables
        ) as upload:
            yield upload

    def _read(self, upload: Upload | None, file: ImportFile, member: int) -> list[Outcome]:
        """Return what one file holds; nothing about it stops the others."""
        if upload is None:
            return [(file.name, CorruptFile(GONE))]
        entry = upload.entries[member]
        if self.batch.tries >= MOST_TRIES:
            return [(entry.name, CorruptFile(BROKE_OFF))]
        hold(self.batch, now=self.clock(), tries=F("tries") + 1)
        try:
            return outcomes(upload.read(entry))
        except Exception as error:
            log.error("Import %s: %s", self.batch.pk, _kind_and_place(error))
            return [(entry.name, CorruptFile(WENT_WRONG))]

    def _read_answered(self, question: ImportEntry) -> None:
        """Read a table its owner has explained; the question goes with the last of its rows."""
        file, member = question.file, question.member
        with self._opened(file) as upload:
            read = self._read(upload, file, member)
        found = [
            (name, CorruptFile(STILL_UNKNOWN) if isinstance(one, UnknownTable) else one)
            for name, one in read
        ]
        self._settle(file, member, found, question=question)

    # --- Storing ---------------------------------------------------------------------------------
    def _settle(
        self,
        file: ImportFile,
        member: int,
        found: list[Outcome],
        *,
        question: ImportEntry | None = None,
    ) -> None:
        """Store what one file became, a chunk of activities in each transaction.

        The last of them also stores the place to go on from and takes an answered question away.
        """
        settled = self._settled_before(file, member, question)
        self.is_first = False
        taken = {pk for pks in settled.values() for pk in pks if pk}
        todo = [
            (part, outcome) for part, outcome in enumerate(found, start=1) if part not in settled
        ]
        chunks = [todo[start : start + CHUNK] for start in range(0, len(todo), CHUNK)] or [[]]
        for chunk in chunks:
            with transaction.atomic():
                hold(self.batch, now=self.clock(), tries=0)
                lock_runner(self.runner.pk)
                ImportEntry.objects.bulk_create(
                    self._entry(file, member, part, outcome, len(found) == 1, taken)
                    for part, outcome in chunk
                )
                if chunk is chunks[-1]:
                    file.save(update_fields=["next_member", "is_done"])
                    if question is not None:
                        question.delete()
        self.batch.tries = 0

    def _settled_before(
        self, file: ImportFile, member: int, question: ImportEntry | None
    ) -> dict[int, tuple[int | None, int | None]]:
        """Return the parts a worker before this one settled, with the activities they are.

        Only the file it broke off in can be half settled: the first one of this claim.
        """
        if not self.is_first and question is None:
            return {}
        rows = ImportEntry.objects.filter(file=file, member=member, part__gt=QUESTION)
        return {
            part: (activity, matched)
            for part, activity, matched in rows.values_list("part", "activity", "matched")
        }

    def _entry(
        self,
        file: ImportFile,
        member: int,
        part: int,
        outcome: Outcome,
        alone: bool,
        taken: set[int],
    ) -> ImportEntry:
        """Settle one outcome and return its line of the list, unsaved."""
        name, found = outcome
        entry = ImportEntry(
            batch=self.batch,
            file=file,
            member=member,
            part=part,
            name=name[:NAME_LENGTH],
            settled_at=self.clock(),
        )
        if isinstance(found, UnknownTable):
            _ask(entry, found)
        elif isinstance(found, ActivityFileError):
            entry.status, entry.reason = Status(found.status), found.reason[:REASON_LENGTH]
        else:
            self._fill(entry, found, alone, taken)
        return entry

    def _fill(
        self, entry: ImportEntry, found: ParsedActivity, alone: bool, taken: set[int]
    ) -> None:
        told = figures(self.runner, found)
        entry.title = told.pop("note")
        for name, value in told.items():
            setattr(entry, name, value)
        settled = settle(self.runner, found, now=entry.settled_at, alone=alone, taken=taken)
        entry.status, entry.reason = settled.status, settled.reason[:REASON_LENGTH]
        entry.match, entry.changes = settled.match, settled.changes
        entry.activity, entry.matched = settled.activity, settled.matched
        row = settled.activity or settled.matched
        if row is not None:
            taken.add(row.pk)
        if row is not None and settled.status in {Status.ADDED, Status.MERGED}:
            self.first_day = min(self.first_day or row.on, row.on)


def _ask(entry: ImportEntry, table: UnknownTable) -> None:
    """Make the entry a question to its owner, with all that is needed to ask it."""
    entry.part = QUESTION
    entry.status, entry.reason = Status.WAITING, table.reason[:REASON_LENGTH]
    entry.signature = table.signature
    entry.table = {
        "headings": table.headings,
        "rows": table.rows,
        "separator": table.separator,
        "roles": table.roles,
        "suggestion": table.suggestion.as_dict() if table.suggestion else None,
    }


def _kind_and_place(error: Exception) -> str:
    """What went wrong and where; never its words, which may hold what stands in the file."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
