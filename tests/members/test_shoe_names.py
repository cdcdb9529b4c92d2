"""What the migration does to pairs in use that are called the same."""

import importlib

from django.apps import apps
from django.db import connection

from members.models import Shoe
from tests.factories import ShoeFactory

step = importlib.import_module("members.migrations.0010_shoe_names")


def test_the_later_of_two_gets_a_number_and_nothing_else_changes(runner, now):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX members_shoe_one_name_in_use")
    today = now.date()
    long = "B" * 80
    before = [
        (runner, "Blue", "", None, "Blue"),
        (runner, "blue", "", None, "blue 3"),
        (runner, "Blue 2", "", None, "Blue 2"),
        (runner, "Blue", "red", None, "Blue"),
        (runner, "BLUE", "", today, "BLUE"),
        (runner, "BLUE", "", None, "BLUE 4"),
        (runner, long, "", None, long),
        (runner, long, "", None, "B" * 78 + " 2"),
    ]
    pairs = [
        ShoeFactory(owner=owner, name=name, colour=colour, retired_on=retired)
        for owner, name, colour, retired, _ in before
    ]
    theirs = ShoeFactory(name="Blue")

    step.tell_apart(apps, None)

    rows = dict(Shoe.objects.values_list("pk", "name"))
    assert [rows[pair.pk] for pair in pairs] == [after for *_, after in before]
    assert rows[theirs.pk] == "Blue"
    step.tell_apart(apps, None)
    assert dict(Shoe.objects.values_list("pk", "name")) == rows
