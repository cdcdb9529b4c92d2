"""The published JSON Schema and the code say the same."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from injuries.risk import assess
from injuries.risk.schema import FLAG_ACTIONS, assessment_schema, both_schemas, history_schema
from injuries.risk.wire import Malformed, assessment_to_json, history_from_json
from tests.injuries.risk.test_command import EXAMPLE, ask
from tests.injuries.risk.test_properties import histories

ROOT = Path(__file__).resolve().parents[3]
HISTORY = Draft202012Validator(history_schema())
ASSESSMENT = Draft202012Validator(assessment_schema())

FULL = EXAMPLE | {
    "problems": [
        {"side": "left", "spot": "under_heel_inner", "since": "2026-02-25", "closed": None}
    ],
    "red_flags": [{"on": "2026-03-10", "answers": {"night_pain": False}, "assessed_on": None}],
    "shoes": [
        {
            "id": "s1",
            "comfort": [{"on": "2026-01-10", "value": 8}, {"on": "2026-03-10", "value": 7}],
        }
    ],
}
# One wrong value each, by its path; none of them is about two fields at once.
WRONG = [
    (("on",), None),
    (("on",), "15 March"),
    (("adult",), "yes"),
    (("declared_longest_30d_m",), 0),
    (("activities",), {}),
    (("activities", 0, "kind"), "jog"),
    (("activities", 0, "distance_m"), -1),
    (("activities", 0, "distance_m"), "16"),
    (("activities", 0, "effort"), 11),
    (("activities", 0, "pain_during"), 10.5),
    (("activities", 0, "speed"), 3),
    (("days", 0, "status"), "lazy"),
    (("pain", 0, "first_step"), 11),
    (("problems", 0, "spot"), "toe"),
    (("problems", 0, "since"), None),
    (("checks", 0, "week"), "2026-10"),
    (("checks", 0, "answers"), [8, 0, 8]),
    (("checks", 0, "answers"), [8, 0, 8, 9]),
    (("red_flags", 0, "answers"), {"headache": True}),
    (("red_flags", 0, "answers"), {"night_pain": "no"}),
    (("shoes", 0, "id"), ""),
    (("shoes", 0, "limit_m"), 0),
    (("shoes", 0, "comfort"), {}),
    (("shoes", 0, "comfort", 0), 8),
    (("shoes", 0, "comfort", 0, "on"), "March"),
    (("shoes", 0, "comfort", 1, "value"), 11),
    (("shoes", 0, "comfort", 1, "value"), None),
    (("shoes", 0, "comfort", 1, "feel"), 8),
]


def test_it_is_published_as_it_is():
    published = (ROOT / "docs" / "risk.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == both_schemas()
    assert ask("", "--schema").stdout == published


def test_both_are_schemas():
    for schema in both_schemas().values():
        Draft202012Validator.check_schema(schema)


def test_a_good_history_is_good_for_both():
    assert list(HISTORY.iter_errors(FULL)) == []
    assert history_from_json(FULL).on.isoformat() == "2026-03-15"


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_what_the_schema_refuses_the_command_refuses_at_the_same_field(path, value):
    data = copy.deepcopy(FULL)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert [error.absolute_path for error in HISTORY.iter_errors(data)]
    with pytest.raises(Malformed) as refused:
        history_from_json(data)
    named = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    assert str(refused.value).startswith(named.lstrip("."))


@given(histories)
def test_every_answer_fits_the_schema(history):
    said = assessment_to_json(assess(history))
    assert list(ASSESSMENT.iter_errors(json.loads(json.dumps(said)))) == []


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=12), st.lists))
def test_nonsense_is_refused_by_both(nonsense):
    assert list(HISTORY.iter_errors(nonsense))
    with pytest.raises(Malformed):
        history_from_json(nonsense)


def test_actions_are_those_of_the_design():
    assert set(FLAG_ACTIONS) == {
        "rest", "cross_train", "ease", "carry_on", "not_assessed", "shoe_check", "urgent_today",
        "within_days", "book", "context",
    }  # fmt: skip
