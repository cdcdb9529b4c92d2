"""The engine's JSON, both ways (design 4). Malformed input names its field."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from injuries.risk.types import (
    ALL_RED_FLAGS,
    CHECK_ANSWERS,
    KINDS,
    SIDES,
    SPOTS,
    STATUSES,
    Activity,
    Assessment,
    Check,
    Day,
    History,
    Pain,
    Problem,
    RedFlags,
    Shoe,
)


class Malformed(ValueError):
    """Input that is not a history; the message names the field as in the JSON."""


Reader = Callable[[Any], Any]


def history_from_json(data: Any) -> History:
    """Return the history of one JSON object. Raises Malformed."""
    fields = _fields(data, HISTORY, "", required=("on",))
    on = fields["on"]
    for name, kind in LISTS.items():
        fields[name] = tuple(
            _row(kind, row, name, index, on) for index, row in enumerate(fields.get(name, ()))
        )
    return History(**fields)


def assessment_to_json(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as design 4 prints it."""
    until = assessment.ceiling_until
    return {
        "on": assessment.on.isoformat(),
        "engine": assessment.engine,
        "training": assessment.training,
        "shoes": assessment.shoes,
        "clinician": assessment.clinician,
        "coverage_30": assessment.coverage_30,
        "ceiling_m": assessment.ceiling_m,
        "ceiling_until": None if until is None else until.isoformat(),
        "measures": assessment.measures,
        "flags": [
            {
                "rule": flag.rule,
                "level": flag.level,
                "action": flag.action,
                "values": flag.values,
                "text": flag.text,
            }
            | ({"coach": True} if flag.coach else {})
            for flag in assessment.flags
        ],
        "not_assessed": [{"rule": one.rule, "why": one.why} for one in assessment.not_assessed],
    }


# --- Reading -------------------------------------------------------------------------------------
def _fields(
    data: Any, readers: dict[str, Reader], where: str, *, required: tuple[str, ...]
) -> dict[str, Any]:
    """Return what each present field says; null is the same as absent. Raises Malformed."""
    if not isinstance(data, dict):
        raise Malformed(f"{where or 'input'}: must be an object.")
    prefix = f"{where}." if where else ""
    for key in data:
        if key not in readers:
            raise Malformed(f"{prefix}{key}: is not a field of this format.")
    for key in required:
        if data.get(key) is None:
            raise Malformed(f"{prefix}{key}: is required.")
    fields = {}
    for key, read in readers.items():
        if data.get(key) is None:
            continue
        try:
            fields[key] = read(data[key])
        except Malformed as error:
            separator = "" if str(error).startswith(("[", ".")) else ": "
            raise Malformed(f"{prefix}{key}{separator}{error}") from None
    return fields


def _row(kind: type, data: Any, name: str, index: int, on: dt.date) -> Any:
    readers, required = ROWS[kind]
    try:
        # Nearly every row is in order and takes this way, which keeps no count of where it is.
        fields = {key: readers[key](data[key]) for key in data if data[key] is not None}
    except (Malformed, KeyError, TypeError):
        fields = _fields(data, readers, f"{name}[{index}]", required=required)
    for key in required:
        if key not in fields:
            raise Malformed(f"{name}[{index}].{key}: is required.")
    for key in DATES[kind]:
        if key in fields and fields[key] > on:
            raise Malformed(f"{name}[{index}].{key}: {fields[key]} is after on ({on}).")
    if kind is Problem and fields.get("closed", on) < fields["since"]:
        began, ended = fields["since"], fields["closed"]
        raise Malformed(f"{name}[{index}].closed: {ended} is before since ({began}).")
    return kind(**fields)


class _Dates(dict[str, dt.date]):
    """Dates read before: the histories of a club name the same days over and over."""

    def __missing__(self, value: Any) -> dt.date:
        try:
            if isinstance(value, str) and len(value) == 10:
                day = dt.date.fromisoformat(value)
                if len(self) < MOST_DATES_KEPT:
                    self[value] = day
                return day
        except ValueError:
            pass
        raise Malformed("must be a date like 2026-03-15.")


MOST_DATES_KEPT = 20_000
_DATES = _Dates()


def _date(value: Any) -> dt.date:
    try:
        return _DATES[value]
    except TypeError:  # a list or an object
        raise Malformed("must be a date like 2026-03-15.") from None


def _instant(value: Any) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value)
    except (ValueError, TypeError):
        raise Malformed("must be a time like 2026-03-14T09:00:00+01:00.") from None
    if moment.tzinfo is None:
        raise Malformed("must name its offset, like +01:00.")
    return moment


def _week(value: Any) -> dt.date:
    try:
        if isinstance(value, str) and len(value) == 8 and value[4:6] == "-W":
            return dt.date.fromisocalendar(int(value[:4]), int(value[6:]), 1)
    except ValueError:
        pass
    raise Malformed("must be a week like 2026-W10.")


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Malformed("must be true or false.")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise Malformed("must be a text.")
    return value


def _whole(unit: str, *, least: int = 0, most: int | None = None) -> Reader:
    span = f"{least} or more" if most is None else f"{least} to {most}"

    def read(value: Any) -> int:
        if type(value) is not int or value < least or (most is not None and value > most):
            raise Malformed(f"must be a whole number{unit}, {span}.")
        return value

    return read


def _one_of(allowed: tuple[str, ...]) -> Reader:
    choices = frozenset(allowed)

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise Malformed(f"must be one of {', '.join(allowed)}.")
        return value

    return read


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed("must be a list.")
    return value


def _check_answers(value: Any) -> tuple[int | None, ...]:
    if not isinstance(value, list) or len(value) != 4:
        raise Malformed("must be a list of four answers.")
    for index, answer in enumerate(value):
        if answer is not None and (type(answer) is not int or answer not in CHECK_ANSWERS):
            raise Malformed(f"[{index}]: must be 0, 8, 17, 25 or null.")
    return tuple(value)


def _red_flag_answers(value: Any) -> dict[str, bool | None]:
    if not isinstance(value, dict):
        raise Malformed("must be an object of question: true, false or null.")
    for question, answer in value.items():
        if question not in ALL_RED_FLAGS:
            raise Malformed(f".{question}: is not a red-flag question.")
        if answer is not None and not isinstance(answer, bool):
            raise Malformed(f".{question}: must be true, false or null.")
    return value


METRES, SECONDS, SCALE = _whole(" of metres"), _whole(" of seconds"), _whole("", most=10)

HISTORY: dict[str, Reader] = {
    "on": _date,
    "adult": _bool,
    "previous_injury_12m": _bool,
    "declared_longest_30d_m": _whole(" of metres", least=1),
    "activities": _list,
    "days": _list,
    "pain": _list,
    "problems": _list,
    "checks": _list,
    "red_flags": _list,
    "shoes": _list,
}
ROWS: dict[type, tuple[dict[str, Reader], tuple[str, ...]]] = {
    Activity: (
        {
            "on": _date,
            "kind": _one_of(KINDS),
            "started_at": _instant,
            "distance_m": METRES,
            "duration_s": SECONDS,
            "effort": SCALE,
            "pain_during": SCALE,
            "gait_changed": _bool,
            "painkiller": _bool,
            "shoe": _text,
            "imputed": _bool,
        },
        ("on", "kind"),
    ),
    Day: ({"on": _date, "status": _one_of(STATUSES)}, ("on", "status")),
    Pain: ({"on": _date, "first_step": SCALE, "after": SCALE}, ("on",)),
    Problem: (
        {
            "side": _one_of(SIDES),
            "spot": _one_of(SPOTS),
            "since": _date,
            "closed": _date,
        },
        ("side", "spot", "since"),
    ),
    Check: (
        {"week": _week, "answered_on": _date, "answers": _check_answers},
        ("week", "answered_on", "answers"),
    ),
    RedFlags: (
        {"on": _date, "answers": _red_flag_answers, "assessed_on": _date},
        ("on",),
    ),
    Shoe: (
        {
            "id": _text,
            "start_m": METRES,
            "limit_m": _whole(" of metres", least=1),
            "first_used": _date,
            "retired": _date,
        },
        ("id",),
    ),
}
DATES = {
    kind: tuple(key for key, read in readers.items() if read in {_date, _week})
    for kind, (readers, _) in ROWS.items()
}
LISTS: dict[str, type] = {
    "activities": Activity,
    "days": Day,
    "pain": Pain,
    "problems": Problem,
    "checks": Check,
    "red_flags": RedFlags,
    "shoes": Shoe,
}
