"""How much coaches are asked to read, against the budget of evidence 6.4. Invented people only."""

import pytest

from benchmarks.simulated_year import clubs, share_of_big_weeks
from dashboards.demo.cast import CLUB_SLUG
from dashboards.services.demo import fill_club
from injuries.backtest import of_clubs
from injuries.services.flag_reports import club_figures
from members.models import Club


def by_rule(found):
    return {row["rule"]: row["coach_burden"]["value"] for row in found["rules"]}


def test_the_demo_club_is_within_the_budget(db, now):
    fill_club(members=40, weeks=52, seed=7, now=now)
    found = club_figures(Club.objects.get(slug=CLUB_SLUG), now=now, resamples=1)["replay"]
    assert found["runners"] >= 20
    assert found["budget"]["coach_facing"]["value"] <= 0.10
    assert found["budget"]["load_only"]["value"] <= 0.03
    assert max(rate for rate in by_rule(found).values() if rate is not None) <= 0.03


@pytest.fixture(scope="module")
def year():
    """100 simulated runners in two clubs; a thousand: python -m benchmarks.simulated_year."""
    return of_clubs(clubs(100, 1), resamples=1)["replay"]


def test_simulated_runners_train_as_unevenly_as_real_ones():
    """33.4 % of 22,839 sessions lay in a week 30 % or more above the one before."""
    assert 0.30 < share_of_big_weeks(60, 1) < 0.37


def test_the_same_year_for_the_same_seed(year):
    assert of_clubs(clubs(100, 1), resamples=1)["replay"] == year


def test_in_a_simulated_year_no_rule_about_pain_or_shoes_is_a_burden(year):
    assert (year["runners"], year["athlete_weeks"]) == (100, 100 * 52)
    rates = by_rule(year)
    others = [rates[rule] for rule in rates if rule not in {"L1", "L3"} and rates[rule] is not None]
    assert sum(others) < 0.07  # what the budget leaves beside load


def test_in_a_simulated_year_coaches_are_within_their_budget(year):
    """Only because the list is shortened: left as it is, load would be over it."""
    assert year["budget"]["load_only"]["value"] <= 0.03 < year["budget"]["load_only"]["unshortened"]
    assert year["budget"]["coach_facing"]["value"] <= 0.10
    assert year["weeks_at_step"]["1"] > year["weeks_at_step"]["0"]


def test_in_a_simulated_year_no_alert_knows_what_comes(year):
    """Onsets are drawn without a look at the training, so nothing may look like a forecast."""
    measures = [row["14"]["auc"]["value"] for row in year["measures"]]
    assert all(0.3 < value < 0.7 for value in measures)
