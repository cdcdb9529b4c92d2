"""Single days, scored by hand and against the engine, without the leak of their gaps."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from injuries.backtest import of_logs, read
from injuries.backtest.events import UsualWeeks, events_report, score, spikes
from injuries.backtest.figures import Draws
from injuries.backtest.lives import MONDAY
from injuries.backtest.lovdal import Event, LoggedDay, Logs
from injuries.risk import Activity, Day, History
from injuries.risk.facts import Facts
from injuries.risk.load import usual_week_score
from tests.injuries.backtest.shared import LOVDAL, needs_lovdal

KM = 1_000
# The last week 30 km with a longest of 12, before it 20, 25 and a longest of 10 on D-30.
HEALTHY = Event(
    day=100,
    injury=False,
    last=(12 * KM, 0, 8 * KM, 0, 0, 10 * KM, 0),
    weeks=(30 * KM, 20 * KM, 25 * KM),
    longest=(12 * KM, 9 * KM, 8 * KM),
    before=(0, 0, 0, 0, 0, 0, 0, 10 * KM, 0, 0, 0, 0, 0, 9 * KM, 0),
)
NOBODY = UsualWeeks([])


def days(*metres, first=0):
    return [LoggedDay(first + n, m, None, False) for n, m in enumerate(metres)]


def test_scores_by_hand():
    found = score(HEALTHY, NOBODY).numbers
    assert found["longest_ratio"] == 1.2
    assert found["week_ratio"] == 1.5
    # 20 + 25 + 10 km in D-8..D-35 (D-36 is too far back) over 27 days, against 30 in 7.
    assert found["acute_chronic"] == pytest.approx((30 / 7) / (55 / 27))
    assert found["usual_week_z"] is None


def test_rules_by_hand():
    found = score(HEALTHY, NOBODY).alerts
    assert found == {
        "L1": True, "L1_over_100": False, "L4": True, "L7": None,
        "acute_chronic_over_1_5": True, "week_over_10_percent": True,
    }  # fmt: skip


def test_each_day_of_the_last_week_stands_against_its_own_thirty():
    """11 km on D-7 was a spike then; 12 km on D-1 is none after it."""
    event = replace(HEALTHY, last=(12 * KM, 0, 0, 0, 0, 0, 11_500), longest=(12 * KM, 9 * KM, KM))
    found = [(one.session.day, one.distance_m, one.base_m) for one in spikes(event)]
    assert found == [(93, 11_500, 10_000)]


def test_the_thirty_days_of_a_day_end_thirty_days_before_it():
    """D-1's reach back to D-31, D-7's to D-37."""
    far = tuple(20 * KM if back == 37 else 5 * KM for back in range(23, 38))
    event = replace(HEALTHY, longest=(12 * KM, 5 * KM, 5 * KM), before=far)
    # D-1 against D-6 and D-6 against the 5 km of before; the 20 km of D-37 are too far back.
    assert [one.base_m for one in spikes(event)] == [10 * KM, 5 * KM]
    near = tuple(20 * KM if back == 31 else 5 * KM for back in range(23, 38))
    assert spikes(replace(event, before=near)) == []


@pytest.mark.parametrize("gap", [23, 31, 37])
def test_a_day_that_is_not_known_leaves_the_ratio_unscored(gap):
    before = tuple(None if back == gap else 5 * KM for back in range(23, 38))
    found = score(replace(HEALTHY, before=before), NOBODY)
    assert found.numbers["longest_ratio"] is None
    assert (found.alerts["L1"], found.alerts["L1_over_100"]) == (None, None)
    assert (found.numbers["acute_chronic"] is None) == (gap < 36)


def test_a_week_that_is_not_known_leaves_everything_unscored():
    blank = replace(HEALTHY, weeks=(None,) * 3, longest=(None,) * 3)
    assert set(score(blank, NOBODY).numbers.values()) == {None}
    assert set(score(blank, NOBODY).alerts.values()) == {None}


def test_nothing_to_divide_by_is_no_number():
    nothing = replace(HEALTHY, weeks=(30 * KM, 0, 0), longest=(12 * KM, 0, 0), before=(0,) * 15)
    assert set(score(nothing, NOBODY).numbers.values()) == {None}


# --- L7 -------------------------------------------------------------------------------------------
def test_usual_weeks_by_hand():
    """Sums of 7 to 62 km: mean and population SD of the earlier ones."""
    usual = UsualWeeks(days(*([KM] * 34 + [2 * KM])))
    # 28 sums of 7 km and one of 8 km end by day 34.
    mean, spread = (28 * 7 + 8) / 29, (28 / 29**2) ** 0.5
    assert usual.z(10 * KM, until=34) == pytest.approx((10 - mean) / spread)
    assert usual.z(10 * KM, until=33) is None  # 28 equal sums have no spread
    assert usual.z(10 * KM, until=32) is None  # 27 sums are too few


def test_a_week_with_an_unknown_day_is_no_earlier_week():
    known = UsualWeeks(days(*[KM, 2 * KM] * 20))
    gap = UsualWeeks(days(*[KM, 2 * KM] * 10, None, *[2 * KM, KM] * 10)[:-1])
    assert known.z(9 * KM, until=39) is not None
    assert gap.z(9 * KM, until=39) is None


def test_what_an_injury_leaves_unknown_counts_for_nobody():
    """Days from D-22 on change nothing, before a healthy day either."""
    series = [(n * 37) % 11 * KM for n in range(100)]
    event = replace(HEALTHY, day=100)
    whole = score(event, UsualWeeks(days(*series)))
    gap = score(event, UsualWeeks(days(*series[:78], *[None] * 15, *series[93:])))
    assert whole.numbers["usual_week_z"] == gap.numbers["usual_week_z"] is not None


@needs_lovdal
def test_the_z_is_the_engines_own():
    """Fed the same days: D-23 and before, and the last week."""
    logs = read([LOVDAL])
    chosen = random.Random(5).sample([(a, e) for a in logs.events for e in logs.events[a]], 400)
    compared = 0
    for athlete, event in chosen:
        known = [
            one
            for one in logs.days[athlete]
            if one.metres is not None
            and (one.day <= event.day - 23 or event.day - 7 <= one.day < event.day)
        ]
        if event.weeks[0] is None or event.weeks[0] != sum(
            one.metres for one in known if one.day >= event.day - 7
        ):
            continue
        history = History(
            on=date(event.day - 1),
            activities=tuple(
                Activity(date(one.day), distance_m=one.metres) for one in known if one.metres
            ),
            days=tuple(Day(date(one.day), "rest") for one in known if not one.metres),
        )
        engine = usual_week_score(Facts(history))
        ours = score(event, UsualWeeks(logs.days[athlete])).numbers["usual_week_z"]
        assert ours == (None if engine is None else pytest.approx(engine, abs=1e-9))
        compared += engine is not None
    assert compared > 300


def date(day):
    return MONDAY + dt.timedelta(days=day)


# --- Tables ---------------------------------------------------------------------------------------
def logs_of(injuries, healthy):
    """One athlete a letter: events with a last week of so many km."""

    def made(day, km, injury):
        return replace(HEALTHY, day=day, injury=injury, weeks=(km * KM, 20 * KM, 25 * KM))

    events = {}
    for athlete in {*injuries, *healthy}:
        yes = [made(n, km, True) for n, km in enumerate(injuries.get(athlete, ()))]
        no = [made(50 + n, km, False) for n, km in enumerate(healthy.get(athlete, ()))]
        events[athlete] = yes + no
    return Logs(events=events)


def table(logs):
    return events_report(logs, Draws(len(logs.athletes), resamples=100))


def test_a_risk_ratio_by_hand():
    # L4: 30 km is 50 % more than 20, 22 km is 10 %.
    injuries = {"a": [30] * 4 + [22] * 2, "b": [30] * 4 + [22] * 2}
    logs = logs_of(injuries, {"a": [30] * 6 + [22] * 8, "b": [22] * 10})
    (row,) = [row for row in table(logs)["rules"] if row["rule"] == "L4"]
    assert (row["scored"], row["injuries"], row["alerts"], row["hits"]) == (36, 12, 14, 8)
    assert row["ppv"]["value"] == round(8 / 14, 4)
    assert row["risk_ratio"]["value"] == round((8 / 14) / (4 / 22), 4)
    assert row["sensitivity"]["value"] == round(8 / 12, 4)
    assert row["false_alert_share"]["value"] == round(6 / 24, 4)
    assert row["flagged_share"]["value"] == round(14 / 36, 4)
    # As many alerts on any of their own days: a 10 of 20 with 6 injuries, b 4 of 16 with 6.
    assert row["lift"]["value"] == round(8 / (10 * 6 / 20 + 4 * 6 / 16), 4)


def test_an_auc_by_hand():
    logs = logs_of({"a": [30] * 10}, {"a": [20] * 4, "b": [40]})
    (row,) = [row for row in table(logs)["scores"] if row["score"] == "week_ratio"]
    assert (row["scored"], row["injuries"]) == (15, 10)
    assert row["auc"]["value"] == 40 / 50
    assert row["within_athlete_auc"]["value"] == 1.0


def test_fewer_than_ten_injuries_give_no_number_but_the_burden():
    found = table(logs_of({"a": [30] * 9}, {"a": [20] * 9}))
    (score_row,) = [row for row in found["scores"] if row["score"] == "week_ratio"]
    (rule,) = [row for row in found["rules"] if row["rule"] == "L4"]
    assert score_row["auc"]["value"] is rule["risk_ratio"]["value"] is None
    assert rule["ppv"]["why"].startswith("fewer than 10 injuries")
    assert rule["flagged_share"]["value"] == 0.5


def test_gaps_that_give_the_label_away_score_nothing():
    """A score that knew which days are missing would be perfect here; ours have no day left."""
    event = replace(HEALTHY, before=(None,) * 15)
    logs = Logs(
        days={"a": days(*[KM, 2 * KM] * 30)},
        events={
            "a": [replace(event, day=20 + n, injury=True) for n in range(12)]
            + [replace(HEALTHY, day=40 + n) for n in range(12)]
        },
    )
    rows = {row["score"]: row for row in table(logs)["scores"]}
    assert (rows["longest_ratio"]["injuries"], rows["acute_chronic"]["injuries"]) == (0, 0)
    assert rows["longest_ratio"]["auc"]["value"] is None
    assert rows["week_ratio"]["auc"]["value"] == 0.5


def test_without_the_daily_file_it_says_what_is_missing():
    found = of_logs(logs_of({"a": [30] * 10}, {"a": [20] * 4}), resamples=10)
    assert found["replay"] is None
    assert found["notes"][0].startswith("Without daily_long.csv")
    rows = {row["score"]: row["scored"] for row in found["events"]["scores"]}
    assert (rows["usual_week_z"], rows["week_ratio"]) == (0, 14)
