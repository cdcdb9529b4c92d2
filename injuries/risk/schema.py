"""The JSON Schema of what goes in and what comes out (`python -m injuries.risk --schema`).

Published as docs/risk.schema.json. It says what a field may hold; that no record lies after `on`
and no problem closes before it began is beyond what a schema can say.
"""

from typing import Any

from injuries.risk.types import (
    ALL_RED_FLAGS,
    CHECK_ANSWERS,
    CLINICIAN,
    KINDS,
    SIDES,
    SPOTS,
    STATUSES,
    TRAINING,
)
from injuries.risk.wire import MOST

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FLAG_ACTIONS = (
    *TRAINING, "shoe_check", *CLINICIAN, "context",
)  # fmt: skip

DATE: Schema = {"type": "string", "format": "date", "pattern": r"^(19|2\d)\d{2}-\d{2}-\d{2}$"}
INSTANT: Schema = {
    "type": "string",
    "format": "date-time",
    "description": "With its offset, like 2026-03-14T09:00:00+01:00.",
}
WEEK: Schema = {
    "type": "string",
    "pattern": r"^(19|2\d)\d{2}-W\d{2}$",
    "description": "ISO 8601 week.",
}
TEXT: Schema = {"type": "string", "minLength": 1}
FLAG: Schema = {"type": "boolean"}
SCALE: Schema = {"type": "integer", "minimum": 0, "maximum": 10}
RATIO: Schema = {"type": "number"}
METRES: Schema = {"type": "integer", "minimum": 0, "maximum": MOST, "description": "Metres."}
SOME_METRES = METRES | {"minimum": 1}
SECONDS = METRES | {"description": "Seconds."}


def history_schema() -> Schema:
    """Return the schema of one history."""
    return _document(
        "History",
        "Everything known about one runner up to and including the local day `on`.",
        _object(
            required={"on": DATE},
            optional={
                "adult": FLAG,
                "previous_injury_12m": FLAG,
                "declared_longest_30d_m": SOME_METRES,
                "activities": _list(ACTIVITY),
                "days": _list(_object(required={"on": DATE, "status": _one_of(STATUSES)})),
                "pain": _list(
                    _object(required={"on": DATE}, optional={"first_step": SCALE, "after": SCALE})
                ),
                "problems": _list(PROBLEM),
                "checks": _list(CHECK),
                "red_flags": _list(RED_FLAGS),
                "shoes": _list(SHOE),
            },
        ),
    )


def assessment_schema() -> Schema:
    """Return the schema of one assessment."""
    return _document(
        "Assessment",
        "What the rules say about one runner on one day.",
        _object(
            required={
                "on": DATE,
                "engine": TEXT,
                "training": _one_of(TRAINING),
                "shoes": FLAG,
                "clinician": _or_null(_one_of(CLINICIAN)),
                "coverage_30": {"type": "number", "minimum": 0, "maximum": 1},
                "ceiling_m": _or_null(METRES),
                "ceiling_until": _or_null(DATE),
                "measures": _object(
                    required={
                        "L1": _object(required={"ratio": _or_null(RATIO)}),
                        "L4": _object(required={"change": _or_null(RATIO)}),
                        "L7": _object(required={"z": _or_null(RATIO)}),
                    }
                ),
                "flags": {"type": "array", "items": RISK_FLAG},
                "not_assessed": {
                    "type": "array",
                    "items": _object(required={"rule": TEXT, "why": TEXT}),
                },
            }
        ),
    )


def both_schemas() -> Schema:
    """Return both in one document, as published."""
    return {"history": history_schema(), "assessment": assessment_schema()}


def _document(title: str, description: str, schema: Schema) -> Schema:
    return {"$schema": DIALECT, "title": title, "description": description} | schema


def _object(*, required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Return an object without other fields; an optional field may be absent or null."""
    allowed = {name: _or_null(schema) for name, schema in (optional or {}).items()}
    return {
        "type": "object",
        "properties": required | allowed,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(allowed: tuple[str, ...]) -> Schema:
    return {"type": "string", "enum": list(allowed)}


def _or_null(schema: Schema) -> Schema:
    nullable = schema | {"type": [schema["type"], "null"]}
    return nullable | {"enum": [*schema["enum"], None]} if "enum" in schema else nullable


ACTIVITY = _object(
    required={"on": DATE, "kind": _one_of(KINDS)},
    optional={
        "started_at": INSTANT,
        "distance_m": METRES,
        "duration_s": SECONDS,
        "effort": SCALE,
        "pain_during": SCALE,
        "gait_changed": FLAG,
        "painkiller": FLAG,
        "shoe": TEXT,
        "imputed": FLAG,
    },
)
PROBLEM = _object(
    required={"side": _one_of(SIDES), "spot": _one_of(SPOTS), "since": DATE},
    optional={"closed": DATE},
)
CHECK = _object(
    required={
        "week": WEEK,
        "answered_on": DATE,
        "answers": {
            "type": "array",
            "items": {"type": ["integer", "null"], "enum": [*CHECK_ANSWERS, None]},
            "minItems": 4,
            "maxItems": 4,
        },
    }
)
RED_FLAGS = _object(
    required={"on": DATE},
    optional={
        "answers": _object(required={}, optional=dict.fromkeys(ALL_RED_FLAGS, FLAG)),
        "assessed_on": DATE,
    },
)
COMFORT = _object(required={"on": DATE, "value": SCALE})
SHOE = _object(
    required={"id": TEXT},
    optional={
        "start_m": METRES,
        "limit_m": SOME_METRES,
        "first_used": DATE,
        "retired": DATE,
        "comfort": _list(COMFORT),
    },
)
RISK_FLAG = {
    "type": "object",
    "properties": {
        "rule": TEXT,
        "level": TEXT,
        "action": _one_of(FLAG_ACTIONS),
        "values": {"type": "object", "description": "The numbers the sentence is made from."},
        "text": TEXT,
        "coach": {"type": "boolean", "description": "Shown to coaches by itself."},
    },
    "required": ["rule", "level", "action", "values", "text"],
    "additionalProperties": False,
}
