"""Whose a pair is: the database refuses, whichever way somebody writes."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import RestrictedError

from members.models import Activity, Shoe, ShoeCheck, ShoeComfort
from members.ownership import create_triggers, drop_triggers
from tests.factories import ActivityFactory, ShoeFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 3, 18)


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_no_way_of_writing_gives_a_run_somebody_elses_pair():
    run, theirs = ActivityFactory(), ShoeFactory()
    started = dt.datetime(2026, 3, 18, 7, tzinfo=dt.UTC)
    fields = {"runner": run.runner, "shoe": theirs, "on": ON, "started_at": started}

    refused(lambda: Activity.objects.bulk_create([Activity(time_zone="UTC", **fields)]))
    refused(lambda: Activity.objects.filter(pk=run.pk).update(shoe=theirs))
    own = ActivityFactory(runner=theirs.owner, shoe=theirs)
    refused(lambda: Activity.objects.filter(pk=own.pk).update(runner=run.runner))
    Activity.objects.filter(pk=own.pk).update(shoe=None)


def test_no_pair_changes_hands():
    shoe = ShoeFactory()
    refused(lambda: Shoe.objects.filter(pk=shoe.pk).update(owner=ShoeFactory().owner))
    Shoe.objects.filter(pk=shoe.pk).update(owner=shoe.owner, name="Red")


def test_the_new_pair_of_a_check_has_the_owner_of_the_old_one():
    old, theirs = ShoeFactory(), ShoeFactory()
    check = ShoeCheck(shoe=old, on=ON, outcome="replaced", distance_m=0, new_shoe=theirs)
    refused(check.save)
    check.new_shoe = ShoeFactory(owner=old.owner)
    check.save()
    refused(lambda: ShoeCheck.objects.update(new_shoe=theirs))


@pytest.mark.parametrize(
    "fields",
    [
        {"is_default": True},
        {"default_surface": "trail"},
        {"retired_on": ON, "default_surface": "road"},
        {"retired_on": ON, "is_default": True},
        {"default_surface": "ice"},
    ],
)
def test_one_default_one_for_each_ground_and_no_retired_pair(fields):
    first = ShoeFactory(is_default=True, default_surface="trail")
    refused(lambda: ShoeFactory(owner=first.owner, **fields))
    assert ShoeFactory(owner=first.owner, default_surface="road").pk


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "lost"},
        {"outcome": "kept", "new_shoe": True},
        {"outcome": "replaced", "new_shoe": False},
    ],
)
def test_only_what_gives_a_new_pair_names_another_one(fields):
    old = ShoeFactory()
    if "new_shoe" in fields:
        fields = fields | {"new_shoe": ShoeFactory(owner=old.owner) if fields["new_shoe"] else old}
    refused(ShoeCheck(shoe=old, on=ON, distance_m=0, **fields).save)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite rebuilds tables")
def test_sqlite_rebuilds_the_table_while_the_triggers_are_away():
    def triggers():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            return cursor.fetchone()[0]

    ShoeFactory(name="Kept")
    drop_triggers(using="default", plan=[])
    assert triggers() == 5
    drop_triggers(using="default", plan=["something"])
    assert triggers() == 0
    with connection.schema_editor() as editor:
        editor._remake_table(Shoe)
    create_triggers(using="default")
    create_triggers(using="default")
    assert (triggers(), Shoe.objects.get().name) == (5, "Kept")


def test_a_person_goes_with_their_pairs_but_a_worn_pair_alone_does_not():
    old = ShoeFactory()
    ActivityFactory(runner=old.owner, shoe=old)
    new = ShoeFactory(owner=old.owner)
    ShoeCheck.objects.create(shoe=old, on=ON, outcome="replaced", distance_m=0, new_shoe=new)

    with pytest.raises(RestrictedError):
        old.delete()
    new.delete()
    assert ShoeCheck.objects.get().new_shoe is None
    old.owner.delete()
    assert not Shoe.objects.exists()


@pytest.mark.parametrize("comfort", [10, 11])
def test_comfort_goes_from_0_to_10_once_a_day(comfort):
    shoe = ShoeFactory()
    ShoeComfort.objects.create(shoe=shoe, on=ON, comfort=0)
    refused(lambda: ShoeComfort.objects.create(shoe=shoe, on=ON, comfort=comfort))
    day = ON - dt.timedelta(days=comfort)
    if comfort > 10:
        refused(lambda: ShoeComfort.objects.create(shoe=shoe, on=day, comfort=comfort))
    else:
        ShoeComfort.objects.create(shoe=shoe, on=day, comfort=comfort)
