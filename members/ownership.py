"""An activity's shoe belongs to the activity's runner: kept by the database itself.

A check constraint cannot look into another table, so each database gets a trigger. SQLite rebuilds
a table when its columns change and forgets triggers, hence `post_migrate` instead of one migration.
"""

from typing import Any

from django.db import connections

MESSAGE = "members_activity_shoe_owner: the shoe belongs to somebody else"

SQLITE = """
CREATE TRIGGER IF NOT EXISTS members_activity_shoe_owner_{event}
BEFORE {event} ON members_activity WHEN NEW.shoe_id IS NOT NULL
AND (SELECT owner_id FROM members_shoe WHERE id = NEW.shoe_id) <> NEW.runner_id
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION members_activity_shoe_owner() RETURNS trigger AS $$
BEGIN
  IF NEW.shoe_id IS NOT NULL
     AND (SELECT owner_id FROM members_shoe WHERE id = NEW.shoe_id) <> NEW.runner_id THEN
    RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER members_activity_shoe_owner BEFORE INSERT OR UPDATE ON members_activity
FOR EACH ROW EXECUTE FUNCTION members_activity_shoe_owner();
"""


def create_triggers(*, using: str, **kwargs: Any) -> None:
    """Create the triggers where they are missing. Harmless to run again."""
    connection = connections[using]
    if "members_activity" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("INSERT", "UPDATE"):
                cursor.execute(SQLITE.format(event=event, message=MESSAGE))
        elif connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL.format(message=MESSAGE))
