"""The table of thresholds is whole, and docs/risk-model.md says the same."""

import re
from pathlib import Path

from injuries.risk.thresholds import TABLE

DOCUMENT = Path(__file__).parents[3] / "docs" / "risk-model.md"


def test_every_threshold_has_a_unit_a_meaning_a_source_a_grade_and_a_basis():
    assert len({row.id for row in TABLE}) == len(TABLE) > 40
    for row in TABLE:
        assert row.unit
        assert row.meaning
        assert row.source
        assert row.grade in set("ABCDX")
        assert row.basis in {"source", "choice"}


def test_the_document_has_the_same_table():
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M)

    assert rows == [
        (
            row.id,
            f"{row.value:,g} {row.unit} | {row.meaning} | {row.source} | {row.grade} | {row.basis}",
        )
        for row in TABLE
    ]
