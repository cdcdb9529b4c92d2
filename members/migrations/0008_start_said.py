import datetime as dt
import zoneinfo

from django.db import migrations, models

NOON = dt.time(12)
CHUNK = 500


def has_no_start(started_at, time_zone, *, is_typed):
    """Tell whether the stored start only stands for a day.

    Noon sharp in its own zone is what a day without a time was stored as, whoever gave it; a typed
    one with seconds was stored at the moment of saving, for the form's clock has none. Somebody who
    did start at twelve loses a time of day; the other way round two runs would be one long one.
    """
    at_once = is_typed and bool(started_at.second or started_at.microsecond)
    return at_once or started_at.astimezone(zoneinfo.ZoneInfo(time_zone or "UTC")).time() == NOON


def say_which(apps, schema_editor):
    activity = apps.get_model("members", "Activity")
    entry = apps.get_model("members", "ImportEntry")
    _mark(activity, activity.objects.annotate(is_typed=models.Q(source="typed")))
    entries = entry.objects.filter(started_at__isnull=False)
    _mark(entry, entries.annotate(is_typed=models.Value(False)))


def _mark(model, rows):
    fields = ("pk", "started_at", "time_zone", "is_typed")
    found = [
        pk
        for pk, started_at, time_zone, is_typed in rows.values_list(*fields).iterator()
        if has_no_start(started_at, time_zone, is_typed=is_typed)
    ]
    for first in range(0, len(found), CHUNK):
        model.objects.filter(pk__in=found[first : first + CHUNK]).update(start_said=False)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0007_routine_sole_stretch_and_heel_raise"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="start_said",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="importentry",
            name="start_said",
            field=models.BooleanField(default=True),
        ),
        migrations.RunPython(say_which, migrations.RunPython.noop),
    ]
