"""The table of the plan's numbers is whole, and docs/care.md says the same."""

import re
from pathlib import Path

from injuries.care.numbers import TABLE
from injuries.care.phases import PHASES

DOCUMENT = (Path(__file__).parents[3] / "docs" / "care.md").read_text(encoding="utf-8")


def test_every_number_has_a_unit_a_meaning_a_source_a_grade_and_a_basis():
    assert len({row.id for row in TABLE}) == len(TABLE) == 20
    for row in TABLE:
        assert row.unit
        assert row.meaning
        assert row.source
        assert row.grade in set("ABCDX")
        assert row.basis in {"source", "choice"}


def test_the_document_has_the_same_numbers():
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| (?:source|choice) \|$", DOCUMENT, re.M)

    assert rows == [
        (row.id, f"{row.value:,g} {row.unit} | {row.meaning} | {row.source} | {row.grade}")
        for row in TABLE
    ]


def test_the_document_has_the_same_phases():
    row = r"^\| ([1-6]) \| (\d).*? \| (none|\d).*? \| (all|\d).*? \| (.*) km \|"
    rows = re.findall(row, DOCUMENT, re.M)

    assert rows == [
        (
            str(one.number),
            str(one.effort),
            str(one.walk_min or "none"),
            str(one.run_min or "all"),
            f"{one.distance_m / 1000:.1f}",
        )
        for one in PHASES
    ]
