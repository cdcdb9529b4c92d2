"""The public training logs, scored free of their leak: the known figures, and honest ones."""

import pytest

from injuries.backtest import of_logs, read
from tests.injuries.backtest.shared import LOVDAL, needs_lovdal

pytestmark = needs_lovdal

# Known on all 74 athletes (the logs' own README): AUC interval, within-athlete AUC.
KNOWN = {
    "longest_ratio": (0.526, 0.582, 0.538),
    "acute_chronic": (0.520, 0.572, 0.528),
    "week_ratio": (0.483, 0.531, 0.505),
    "usual_week_z": (0.556, 0.639, 0.592),
}


@pytest.fixture(scope="module")
def found():
    return of_logs(read([LOVDAL]), resamples=200)


def by_name(rows, key):
    return {row[key]: row for row in rows}


@pytest.mark.parametrize("score", KNOWN)
def test_each_score_is_as_known(found, score):
    low, high, within = KNOWN[score]
    row = by_name(found["events"]["scores"], "score")[score]
    assert low <= row["auc"]["value"] <= high
    assert row["auc"]["low"] < row["auc"]["value"] < row["auc"]["high"]
    assert row["within_athlete_auc"]["low"] < within < row["within_athlete_auc"]["high"]
    assert abs(row["within_athlete_auc"]["value"] - within) < 0.01


def test_nothing_is_so_good_that_it_must_be_the_leak(found):
    """Far above 0.65 the gaps speak, not the load."""
    values = [row["auc"]["value"] for row in found["events"]["scores"]]
    values += [row["within_athlete_auc"]["value"] for row in found["events"]["scores"]]
    assert max(values) < 0.62


def test_only_days_with_the_whole_history_are_scored(found):
    rows = by_name(found["events"]["scores"], "score")
    counts = {name: (row["scored"], row["injuries"]) for name, row in rows.items()}
    assert counts == {
        "longest_ratio": (27_184, 268),
        "acute_chronic": (27_709, 277),
        "week_ratio": (35_598, 499),
        "usual_week_z": (35_811, 501),
    }
    assert (found["events"]["events"], found["events"]["injuries"]) == (39_722, 533)


def test_the_risk_ratios_are_told_as_they_are(found):
    """L1 says little on this team; L7 something, and its interval nearly reaches one."""
    rows = by_name(found["events"]["rules"], "rule")
    l1, l7 = rows["L1"], rows["L7"]
    assert (l1["risk_ratio"]["value"], l7["risk_ratio"]["value"]) == (1.1583, 1.6247)
    assert l1["risk_ratio"]["low"] < 1 < l1["risk_ratio"]["high"]
    assert 1.3 < l7["risk_ratio"]["high"] < 3
    assert (l1["flagged_share"]["value"], l7["flagged_share"]["value"]) == (0.1416, 0.123)
    assert rows["L4"]["risk_ratio"]["low"] < 1 < rows["L4"]["risk_ratio"]["high"]


def test_the_burden_is_that_of_the_rules_replayed(found):
    weekly = found["replay"]
    assert (weekly["runners"], weekly["athlete_weeks"]) == (64, 6_998)
    rows = by_name(weekly["rules"], "rule")
    assert {name for name, row in rows.items() if row["episodes"]} == {"L1", "L3", "L4", "L7"}
    assert (rows["L1"]["episodes"], rows["L7"]["episodes"]) == (509, 410)
    assert rows["L1"]["burden"]["value"] == round(509 / 6_998, 4)


def test_what_came_after_is_not_told_where_it_cannot_be_seen(found):
    """The weeks before each injury are missing, so an alert in them cannot be right."""
    weekly = found["replay"]
    assert weekly["onsets"]["value"] is None
    assert "D-22 to D-8" in weekly["onsets"]["why"]
    assert all(row["onset"]["14"]["ppv"]["value"] is None for row in weekly["rules"])
