"""The figures of a few made-up runners, worked out by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from injuries.backtest.figures import Draws
from injuries.backtest.replay import Replayed, Spell, Week
from injuries.backtest.report import Limits, replay_report
from injuries.backtest.runs import of_lives

SUNDAY = dt.date(2026, 1, 4)


def sunday(number):
    return SUNDAY + dt.timedelta(weeks=number)


def lived_weeks(runner, flagged=(), *, onsets=(), rule="L1", weeks=10, followed=12, length=3):
    """Weeks 0 to 9; `flagged` and `onsets` by number, an onset on the Monday after that Sunday.

    Each problem lasts `length` days.
    """
    days = [sunday(number) + dt.timedelta(days=1) for number in onsets]
    spells = tuple(Spell(one, one + dt.timedelta(days=length)) for one in days)
    return Replayed(
        runner=runner,
        weeks=tuple(
            Week(
                on=sunday(number),
                assessed=True,
                rules=frozenset({rule} if number in flagged else ()),
                coach=frozenset({rule} if number in flagged else ()),
                listed={rule: 0} if number in flagged else {},
                measures={"L1": float(number in flagged), "L4": None, "L7": None},
                free=not any(one.holds(sunday(number), sunday(number)) for one in spells),
                injured_before=False,
            )
            for number in range(weeks)
        ),
        too_early=0,
        answered=weeks,
        onsets=tuple(days),
        spells=spells,
        followed_until=sunday(followed),
    )


def report(*runners, limits=None):
    return replay_report(runners, Draws(len(runners), resamples=50), limits=limits or Limits())


def of_rule(found, rule="L1"):
    (row,) = [row for row in found["rules"] if row["rule"] == rule]
    return row


PERFECT = [lived_weeks(str(n), {1, 4, 7}, onsets={1, 4, 7}) for n in range(4)]
# Three alerts in ten weeks that know nothing of what comes.
USELESS = [lived_weeks(str(n), {0, 3, 6}, onsets={n, n + 4, n + 6}) for n in range(4)]


def test_a_perfect_alert():
    row = of_rule(report(*PERFECT))
    onset = row["onset"]["7"]
    assert (onset["episodes"], onset["hits"]) == (12, 12)
    assert onset["ppv"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert onset["sensitivity"]["value"] == 1.0
    assert onset["number_needed_to_alert"]["value"] == 1.0
    assert onset["false_alerts_per_100_weeks"]["value"] == 0.0
    assert onset["lift"]["value"] == round(10 / 3, 4)  # of ten weeks three come before an onset
    assert row["lead_days"] == {
        "alerts": 12, "median": 1, "q1": 1.0, "q3": 1.0, "share_under_1_day": 0.0,
    }  # fmt: skip
    assert row["status_next_week"]["ppv"]["value"] == 1.0


def test_a_perfect_number():
    (measure,) = [row for row in report(*PERFECT)["measures"] if row["measure"] == "L1 ratio"]
    found = measure["7"]
    assert (found["auc"]["value"], found["within_athlete_auc"]["value"]) == (1.0, 1.0)
    assert (found["average_precision"]["value"], found["base_rate"]["value"]) == (1.0, 0.3)


def test_a_useless_alert_has_a_lift_of_about_one():
    onset = of_rule(report(*USELESS))["onset"]["7"]
    # Runners 0 and 3 are hit once and twice, 1 and 2 never: runner 0 on weeks 0 and 6, 3 on 3.
    hits = [len({0, 3, 6} & {n, n + 4, n + 6}) for n in range(4)]
    assert (onset["episodes"], onset["hits"]) == (12, sum(hits))
    assert onset["ppv"]["value"] == round(sum(hits) / 12, 4)
    assert onset["lift"]["value"] == round(sum(hits) / (12 * 0.3), 4)


def test_burden_is_new_episodes_per_athlete_week():
    found = report(*PERFECT)
    row = of_rule(found)
    assert (row["episodes"], row["runners"]) == (12, 4)
    assert row["burden"]["value"] == row["coach_burden"]["value"] == 12 / 40
    rate = {"value": 0.3, "low": 0.3, "high": 0.3, "within": False, "sum_over_rules": 0.3}
    rate |= {"unshortened": 0.3}
    assert found["budget"] == {
        "coach_facing": rate | {"limit": 0.1},
        "load_only": rate | {"limit": 0.03},
    }
    assert found["weeks_at_step"] == {"0": 40}
    assert found["coverage"]["assessed"]["value"] == 1.0


def test_what_a_shortened_list_left_out_is_told_beside_it():
    def shorter(one):
        weeks = [replace(week, coach=frozenset(), step=1) for week in one.weeks[:5]]
        return replace(one, weeks=(*weeks, *one.weeks[5:]))

    found = report(*map(shorter, PERFECT))
    assert found["weeks_at_step"] == {"0": 20, "1": 20}
    assert found["budget"]["load_only"]["value"] == 4 / 40
    assert found["budget"]["load_only"]["unshortened"] == 12 / 40


def test_pain_counts_towards_all_but_not_towards_load():
    found = report(*(lived_weeks(str(n), {5}, rule="P1", weeks=20) for n in range(4)))
    assert found["budget"]["coach_facing"]["value"] == 0.05
    assert found["budget"]["coach_facing"]["within"]
    assert found["budget"]["load_only"]["value"] == 0.0


def test_rules_of_one_family_are_one_thing_to_read():
    """A sore run on Sunday and its morning after are two rules and one episode."""
    both = []
    for n in range(4):
        one = lived_weeks(str(n), {5}, rule="P1")
        week = replace(one.weeks[6], rules=frozenset({"P2"}), coach=frozenset({"P2", "S1"}))
        both.append(replace(one, weeks=(*one.weeks[:6], week, *one.weeks[7:])))
    found = report(*both)
    assert of_rule(found, "P2")["episodes"] == of_rule(found, "P1")["episodes"] == 4
    assert found["budget"]["coach_facing"]["value"] == 8 / 40
    assert found["budget"]["coach_facing"]["sum_over_rules"] == 12 / 40


def test_an_alert_while_there_is_a_problem_foretells_no_onset():
    """It is right about status, which is another question."""
    sore = [lived_weeks(str(n), {4}, onsets={3, 8}, length=10) for n in range(5)]
    row = of_rule(report(*sore))
    assert row["onset"]["14"]["episodes"] == 0
    assert row["onset"]["14"]["ppv"]["why"].startswith("no alert in somebody free")
    assert row["status_next_week"]["ppv"]["value"] == 1.0


def test_an_alert_that_was_not_followed_up_is_not_counted():
    short = [lived_weeks(str(n), {2, 9}, onsets={2, 5, 7}, followed=9) for n in range(4)]
    onset = of_rule(report(*short))["onset"]["14"]
    assert (onset["episodes"], onset["hits"]) == (4, 4)


def test_an_alert_on_the_day_itself_is_told_apart():
    late = []
    for n in range(10):
        one = lived_weeks(str(n), {2})
        day = sunday(2)
        late.append(Replayed(one.runner, one.weeks, 0, 10, (day,), (Spell(day),), sunday(12)))
    row = of_rule(report(*late))
    assert row["lead_days"] == {
        "alerts": 0, "median": None, "q1": None, "q3": None, "share_under_1_day": 1.0,
    }  # fmt: skip
    assert row["onset"]["14"]["sensitivity"]["value"] == 0.0


def test_too_few_onsets_say_so_instead_of_a_number():
    nine = [lived_weeks(str(n), {1, 4, 7}, onsets={1, 4, 7}) for n in range(3)]
    found = report(*nine)
    assert found["onsets"] == {"value": 9}
    figures = [*of_rule(found)["onset"]["14"].values(), found["base_rate"]["14"]]
    figures += [row["14"]["auc"] for row in found["measures"]]
    told = [one for one in figures if one is not None]
    assert {(one["value"], one["why"]) for one in told} == {
        (None, "too few onsets: fewer than 10")
    }  # fmt: skip
    assert of_rule(found)["burden"]["value"] == 0.3


def test_the_order_of_runners_does_not_matter():
    assert report(*reversed(USELESS)) == report(*USELESS)


# --- Clubs ----------------------------------------------------------------------------------------
CLUB = Limits(5)


def numbers_in(found):
    """Every number anywhere in a piece of the report."""
    if isinstance(found, dict):
        return [n for value in found.values() for n in numbers_in(value)]
    return [found] if isinstance(found, int | float) and not isinstance(found, bool) else []


@pytest.mark.parametrize("flagged", [0, 1, 4])
def test_in_a_club_a_rule_that_fired_for_fewer_than_five_tells_nothing(flagged):
    """Not even that nobody had it: else four others would show by being hidden."""
    runners = [
        lived_weeks(str(n), {1} if n < flagged else (), onsets={1, 5}, rule="RF2") for n in range(9)
    ]
    found = report(*runners, limits=CLUB)
    row = of_rule(found, "RF2")
    assert numbers_in(row) == []
    assert row["burden"]["why"] == "fewer than 5 runners"
    assert found["budget"]["coach_facing"]["value"] is None
    assert found["onsets"] == {"value": 18}


def test_in_a_club_five_are_told():
    runners = [lived_weeks(str(n), {1} if n < 5 else (), onsets={1, 5}) for n in range(9)]
    row = of_rule(report(*runners, limits=CLUB))
    assert (row["episodes"], row["runners"], row["burden"]["value"]) == (5, 5, round(5 / 90, 4))


def test_in_a_club_few_onsets_are_not_even_counted():
    nine = [lived_weeks(str(n), onsets={1}) for n in range(9)]
    assert report(*nine, limits=CLUB)["onsets"] == {
        "value": None, "why": "too few onsets: fewer than 10",
    }  # fmt: skip
    four_people = [lived_weeks(str(n), onsets={0, 3, 6} if n < 4 else ()) for n in range(9)]
    assert report(*four_people, limits=CLUB)["onsets"]["value"] is None


def test_a_club_of_four_has_no_figures_at_all():
    found = of_lives([])
    assert found["replay"] is None
    assert found["why"].startswith("fewer than 5 runners")
    assert numbers_in(found["replay"]) == []
