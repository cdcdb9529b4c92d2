from itertools import count

from django.db import migrations, models
from django.db.models.functions import Lower

LONGEST = 80


def tell_apart(apps, schema_editor):
    """Of two pairs in use with one name and colour the later gets a number behind its name."""
    shoe = apps.get_model("members", "Shoe")
    taken = {}
    in_use = shoe.objects.filter(retired_on__isnull=True).order_by("owner_id", "id")
    rows = list(in_use.only("pk", "owner_id", "name", "colour"))
    for row in rows:
        taken.setdefault(row.owner_id, set()).add(_key(row.name, row.colour))
    seen = set()
    for row in rows:
        if (row.owner_id, _key(row.name, row.colour)) in seen:
            row.name = _free(row, taken[row.owner_id])
            taken[row.owner_id].add(_key(row.name, row.colour))
            row.save(update_fields=["name"])
        seen.add((row.owner_id, _key(row.name, row.colour)))


def _key(name, colour):
    return name.casefold(), colour.casefold()


def _free(row, taken):
    tries = (f"{row.name[: LONGEST - len(f' {n}')]} {n}" for n in count(2))
    return next(one for one in tries if _key(one, row.colour) not in taken)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0009_digest_names"),
    ]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="shoe",
            constraint=models.UniqueConstraint(
                models.F("owner"),
                Lower("name"),
                Lower("colour"),
                condition=models.Q(("retired_on__isnull", True)),
                name="members_shoe_one_name_in_use",
            ),
        ),
    ]
