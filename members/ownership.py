"""Whose a pair is: kept by the database itself, whoever writes and however.

An activity's pair belongs to the activity's runner, the new pair of a check to the owner of the old
one, and no pair changes hands. A check constraint cannot look into another table, so each database
gets triggers. SQLite forgets a table's triggers when it rebuilds the table, and rebuilds none that
a trigger names: hence away before each migration and back after it, instead of one migration.
"""

from typing import Any

from django.db import connections

# Trigger: table, when it looks, and what must not be.
RULES = {
    "members_activity_shoe_owner": (
        "members_activity",
        ("INSERT", "UPDATE"),
        "NEW.shoe_id IS NOT NULL"
        " AND (SELECT owner_id FROM members_shoe WHERE id = NEW.shoe_id) <> NEW.runner_id",
    ),
    "members_shoecheck_new_shoe_owner": (
        "members_shoecheck",
        ("INSERT", "UPDATE"),
        "NEW.new_shoe_id IS NOT NULL"
        " AND (SELECT owner_id FROM members_shoe WHERE id = NEW.new_shoe_id)"
        " <> (SELECT owner_id FROM members_shoe WHERE id = NEW.shoe_id)",
    ),
    "members_shoe_same_owner": (
        "members_shoe",
        ("UPDATE",),
        "NEW.owner_id <> OLD.owner_id",
    ),
}

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name}_{event}
BEFORE {event} ON {table} WHEN {broken}
BEGIN SELECT RAISE(ABORT, '{name}: the shoe belongs to somebody else'); END
"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  IF {broken} THEN
    RAISE EXCEPTION '{name}: the shoe belongs to somebody else'
    USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER {name} BEFORE {events} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def create_triggers(*, using: str, **kwargs: Any) -> None:
    """Create the triggers where they are missing. Harmless to run again."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, (table, events, broken) in RULES.items():
            if table not in existing:
                continue
            if connection.vendor == "sqlite":
                for event in events:
                    cursor.execute(
                        SQLITE.format(name=name, event=event, table=table, broken=broken)
                    )
            elif connection.vendor == "postgresql":
                both = " OR ".join(events)
                cursor.execute(
                    POSTGRESQL.format(name=name, events=both, table=table, broken=broken)
                )


def drop_triggers(*, using: str, plan: Any = (), **kwargs: Any) -> None:
    """Take the triggers away from SQLite where migrations are about to run."""
    connection = connections[using]
    if connection.vendor != "sqlite" or not plan:
        return
    with connection.cursor() as cursor:
        for name, (_, events, _) in RULES.items():
            for event in events:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}_{event}")
