"""Pairs of shoes: add, edit, retire, delete, say how they feel, record a check, give them runs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from members.models import Activity, Shoe, ShoeCheck, ShoeComfort, User
from members.selectors.shoes import could_be_worn, pairs_of
from members.signals import training_changed
from members.weeks import day_refusal


def add_shoe(runner: User, *, now: dt.datetime, is_default: bool = False, **fields: Any) -> Shoe:
    """Add a pair. Raises ValidationError by field."""
    return _save(Shoe(owner=runner, created_at=now), is_default=is_default, now=now, **fields)


def edit_shoe(shoe: Shoe, *, now: dt.datetime, **fields: Any) -> Shoe:
    """Change a pair. Raises ValidationError by field."""
    is_default = fields.pop("is_default", shoe.is_default)
    return _save(shoe, is_default=is_default, now=now, **fields)


def retire_shoe(shoe: Shoe, *, on: dt.date | None, now: dt.datetime) -> Shoe:
    """Retire a pair, keeping its history; None brings it back. Raises ValidationError by field."""
    return _save(shoe, is_default=shoe.is_default and on is None, now=now, retired_on=on)


def delete_shoe(shoe: Shoe, *, now: dt.datetime) -> None:
    """Delete a pair nobody ran in. Raises ValidationError where there is a run to keep."""
    with transaction.atomic():
        runner = _locked(shoe.owner)
        if shoe.activities.exists():
            raise ValidationError("There are runs in this pair. Retire it: its history stays.")
        shoe.delete()
        _changed(runner, runner.today(now=now), now=now)


def _check_name(shoe: Shoe) -> None:
    """Two pairs in use are called differently, so that a list tells them apart."""
    if shoe.retired_on is not None:
        return
    others = Shoe.objects.filter(owner=shoe.owner, retired_on__isnull=True).exclude(pk=shoe.pk)
    if any(str(other).casefold() == str(shoe).casefold() for other in others):
        said = f"Another pair is called {shoe}. Say how this one differs."
        raise ValidationError({"colour": said})


def _save(shoe: Shoe, *, is_default: bool, now: dt.datetime, **fields: Any) -> Shoe:
    for field, value in fields.items():
        setattr(shoe, field, value)
    shoe.is_default = is_default and shoe.retired_on is None
    if shoe.retired_on is not None:
        shoe.default_surface = ""
    shoe.clean_fields(exclude={"owner"})
    today = shoe.owner.today(now=now)
    _check_days(shoe, today=today)
    with transaction.atomic():
        _locked(shoe.owner)
        _check_name(shoe)
        others = Shoe.objects.filter(owner=shoe.owner).exclude(pk=shoe.pk)
        if shoe.is_default:
            others.filter(is_default=True).update(is_default=False)
        if shoe.default_surface:
            others.filter(default_surface=shoe.default_surface).update(default_surface="")
        shoe.save()
        _changed(shoe.owner, today, now=now)
    return shoe


def _locked(runner: User) -> User:
    """Let nobody else change this person's pairs until the transaction ends."""
    return User.objects.select_for_update().get(pk=runner.pk)


def _check_days(shoe: Shoe, *, today: dt.date) -> None:
    days = {"first_used": shoe.first_used, "retired_on": shoe.retired_on}
    refused = {
        field: sentence
        for field, day in days.items()
        if day is not None and (sentence := day_refusal(day, today=today))
    }
    if shoe.first_used and shoe.retired_on and shoe.retired_on < shoe.first_used:
        refused.setdefault("retired_on", "This day lies before its first use.")
    if refused:
        raise ValidationError(refused)


def _changed(runner: User, first_day: dt.date, *, now: dt.datetime) -> None:
    training_changed.send(User, runner=runner, first_day=first_day, now=now)


# --- How comfortable ------------------------------------------------------------------------------
def say_comfort(shoe: Shoe, *, on: dt.date, comfort: int | None, now: dt.datetime) -> None:
    """Say how comfortable a pair was on a day, 0 to 10; the last word of a day counts.

    None takes that day's answer back. Raises ValidationError by field.
    """
    refused = day_refusal(on, today=shoe.owner.today(now=now))
    if refused:
        raise ValidationError({"on": refused})
    if comfort is not None and not 0 <= comfort <= 10:
        raise ValidationError({"comfort": "Choose a number from 0 to 10."})
    with transaction.atomic():
        if comfort is None:
            shoe.comforts.filter(on=on).delete()
        else:
            said = {"comfort": comfort, "said_at": now}
            ShoeComfort.objects.update_or_create(shoe=shoe, on=on, defaults=said)
        _changed(shoe.owner, on, now=now)


def skip_comfort(runner: User, *, now: dt.datetime) -> None:
    """Set the monthly question aside for every pair it is open for; it rests for a month."""
    today = runner.today(now=now)
    due = [pair.shoe.pk for pair in pairs_of(runner, on=today) if pair.comfort_due]
    Shoe.objects.filter(owner=runner, pk__in=due).update(comfort_skipped_on=today)


# --- Having a pair looked at ----------------------------------------------------------------------
def record_check(
    shoe: Shoe,
    *,
    on: dt.date,
    outcome: str,
    now: dt.datetime,
    where: str = "",
    note: str = "",
    new_shoe: Shoe | None = None,
) -> ShoeCheck:
    """Record what came of having a pair looked at; a second record of a day mends the first.

    Raises ValidationError by field.
    """
    refused = day_refusal(on, today=shoe.owner.today(now=now))
    if refused:
        raise ValidationError({"on": refused})
    if new_shoe is not None:
        _check_new_pair(shoe, new_shoe, outcome=outcome)
    with transaction.atomic():
        _locked(shoe.owner)
        check = ShoeCheck.objects.filter(shoe=shoe, on=on).first() or ShoeCheck(shoe=shoe, on=on)
        check.outcome, check.where, check.note = outcome, where, note
        check.new_shoe, check.recorded_at = new_shoe, now
        check.distance_m = _run_by(shoe, on=on)
        check.clean_fields(exclude={"shoe", "new_shoe"})
        check.save()
    return check


def take_back_check(check: ShoeCheck) -> None:
    """Forget a check that was a mistake. A pair added or retired with it stays as it is."""
    check.delete()


def _check_new_pair(shoe: Shoe, new_shoe: Shoe, *, outcome: str) -> None:
    if outcome not in ShoeCheck.WITH_NEW_PAIR:
        said = "Only a pair that was replaced or changed for another size has a new one."
        raise ValidationError({"new_shoe": said})
    if new_shoe.owner_id != shoe.owner_id or new_shoe.pk == shoe.pk:
        raise ValidationError({"new_shoe": "Choose another of your own pairs."})


def _run_by(shoe: Shoe, *, on: dt.date) -> int:
    """Return the metres of a pair up to and with a day."""
    runs = shoe.activities.filter(kind=Activity.Kind.RUN, on__lte=on)
    return shoe.start_m + sum(metres or 0 for metres in runs.values_list("distance_m", flat=True))


# --- Runs without a pair --------------------------------------------------------------------------
def tag_runs(runner: User, *, pairs: Mapping[int, Shoe], now: dt.datetime) -> list[tuple[int, int]]:
    """Give runs without a pair the one named by `pairs` (run's id: pair); all or none.

    Returns the ids of the runs with their pair's, for `untag_runs`. A run that has a pair by now
    keeps it. Weeks are assessed again once. Raises ValidationError on "shoe".
    """
    if any(shoe.owner_id != runner.pk for shoe in pairs.values()):
        raise ValidationError({"shoe": "Choose one of your own pairs."})
    with transaction.atomic():
        runs = list(_runs_of(runner).filter(pk__in=pairs, shoe__isnull=True).select_for_update())
        wrong = [run for run in runs if not could_be_worn(pairs[run.pk], on=run.on)]
        if wrong:
            raise ValidationError({"shoe": [_not_there(run, pairs[run.pk]) for run in wrong]})
        for run in runs:
            run.shoe = pairs[run.pk]
        _store(runner, runs, now=now)
    return [(run.pk, pairs[run.pk].pk) for run in runs]


def untag_runs(runner: User, *, tagged: list[tuple[int, int]], now: dt.datetime) -> int:
    """Take back what `tag_runs` did where nothing else was said since; return how many runs."""
    pairs = dict(tagged)
    with transaction.atomic():
        runs = [
            run
            for run in _runs_of(runner).filter(pk__in=pairs).select_for_update()
            if run.shoe_id == pairs[run.pk]
        ]
        for run in runs:
            run.shoe = None
        _store(runner, runs, now=now)
    return len(runs)


def _runs_of(runner: User) -> QuerySet[Activity]:
    return Activity.objects.filter(runner=runner, kind=Activity.Kind.RUN)


def _store(runner: User, runs: list[Activity], *, now: dt.datetime) -> None:
    if not runs:
        return
    for run in runs:
        run.updated_at = now
    Activity.objects.bulk_update(runs, ["shoe", "updated_at"])
    _changed(runner, min(run.on for run in runs), now=now)


def _not_there(run: Activity, shoe: Shoe) -> str:
    if shoe.first_used is not None and run.on < shoe.first_used:
        return f"{shoe} was first used on {shoe.first_used}, after the run of {run.on}."
    return f"{shoe} was retired on {shoe.retired_on}, before the run of {run.on}."
