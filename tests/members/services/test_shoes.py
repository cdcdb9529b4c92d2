"""Pairs: adding, retiring, deleting, how they feel, what came of checks, and runs without one."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from injuries.models import AssessmentDue
from members.models import Activity, Shoe, ShoeCheck, ShoeComfort
from members.models.shoes import free_name
from members.services.shoes import (
    add_shoe,
    delete_shoe,
    edit_shoe,
    record_check,
    retire_shoe,
    say_comfort,
    skip_comfort,
    tag_runs,
    untag_runs,
)
from tests.factories import ActivityFactory, ShoeFactory


def test_only_one_pair_is_the_default_and_a_retired_one_never(runner, now):
    first = add_shoe(runner, now=now, name="A", is_default=True)
    second = add_shoe(runner, now=now, name="B", is_default=True)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)

    retire_shoe(second, on=now.date(), now=now)
    assert (second.is_default, second.retired_on) == (False, now.date())
    edit_shoe(second, now=now, is_default=True)
    assert not second.is_default


def test_a_ground_has_one_pair_and_a_retired_one_gives_it_up(runner, now):
    first = add_shoe(runner, now=now, name="A", default_surface="trail")
    theirs = ShoeFactory(default_surface="trail")
    second = add_shoe(runner, now=now, name="B", default_surface="trail", is_default=True)
    for shoe in (first, theirs):
        shoe.refresh_from_db()
    assert (first.default_surface, theirs.default_surface) == ("", "trail")

    retire_shoe(second, on=now.date(), now=now)
    second.refresh_from_db()
    assert (second.default_surface, second.is_default) == ("", False)
    retire_shoe(second, on=None, now=now)
    assert (second.retired_on, second.default_surface) == (None, "")


@pytest.mark.parametrize("way", ["added", "changed", "back in use"])
def test_two_pairs_in_use_are_called_differently_whatever_the_way(way, runner, now):
    add_shoe(runner, now=now, name="Blüe", colour="Grün")
    other = add_shoe(runner, now=now, name="BLÜE", colour="red")
    old = add_shoe(runner, now=now, name="blÜe", colour="grün", retired_on=now.date())
    ShoeFactory(name="Blüe")

    ways = {
        "added": lambda: add_shoe(runner, now=now, name="blüe", colour="GRÜN"),
        "changed": lambda: edit_shoe(other, now=now, colour="grün"),
        "back in use": lambda: retire_shoe(old, on=None, now=now),
    }
    with pytest.raises(ValidationError) as refused:
        ways[way]()

    assert list(refused.value.message_dict) == ["colour"]
    assert Shoe.objects.filter(owner=runner, retired_on=None).count() == 2


def test_the_database_holds_two_names_apart_too(runner, now):
    ShoeFactory(owner=runner, name="Blue", colour="Red")
    ShoeFactory(owner=runner, name="BLUE", colour="green")
    ShoeFactory(owner=runner, name="blue", colour="red", retired_on=now.date())
    ShoeFactory(name="blue", colour="red")
    with pytest.raises(IntegrityError), transaction.atomic():
        ShoeFactory(owner=runner, name="blue", colour="red")


@pytest.mark.parametrize(
    ("name", "taken", "free"),
    [
        ("Blue", [], "Blue"),
        ("Blue", ["Red"], "Blue"),
        ("Blue", ["bLUE"], "Blue 2"),
        ("Blue", ["Blue", "blue 2"], "Blue 3"),
        ("B" * 80, ["b" * 80], "B" * 78 + " 2"),
    ],
)
def test_a_name_gets_the_first_number_that_is_free(name, taken, free):
    assert free_name(name, taken) == free


def test_a_pair_is_not_retired_before_its_first_use(runner, now):
    shoe = ShoeFactory(owner=runner, first_used=now.date())
    with pytest.raises(ValidationError) as refused:
        retire_shoe(shoe, on=now.date() - dt.timedelta(days=1), now=now)
    assert refused.value.message_dict == {"retired_on": ["This day lies before its first use."]}


def test_only_a_pair_nobody_ran_in_is_deleted(runner, now):
    worn, new = ShoeFactory(owner=runner), ShoeFactory(owner=runner)
    ActivityFactory(runner=runner, shoe=worn)
    say_comfort(new, on=now.date(), comfort=3, now=now)

    with pytest.raises(ValidationError, match="Retire it: its history stays"):
        delete_shoe(worn, now=now)
    delete_shoe(new, now=now)

    assert list(Shoe.objects.all()) == [worn]


# --- How comfortable ------------------------------------------------------------------------------
def test_the_last_word_of_a_day_counts_and_can_be_taken_back(runner, now):
    shoe, today = ShoeFactory(owner=runner), now.date()
    for comfort in (8, 6):
        say_comfort(shoe, on=today, comfort=comfort, now=now)
    said = ShoeComfort.objects.get()
    assert (said.on, said.comfort, said.said_at) == (today, 6, now)
    assert AssessmentDue.objects.get().from_day == today

    say_comfort(shoe, on=today, comfort=None, now=now)
    assert not ShoeComfort.objects.exists()


@pytest.mark.parametrize(
    ("days", "comfort", "error"),
    [
        (1, 5, {"on": ["This day lies in the future."]}),
        (0, 11, {"comfort": ["Choose a number from 0 to 10."]}),
        (0, -1, {"comfort": ["Choose a number from 0 to 10."]}),
    ],
)
def test_an_impossible_comfort_is_refused(days, comfort, error, runner, now):
    on = now.date() + dt.timedelta(days=days)
    with pytest.raises(ValidationError) as refused:
        say_comfort(ShoeFactory(owner=runner), on=on, comfort=comfort, now=now)
    assert refused.value.message_dict == error


def test_setting_the_question_aside_rests_every_pair_it_was_open_for(runner, now):
    asked, unworn = ShoeFactory(owner=runner), ShoeFactory(owner=runner)
    theirs = ActivityFactory(shoe=None).runner
    ActivityFactory(runner=runner, shoe=asked)
    ActivityFactory(runner=theirs, shoe=ShoeFactory(owner=theirs))

    skip_comfort(runner, now=now)

    skipped = Shoe.objects.filter(comfort_skipped_on=now.date())
    assert list(skipped) == [asked]
    assert unworn not in skipped


# --- Having a pair looked at ----------------------------------------------------------------------
def test_a_check_is_kept_with_what_the_pair_had_run_by_then(runner, now):
    old, new = ShoeFactory(owner=runner, start_m=700_000), ShoeFactory(owner=runner)
    ActivityFactory(runner=runner, shoe=old)  # 10 km on the day before
    ActivityFactory(runner=runner, shoe=old, kind="walk")
    yesterday = now.date() - dt.timedelta(days=1)

    earlier = record_check(old, on=dt.date(2026, 3, 1), outcome="nothing", now=now)
    check = record_check(
        old, on=yesterday, outcome="replaced", where="Store", note="Worn", new_shoe=new, now=now
    )
    again = record_check(old, on=yesterday, outcome="kept", now=now)

    assert (earlier.distance_m, check.distance_m) == (700_000, 710_000)
    assert again.pk == check.pk
    stored = ShoeCheck.objects.get(pk=check.pk)
    assert (stored.outcome, stored.where, stored.note, stored.new_shoe) == ("kept", "", "", None)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"outcome": "lost"}, "outcome"),
        ({"outcome": "kept", "new_shoe": "own"}, "new_shoe"),
        ({"outcome": "replaced", "new_shoe": "theirs"}, "new_shoe"),
        ({"outcome": "replaced", "new_shoe": "itself"}, "new_shoe"),
        ({"outcome": "kept", "where": "x" * 81}, "where"),
        ({"outcome": "kept", "on": dt.date(2026, 3, 19)}, "on"),
    ],
)
def test_an_impossible_check_is_refused_at_its_field(fields, field, runner, now):
    shoe = ShoeFactory(owner=runner)
    others = {"own": ShoeFactory(owner=runner), "theirs": ShoeFactory(), "itself": shoe}
    given = {"on": now.date()} | fields
    if "new_shoe" in given:
        given["new_shoe"] = others[given["new_shoe"]]

    with pytest.raises(ValidationError) as refused:
        record_check(shoe, now=now, **given)

    assert list(refused.value.message_dict) == [field]
    assert not ShoeCheck.objects.exists()


# --- Runs without a pair --------------------------------------------------------------------------
@pytest.mark.parametrize("runs", [1, 3])
def test_runs_get_their_pairs_at_once_and_weeks_are_assessed_again_once(
    runs, runner, now, django_assert_num_queries
):
    trail, road = ShoeFactory(owner=runner), ShoeFactory(owner=runner)
    logged = [
        ActivityFactory(runner=runner, started_at=now - dt.timedelta(days=day))
        for day in range(runs)
    ]
    pairs = {run.pk: trail if n % 2 else road for n, run in enumerate(logged)}
    AssessmentDue.objects.create(runner=runner, from_day=now.date(), changed_at=now)

    with django_assert_num_queries(5):  # savepoint, runs, bulk update, ledger, release
        tagged = tag_runs(runner, pairs=pairs, now=now)

    assert dict(tagged) == {pk: shoe.pk for pk, shoe in pairs.items()}
    assert dict(Activity.objects.values_list("pk", "shoe")) == dict(tagged)
    due = AssessmentDue.objects.get()
    assert (due.from_day, due.change) == (now.date() - dt.timedelta(days=runs - 1), 2)
    assert untag_runs(runner, tagged=tagged, now=now) == runs
    assert not Activity.objects.filter(shoe__isnull=False).exists()


def test_a_run_that_has_a_pair_or_belongs_to_somebody_else_is_left_alone(runner, now):
    old, new = ShoeFactory(owner=runner), ShoeFactory(owner=runner)
    tagged = ActivityFactory(runner=runner, shoe=old)
    theirs, ride = ActivityFactory(), ActivityFactory(runner=runner, kind="ride")

    assert tag_runs(runner, pairs={one.pk: new for one in (tagged, theirs, ride)}, now=now) == []
    assert untag_runs(runner, tagged=[(tagged.pk, new.pk), (theirs.pk, new.pk)], now=now) == 0
    assert dict(Activity.objects.values_list("pk", "shoe")) == {
        tagged.pk: old.pk,
        theirs.pk: None,
        ride.pk: None,
    }


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        (
            {"first_used": dt.date(2026, 3, 18)},
            "Blue was first used on 2026-03-18, after the run of 2026-03-17.",
        ),
        (
            {"retired_on": dt.date(2026, 3, 16)},
            "Blue was retired on 2026-03-16, before the run of 2026-03-17.",
        ),
    ],
)
def test_a_pair_that_was_not_there_that_day_gives_none_of_them(fields, error, runner, now):
    blue, fine = ShoeFactory(owner=runner, name="Blue", **fields), ShoeFactory(owner=runner)
    pairs = {ActivityFactory(runner=runner).pk: shoe for shoe in (fine, blue)}

    with pytest.raises(ValidationError) as refused:
        tag_runs(runner, pairs=pairs, now=now)

    assert refused.value.message_dict == {"shoe": [error]}
    assert not Activity.objects.filter(shoe__isnull=False).exists()


def test_somebody_elses_pair_is_refused(runner, now):
    with pytest.raises(ValidationError) as refused:
        tag_runs(runner, pairs={ActivityFactory(runner=runner).pk: ShoeFactory()}, now=now)
    assert refused.value.message_dict == {"shoe": ["Choose one of your own pairs."]}
