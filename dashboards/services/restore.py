"""Bring an export back: all of it is looked at first, then written in one transaction, or nothing.

Whoever asks is the owner of every row, whatever the file says. What is there stays as it is, so
restoring twice changes nothing.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dashboards.services.export import TABLES
from dashboards.services.export_reader import Export
from injuries.services.pain import NO_CONSENT
from members.models import Activity, User
from members.services.portable import Record, Restoring, Table, read_value
from members.signals import training_changed
from members.weeks import day_refusal, monday_of

PROBLEMS_SHOWN = 20
FACTS = (  # of a person: what is said together, the day it was said last
    ("adult_from",),
    ("previous_injury", "previous_injury_answered_on"),
    ("declared_longest_m", "declared_on"),
    ("beginner_until",),
)


class RestoreRefused(Exception):
    """Something in the export is wrong; nothing was written. `problems` say what and where."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(problems[0])
        self.problems = problems


@dataclass(slots=True)
class TableOutcome:
    """What became of the rows of one table."""

    title: str
    added: int = 0
    there: int = 0
    left_out: list[str] = field(default_factory=list)  # a sentence for each row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was restored, and what never is with its reason."""

    tables: list[TableOutcome]
    not_restored: list[tuple[str, str]]

    @property
    def added(self) -> int:
        """How many rows are new."""
        return sum(table.added for table in self.tables)

    @property
    def reasons(self) -> list[tuple[str, str, int]]:
        """Why rows of a table stayed out, and how many for each reason."""
        return [
            (table.title, why, count)
            for table in self.tables
            for why, count in Counter(table.left_out).items()
        ]


@dataclass(slots=True)
class _Built:
    """One record as a row that is not saved yet; `refers` are the rows it names."""

    row: Any
    refers: dict[str, "_Built"]
    kept: Any = None  # the row that stands for it in the account
    why_out: str = ""


_ByTable = dict[str, dict[int, _Built]]


def restore(runner: User, export: Export, *, now: dt.datetime) -> Outcome:
    """Add what of the export the account lacks. Raises RestoreRefused.

    Everything from the first day that changed is judged again.
    """
    problems: list[str] = []
    facts = _read_facts(export, problems, runner=runner, now=now)
    built: _ByTable = {}
    for table in TABLES:
        if table.restoring is not None:
            rows = built[table.name] = {}  # a row may name an earlier one of its own table
            for number, one in _build(table, export, built, problems, runner=runner, now=now):
                rows[number] = one
    if problems:
        raise RestoreRefused(problems[:PROBLEMS_SHOWN])
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=runner.pk)
        days = _fill_in(runner, facts)
        outcomes = [_keep_table(table, built[table.name], runner, days) for table in _restorable()]
        if days or any(outcome.added for outcome in outcomes):
            first_day = min(days, default=monday_of(runner.today(now=now)))
            training_changed.send(User, runner=runner, first_day=first_day, now=now)
    left = [table for table in TABLES if table.restoring is None and export.rows.get(table.name)]
    return Outcome(
        tables=[one for one in outcomes if one.added or one.there or one.left_out],
        not_restored=[(table.title, table.why_not_restored) for table in left],
    )


def _restorable() -> list[Table]:
    return [table for table in TABLES if table.restoring is not None]


# --- Looking at every record --------------------------------------------------------------------
def _build(
    table: Table,
    export: Export,
    built: _ByTable,
    problems: list[str],
    *,
    runner: User,
    now: dt.datetime,
) -> Iterator[tuple[int, _Built]]:
    """Yield each record as a row; what is wrong goes to the problems."""
    for number, record in enumerate(export.rows.get(table.name, ()), start=1):
        if len(problems) >= PROBLEMS_SHOWN:
            return
        where = f"{table.name}.json, row {number}"
        try:
            yield record["id"], _row_of(table, record, built, runner=runner, now=now)
        except ValidationError as error:
            problems += [f"{where}: {sentence}" for sentence in _sentences(error)]


def _row_of(
    table: Table, record: Record, built: _ByTable, *, runner: User, now: dt.datetime
) -> _Built:
    unknown = sorted(set(record) - {"id", *table.columns, *table.more})
    if unknown:
        raise ValidationError({unknown[0]: "This column does not belong here."})
    refers = {
        name: _named(name, record[name], built[table.refers_to[name]])
        for name in table.refers_to
        if record.get(name) is not None
    }
    row = table.model(
        **_values(table, record), **{name: other.row for name, other in refers.items()}
    )
    if "__" not in table.of:
        setattr(row, table.of, runner)
    asked = set(table.stored) - set(table.refers_to)
    row.clean_fields(exclude={one.name for one in row._meta.fields if one.name not in asked})
    for name in table.refers_to:
        if name not in refers and not table.model._meta.get_field(name).null:
            raise ValidationError({name: "It must not be empty."})
    _restoring(table).check(row, runner=runner, now=now)
    return _Built(row, refers)


def _values(table: Table, record: Record) -> dict[str, Any]:
    """Return typed values; a column that older exports lack starts as in a new row."""
    values: dict[str, Any] = {}
    for name in table.stored:
        if name in table.refers_to or name not in record:
            continue
        try:
            values[name] = read_value(table.model._meta.get_field(name), record[name])  # type: ignore[arg-type]
        except ValidationError as error:
            raise ValidationError({name: error}) from None
    return values


def _named(name: str, value: Any, others: dict[int, _Built]) -> _Built:
    other = others.get(value) if type(value) is int else None
    if other is None:
        raise ValidationError({name: "It names a row that is not in this export."})
    return other


def _restoring(table: Table) -> Restoring:
    assert table.restoring is not None  # noqa: S101 (only restorable tables come here)
    return table.restoring


def _sentences(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [f"{name}: {said[0]}" for name, said in error.message_dict.items()]
    return list(error.messages)


# --- Writing -------------------------------------------------------------------------------------
def _keep_table(
    table: Table, rows: dict[int, _Built], runner: User, days: list[dt.date]
) -> TableOutcome:
    """Match, then add what is new; the days that changed are appended."""
    restoring, outcome = _restoring(table), TableOutcome(table.title)
    if not rows:
        return outcome
    there = list(table.rows_of(runner))
    _refer(table, rows)
    if restoring.needs_consent and runner.health_consent_at is None:
        for one in rows.values():
            one.why_out = NO_CONSENT
    _match([one for one in rows.values() if not one.why_out], there, restoring)
    fresh = [one for one in rows.values() if one.kept is None and not one.why_out]
    for one in fresh:
        one.why_out = restoring.fit(one.row, there)
        if not one.why_out:
            one.kept = one.row
            there.append(one.row)
    added = [one.row for one in fresh if one.kept is not None]
    try:
        with transaction.atomic():
            table.model._default_manager.bulk_create(added, batch_size=200)
            _refer_to_own(table, [one for one in fresh if one.kept is not None])
    except IntegrityError:
        sentence = "Two rows contradict each other, or one contradicts what is in the account."
        raise RestoreRefused([f"{table.name}.json: {sentence}"]) from None
    days += [day for day in map(restoring.first_day, added) if day is not None]
    outcome.added = len(added)
    outcome.left_out = [one.why_out for one in rows.values() if one.why_out]
    outcome.there = len(rows) - outcome.added - len(outcome.left_out)
    return outcome


def _refer(table: Table, rows: dict[int, _Built]) -> None:
    """Let each row name the rows of other tables that are in the account now."""
    for one in rows.values():
        for name, other in one.refers.items():
            if table.refers_to[name] == table.name:
                setattr(one.row, name, None)
                continue
            setattr(one.row, name, other.kept)
            if other.kept is None and not table.model._meta.get_field(name).null:
                one.why_out = other.why_out


def _refer_to_own(table: Table, added: list[_Built]) -> None:
    """A row can name another of its own table once both are saved."""
    own = [name for name, to in table.refers_to.items() if to == table.name]
    naming = [one for one in added if any(name in one.refers for name in own)]
    for one in naming:
        for name in own:
            if name in one.refers:
                setattr(one.row, name, one.refers[name].kept)
    if naming:
        manager = table.model._default_manager
        manager.bulk_update([one.row for one in naming], own, batch_size=200)


def _match(rows: list[_Built], there: list[Any], restoring: Restoring) -> None:
    """Find what is there already: by each key in turn, one for one."""
    free = {id(row): row for row in there}
    for key in restoring.keys:
        known: dict[Hashable, list[Any]] = defaultdict(list)
        for row in free.values():
            known[key(row)].append(row)
        for one in rows:
            wanted = key(one.row) if one.kept is None else None
            if wanted is not None and known[wanted]:
                one.kept = known[wanted].pop(0)
                del free[id(one.kept)]


# --- The person ----------------------------------------------------------------------------------
def _read_facts(
    export: Export, problems: list[str], *, runner: User, now: dt.datetime
) -> dict[str, Any]:
    """Return what the export says about the person, typed and looked at."""
    people = export.rows.get("person", [])
    if len(people) > 1:
        problems.append("person.json: an export is about one person.")
    if len(people) != 1:
        return {}
    facts: dict[str, Any] = {}
    for name in ("time_zone", "unit", *(name for group in FACTS for name in group)):
        try:
            known = User._meta.get_field(name)
            value = read_value(known, people[0].get(name)) if name in people[0] else None  # type: ignore[arg-type]
            facts[name] = known.clean(value, runner) if value is not None else None  # type: ignore[union-attr]
        except ValidationError as error:
            problems.append(f"person.json, row 1: {name}: {error.messages[0]}")
    today = runner.today(now=now)
    for name in ("previous_injury_answered_on", "declared_on"):
        day = facts.get(name)
        if day is not None and day_refusal(day, today=today):
            problems.append(f"person.json, row 1: {name}: {day_refusal(day, today=today)}")
    return facts


def _fill_in(runner: User, facts: dict[str, Any]) -> list[dt.date]:
    """Say what the account has not said yet; return the days from which it counts."""
    days: list[dt.date] = []
    changed: list[str] = []
    if not Activity.objects.filter(runner=runner).exists():
        for name in ("time_zone", "unit"):
            if facts.get(name) and facts[name] != getattr(runner, name):
                setattr(runner, name, facts[name])
                changed.append(name)
    for group in FACTS:
        said = [facts.get(name) for name in group]
        if getattr(runner, group[0]) is None and None not in said:
            for name, value in zip(group, said, strict=True):
                setattr(runner, name, value)
            changed += group
            days += [value for value in said if isinstance(value, dt.date) and len(group) > 1]
    if changed:
        runner.save(update_fields=changed)
    return days
