"""Reading many runners' rows by statements of our own, where building a queryset costs more."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def rows_about(
    ids: Sequence[int], sql: str, model: type[Model], *more: dt.date | int
) -> list[tuple[Any, ...]]:
    """Return what a statement gives about these ids; nothing where there are none.

    `{table}` is the model's table, `{ids}` the ids, `{join}` what joins many texts into one; `more`
    are the values of its other marks. A board of two hundred spends as long on checking two
    hundred ids one by one as on reading, so they stand in the text, as whole numbers.
    """
    if not ids:
        return []
    listed = ", ".join(str(int(one)) for one in ids)
    sql = sql.format(table=model._meta.db_table, ids=listed, join=joined())
    with connection.cursor() as cursor:
        cursor.execute(sql, more)
        return list(cursor.fetchall())


def joined() -> str:
    """Return what the database calls the joining of many texts into one; NULL is left out."""
    return {"sqlite": "group_concat", "postgresql": "string_agg"}[connection.vendor]


def aware(moment: dt.datetime) -> dt.datetime:
    """Return it with its zone, which SQLite does not store: everything is stored in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
