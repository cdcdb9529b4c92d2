"""Histories from JSON: by whole columns and value by value, one answer; the JSON of an answer."""

import datetime as dt

import pytest

from injuries.risk import Assessment, Flag, History, Unjudged
from injuries.risk.readers import (
    Answers,
    Date,
    FourOf,
    Instant,
    Malformed,
    OneOf,
    Text,
    Week,
    Whole,
    YesNo,
)
from injuries.risk.wire import TABLES, Table, assessment_to_json, history_from_json

ON = dt.date(2026, 3, 15)
ROWS = {
    "activities": [
        {
            "on": "2026-03-15", "kind": "run", "started_at": "2026-03-15T09:00:00+01:00",
            "distance_m": 16_000, "duration_s": 5_400, "effort": 6, "pain_during": 2,
            "gait_changed": False, "painkiller": True, "shoe": "s1", "imputed": True,
        },
        {
            "on": "2026-03-14", "kind": "ride", "started_at": None, "distance_m": None,
            "duration_s": 0, "effort": None, "pain_during": 10, "gait_changed": None,
            "painkiller": None, "shoe": None, "imputed": None,
        },
    ],
    "days": [{"on": "2026-03-15", "status": "rest"}, {"on": "2026-03-13", "status": "ill"}],
    "pain": [
        {"on": "2026-03-15", "first_step": 2, "after": None},
        {"on": "2026-03-12", "first_step": None, "after": 10},
    ],
    "problems": [
        {"side": "left", "spot": "whole_heel", "since": "2026-03-15", "closed": None},
        {"side": "both", "spot": "elsewhere", "since": "2026-03-01", "closed": "2026-03-01"},
    ],
    "checks": [
        {"week": "2026-W11", "answered_on": "2026-03-15", "answers": [8, None, 17, 25]},
        {"week": "2026-W10", "answered_on": "2026-03-08", "answers": [0, 0, 0, 0]},
    ],
    "red_flags": [
        {"on": "2026-03-15", "answers": {"night_pain": False}, "assessed_on": "2026-03-15"},
        {"on": "2026-03-10", "answers": None, "assessed_on": None},
    ],
    "shoes": [
        {
            "id": "a", "start_m": 1, "limit_m": 1, "first_used": "2026-03-15", "retired": None,
            "comfort": [{"on": "2026-03-15", "value": 10}, {"on": "2026-03-01", "value": 0}],
        },
        {
            "id": "b", "start_m": None, "limit_m": None, "first_used": None,
            "retired": "2026-03-15", "comfort": None,
        },
    ],
}  # fmt: skip


def sparse(rows):
    """Leave out what is null."""
    return [{key: value for key, value in row.items() if value is not None} for row in rows]


@pytest.mark.parametrize("shape", [list, sparse])
@pytest.mark.parametrize("name", ROWS)
def test_columns_and_rows_read_the_same(name, shape):
    table, rows = TABLES[name], shape(ROWS[name])

    one_by_one = tuple(table._row(row, name, ON) for row in rows)

    assert tuple(map(table.kind, *table._columns(rows, ON))) == one_by_one
    assert table.read(rows, name, ON) == one_by_one
    assert getattr(history_from_json({"on": "2026-03-15", name: rows}), name) == one_by_one


class ByColumns(Table):
    """Reads whole columns or nothing."""

    def _row(self, data, where, on):
        raise AssertionError(where)


@pytest.mark.parametrize("name", ROWS)
def test_what_is_in_order_is_read_by_columns_alone(name):
    table, rows = TABLES[name], ROWS[name]
    columns = ByColumns(table.kind, table.readers, table.required, table.defaults, table.nested)

    for some in (rows, rows[:1], rows[1:]):
        assert columns.read(some, name, ON) == table.read(some, name, ON)


def test_an_empty_list_is_an_empty_tuple():
    assert history_from_json({"on": "2026-03-15", "pain": [], "days": None}) == History(on=ON)


@pytest.mark.parametrize("name", ROWS)
def test_the_second_of_two_rows_is_named(name):
    good, bad = ROWS[name][0], {**ROWS[name][0], "more": 1}
    with pytest.raises(Malformed) as refused:
        history_from_json({"on": "2026-03-15", name: [good, bad]})

    assert str(refused.value) == f"{name}[1].more: is not a field of this format."


@pytest.mark.parametrize(
    ("name", "field", "value", "error"),
    [
        ("activities", "on", "2026-03-16", "2026-03-16 is after on (2026-03-15)."),
        ("activities", "on", None, "is required."),
        ("activities", "kind", None, "is required."),
        ("problems", "closed", "2026-03-14", "2026-03-14 is before since (2026-03-15)."),
        ("problems", "closed", "2026-03-16", "2026-03-16 is after on (2026-03-15)."),
        ("checks", "week", "2026-W12", "2026-03-16 is after on (2026-03-15)."),
        ("checks", "answered_on", "2026-03-16", "2026-03-16 is after on (2026-03-15)."),
        ("red_flags", "assessed_on", "2026-03-16", "2026-03-16 is after on (2026-03-15)."),
        (
            "red_flags",
            "answers",
            [],
            "must be an object of question: true, false or null.",
        ),
        ("shoes", "first_used", "2026-03-16", "2026-03-16 is after on (2026-03-15)."),
        (
            "activities",
            "started_at",
            "nine",
            "must be a time like 2026-03-14T09:00:00+01:00.",
        ),
        ("activities", "started_at", 9, "must be a time like 2026-03-14T09:00:00+01:00."),
        ("activities", "started_at", "2026-03-14T09:00", "must name its offset, like +01:00."),
    ],
)
def test_the_first_wrong_field_is_named(name, field, value, error):
    rows = [ROWS[name][1], ROWS[name][0] | {field: value}]
    with pytest.raises(Malformed) as refused:
        history_from_json({"on": "2026-03-15", name: rows})

    assert str(refused.value) == f"{name}[1].{field}: {error}"


def test_what_is_no_object_is_the_input():
    with pytest.raises(Malformed, match=r"^input: must be an object\.$"):
        history_from_json([])


# --- One kind of value ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reader", "good", "read"),
    [
        (Whole(), [0, None, 7], [0, None, 7]),
        (Whole(), [None], [None]),
        (Whole(least=1, most=3), [1, 3], [1, 3]),
        (OneOf(("a", "b")), ["a", None, "b"], ["a", None, "b"]),
        (YesNo(), [True, None, False], [True, None, False]),
        (Text(), ["a", None], ["a", None]),
        (Date(), ["2026-03-15", None], [ON, None]),
        (Week(), ["2026-W10", None], [dt.date(2026, 3, 2), None]),
        (FourOf((0, 8)), [[0, None, 8, 8], None], [(0, None, 8, 8), None]),
        (Answers(("q",)), [{"q": None}, None, {}], [{"q": None}, None, {}]),
        (
            Instant(),
            ["2026-03-14T09:00:00+00:00", None],
            [dt.datetime(2026, 3, 14, 9, tzinfo=dt.UTC), None],
        ),
        (
            Instant(),
            ["2026-03-14T09:00:00+00:00"],
            [dt.datetime(2026, 3, 14, 9, tzinfo=dt.UTC)],
        ),
    ],
)
def test_a_column_of_good_values(reader, good, read):
    assert list(reader.column(good)) == read
    assert [None if value is None else reader.one(value) for value in good] == read


@pytest.mark.parametrize(
    ("reader", "wrong"),
    [
        (Whole(), [-1, True, 5.0, "5", []]),
        (Whole(least=1, most=3), [0, 4]),
        (OneOf(("a", "b")), ["c", "", 1]),
        (YesNo(), [0, 1, "true"]),
        (Text(), ["", 5, []]),
        (Date(), ["20260315", "2026-02-30", "2026-3-015", "2026-W10-7", 20260315, ["2"] * 10]),
        (
            Week(),
            [
                "2026-W1",
                "2026W010",
                "2026-W60",
                "2026-W+1",
                "2026-W 1",
                "2026-W\u0661\u0660",
                8,
                ["2"] * 8,
            ],
        ),
        (FourOf((0, 8)), [[0, 0, 0], [0, 0, 0, 1], [0, 0, 0, False], (0, 0, 0, 0)]),
        (Answers(("q",)), [{"p": True}, {"q": 0}, []]),
        (Instant(), ["", "nine", "2026-03-14T09:00:00", 9]),
    ],
)
def test_a_wrong_value_is_refused_alone_and_in_a_column(reader, wrong):
    for value in wrong:
        with pytest.raises(Malformed):
            reader.one(value)
        for column in ([value], [None, value]):
            with pytest.raises((Malformed, TypeError)):
                reader.column(column)


def test_a_number_without_an_upper_bound_says_so():
    with pytest.raises(Malformed, match=r"^must be a whole number of laps, 1 or more\.$"):
        Whole(" of laps", least=1).one(0)


@pytest.mark.parametrize(("outside", "inside"), [
    ("1899-12-31", "1900-01-01"), ("3000-01-01", "2999-12-31"),
])  # fmt: skip
def test_the_calendar_has_two_ends(outside, inside):
    assert Date().one(inside).isoformat() == inside
    with pytest.raises(Malformed):
        Date().one(outside)


def test_days_are_kept_up_to_a_number_and_then_from_anew():
    one, two, three = "2026-03-01", "2026-03-02", "2026-03-03"
    dates = Date()
    dates.MOST_KEPT = 3
    dates.column([one])
    assert dates.column([two]) == [dt.date(2026, 3, 2)]
    assert dates.kept.keys() == {None, one, two}

    assert dates.column([two, None, three]) == [dt.date(2026, 3, 2), None, dt.date(2026, 3, 3)]
    assert dates.kept.keys() == {None, two, three}


# --- Writing -------------------------------------------------------------------------------------
def test_the_json_of_an_answer():
    plain = Flag("L4", "big_step", "context", {"change": 0.5}, "A big step.")
    shown = Flag("P5", "could_not", "rest", {"severity": 100}, "Rest.", coach=True)
    answer = Assessment(
        on=ON,
        engine="1",
        training="rest",
        shoes=True,
        clinician="book",
        coverage_30=0.9,
        ceiling_m=7_500,
        ceiling_until=dt.date(2026, 3, 20),
        measures={"L1": {"ratio": None}},
        flags=(plain, shown),
        not_assessed=(Unjudged("P3", "too few"),),
    )
    flag = {"rule": "L4", "level": "big_step", "action": "context", "values": {"change": 0.5}}

    assert assessment_to_json(answer) == {
        "on": "2026-03-15",
        "engine": "1",
        "training": "rest",
        "shoes": True,
        "clinician": "book",
        "coverage_30": 0.9,
        "ceiling_m": 7_500,
        "ceiling_until": "2026-03-20",
        "measures": {"L1": {"ratio": None}},
        "flags": [
            flag | {"text": "A big step."},
            {
                "rule": "P5",
                "level": "could_not",
                "action": "rest",
                "values": {"severity": 100},
                "text": "Rest.",
                "coach": True,
            },
        ],
        "not_assessed": [{"rule": "P3", "why": "too few"}],
    }


def test_an_answer_without_a_ceiling():
    answer = Assessment(ON, "1", "rest", False, None, 0.0, None, None, {}, (), ())

    said = assessment_to_json(answer)

    assert (said["ceiling_m"], said["ceiling_until"]) == (None, None)
