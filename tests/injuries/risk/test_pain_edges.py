"""P1 to P6, M9, the red flags and shoes once more: both ends of each window, ties, silence."""

import datetime as dt

import pytest

from injuries.risk import (
    ALL_RED_FLAGS,
    STANDING_FACTS,
    Activity,
    Check,
    History,
    Pain,
    Problem,
    RedFlags,
    Shoe,
    assess,
)
from injuries.risk.facts import Facts
from injuries.risk.findings import Fired
from injuries.risk.pain import severity
from injuries.risk.red_flags import unanswered
from injuries.risk.shoes import new_pain
from tests.injuries.risk.histories import (
    ON,
    ago,
    flag,
    level,
    mornings,
    rests,
    run,
    sore,
    steady,
    why,
    with_,
)

UNKNOWN_PAIN = "how the heel felt during the last run is not known"


def only(*runs: Activity, **fields) -> History:
    """Return a history of these runs and no others, every day known."""
    return History(on=ON, activities=runs, days=rests(60), **fields)


# --- P1 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days_ago", "expected"), [(13, "stop"), (14, None)])
def test_the_pain_of_a_run_speaks_for_fourteen_days(days_ago, expected):
    assert level(assess(only(run(days_ago, 5, pain_during=8))), "P1") == expected


@pytest.mark.parametrize(("days_ago", "reason"), [(13, UNKNOWN_PAIN), (14, None)])
def test_the_unknown_pain_of_the_last_run_is_said_for_fourteen_days(days_ago, reason):
    assert why(assess(only(run(days_ago, 5), **sore())), "P1") == reason


def test_only_the_last_run_must_have_been_spoken_of_and_only_with_an_open_problem():
    said = run(1, 5, pain_during=1)
    assert why(assess(only(run(9, 5), run(5, 5), said, **sore())), "P1") is None
    assert why(assess(only(said, run(0, 5), **sore())), "P1") == UNKNOWN_PAIN
    assert why(assess(only(run(1, 5))), "P1") is None
    changed = run(0, 5, gait_changed=True)
    assert why(assess(only(said, changed, **sore())), "P1") is None


def test_of_two_runs_of_one_day_the_worse_speaks():
    runs = (run(1, 4, pain_during=4), run(1, 5, pain_during=3))
    for rows in (runs, runs[::-1]):
        assert flag(assess(only(*rows)), "P1").values["during"] == 4

    stops = (run(1, 4, gait_changed=True), run(1, 5, pain_during=1, gait_changed=True))
    assert flag(assess(only(*stops)), "P1").values["during"] == 1


@pytest.mark.parametrize(("pain", "said"), [
    (5, "Your heel made you run differently on Saturday. "),
    (6, "Your heel hurt 6 of 10 during the run on Saturday. "),
    (None, "Your heel made you run differently on Saturday. "),
])  # fmt: skip
def test_a_changed_stride_is_named_unless_the_pain_says_more(pain, said):
    found = flag(assess(only(run(1, 5, pain_during=pain, gait_changed=True))), "P1")

    assert found.values["gait_changed"] is True
    assert found.text == said + "Leave running and impact until it has settled."


def test_a_changed_stride_twice_is_named_too():
    runs = (run(4, 5, pain_during=8), run(1, 5, gait_changed=True))
    found = flag(assess(only(*runs)), "P1")

    assert found.text.startswith(
        "The run on Saturday stopped at your heel again (you ran differently). "
    )


# --- P2 ------------------------------------------------------------------------------------------
def test_the_base_is_of_the_seven_mornings_to_that_of_the_run():
    # A run two days ago: its base is of the mornings nine to three days ago.
    inside = mornings({9: 4, 8: 4, 3: 4, 1: 5})
    assert level(assess(steady(run(2, 5), pain=inside)), "P2") is None
    for outside in (mornings({10: 4, 9: 4, 3: 4, 1: 5}), mornings({9: 4, 8: 4, 2: 4, 1: 5})):
        assert flag(assess(steady(run(2, 5), pain=outside)), "P2").values["base"] is None


@pytest.mark.parametrize(("first", "expected"), [(28, "not_settled_twice"), (29, None)])
def test_twice_not_settled_waits_for_four_weeks(first, expected):
    runs = (run(first, 5), run(first - 6, 5))
    pain = mornings({first - 1: 6, first - 7: 6})

    assert level(assess(only(*runs, pain=pain)), "P2") == expected


@pytest.mark.parametrize(("days_ago", "expected"), [(7, "not_settled_once"), (8, None)])
def test_once_not_settled_speaks_for_the_week_from_its_morning(days_ago, expected):
    pain = mornings({days_ago - 1: 6})

    assert level(assess(only(run(days_ago, 5), pain=pain)), "P2") == expected


@pytest.mark.parametrize(
    ("after", "settled"),
    [
        ({2: 1, 1: 1}, True),
        ({2: 1, 1: 2}, False),  # not the base of that run, only what is good without one
        ({3: 1, 1: 1}, False),  # not in a row
        ({4: 1, 3: 1, 0: 9}, True),
        ({5: 1, 4: 1}, False),  # the first is that run's own morning: it was 6, the worse counts
        ({}, False),
    ],
)
def test_two_mornings_in_a_row_at_the_base_of_the_last_run_settle_it(after, settled):
    # Runs eight and six days ago; the base of the later is 1, before and after the earlier's.
    pain = mornings({7: 6, 5: 6, 13: 1, 12: 1, 11: 1, 10: 1, 9: 1, 8: 1})
    answer = assess(only(run(8, 5), run(6, 5), pain=(*pain, *mornings(after))))

    assert level(answer, "P2") == ("not_settled_once" if settled else "not_settled_twice")


def test_good_mornings_before_the_last_run_do_not_settle_it():
    # Runs ten and six days ago; the two mornings before the later were good.
    pain = mornings({9: 6, 8: 1, 7: 1, 5: 6})

    assert level(assess(only(run(10, 5), run(6, 5), pain=pain)), "P2") == "not_settled_twice"


def test_twice_not_settled_without_a_base_names_none():
    pain = mornings({4: 5, 1: 5})

    assert flag(assess(only(run(5, 5), run(2, 5), pain=pain)), "P2").text == (
        "Your heel had not settled the morning after a run twice within a week (last 5 of 10). "
        "Swap running for bike, pool or elliptical until two mornings in a row are back to usual."
    )


def test_the_distance_to_keep_is_whole_metres_and_of_the_longest_run_of_that_day():
    runs = (run(2, 3), run(2, 8.001), run(2, None, duration_s=None))

    assert flag(assess(steady(*runs, pain=mornings({1: 6}))), "P2").values["keep_m"] == 6_000
    found = flag(assess(steady(runs[2], pain=mornings({1: 6}))), "P2")
    assert found.values["keep_m"] is None
    assert found.text == (
        "Your heel had not settled the morning after Friday's run (6 of 10). Make the next run "
        "shorter and easier."
    )


@pytest.mark.parametrize(("days_ago", "due"), [(0, False), (1, True), (7, True), (8, False)])
def test_a_morning_is_missed_from_the_day_after_the_run_for_a_week(days_ago, due):
    history = only(run(days_ago, 5), **sore(since=8, pain=mornings({0: 1}) if days_ago > 1 else ()))

    assert (why(assess(history), "P2") is not None) == due


def test_a_missing_morning_after_a_run_under_a_painkiller_is_unknown():
    said = mornings(dict.fromkeys(range(1, 14), 1))

    for painkiller, training in ((True, "not_assessed"), (False, "carry_on")):
        last = run(1, 8, pain_during=1, painkiller=painkiller)
        assert assess(steady(last, **sore(pain=said))).training == training


# --- P3 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days_ago", "asked"), [(13, True), (14, False)])
def test_a_trend_is_asked_for_while_there_are_mornings_of_two_weeks(days_ago, asked):
    answer = assess(steady(pain=mornings({days_ago: 1})))

    assert why(answer, "P3") == (
        "fewer than 3 morning reports in each of the two weeks" if asked else None
    )


# --- P4 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("since", "expected"), [(14, "same_spot_3_weeks"), (13, None)])
def test_a_problem_is_in_three_checks_that_began_in_the_week_of_the_first(since, expected):
    # Getting better, so that two weeks of it are no reason; 14 days ago was the Sunday.
    pain = mornings({9: 6, 8: 6, 7: 6, 2: 4, 1: 4, 0: 4})
    mondays = [dt.date(2026, 3, 9) - dt.timedelta(weeks=back) for back in range(3)]
    checks = tuple(Check(day, day + dt.timedelta(days=6), (8, 0, 0, 8)) for day in mondays)

    assert level(assess(steady(**sore(since=since, pain=pain, checks=checks))), "P4") == expected


# --- P5 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((0, None, None, None), 0),
        ((25, None, None, None), 100),
        ((8, 17, 8, 25), 58),
        ((8, 0, 0, None), None),
        ((None, 0, 0, 0), None),
    ],
)
def test_the_severity_of_a_check(answers, expected):
    assert severity(answers) == expected


def test_why_a_weekly_check_says_nothing():
    open_answers = Check(dt.date(2026, 3, 9), ON, (8, None, 0, 8))

    assert why(assess(steady(**sore())), "P5") == "no weekly check in the last 10 days"
    assert why(assess(steady()), "P5") is None
    assert why(assess(steady(checks=(open_answers,))), "P5") == (
        "the weekly check has open answers"
    )


# --- P6 ------------------------------------------------------------------------------------------
def test_a_new_problem_beside_an_old_one_is_a_word_too():
    old, new = (Problem("left", "whole_heel", ago(back)) for back in (60, 10))

    assert level(assess(steady(problems=(old,))), "P6") == "no_report"
    assert level(assess(steady(problems=(old, new))), "P6") is None


# --- M9 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days_ago", "expected"), [(6, "limping"), (7, None)])
def test_limping_under_18_counts_for_a_week_whatever_was_done(days_ago, expected):
    walk = Activity(ago(days_ago), "walk", gait_changed=True)
    answer = assess(with_(steady(walk), adult=False))

    assert level(answer, "M9") == expected
    if expected:
        assert (answer.training, answer.clinician) == ("ease", "within_days")


@pytest.mark.parametrize(
    ("pain", "days"),
    [
        ({6: 1, 5: 1, 4: 1}, 3),
        ({7: 1, 6: 1, 5: 1}, None),
        ({2: 0, 1: 1, 0: 1}, None),
    ],
)
def test_days_of_pain_under_18_are_those_of_a_week_that_hurt(pain, days):
    found = flag(assess(steady(adult=False, pain=mornings(pain))), "M9")

    assert (found and found.values) == (days and {"days": days})


@pytest.mark.parametrize(("since", "days"), [(2, None), (3, 3), (30, 30)])
def test_an_open_problem_under_18_counts_from_its_first_day(since, days):
    found = flag(assess(with_(steady(**sore(since=since)), adult=False)), "M9")

    assert (found and found.values) == (days and {"days": days})


@pytest.mark.parametrize(
    ("adult", "during", "level_of_p1"),
    [(True, 5, None), (False, 2, None), (False, 3, "over_limit")],
)
def test_under_18_no_spot_has_the_tolerance_of_adults(adult, during, level_of_p1):
    history = steady(run(1, 8, pain_during=during), **sore(since=1, pain=mornings({0: 1})))

    assert level(assess(with_(history, adult=adult)), "P1") == level_of_p1


def test_two_reports_of_one_day_are_one_day_of_pain():
    pain = (Pain(ON, first_step=1, after=2), Pain(ago(1), after=1))
    history = with_(steady(run(1, 3, pain_during=1), pain=pain), adult=False)

    assert level(assess(history), "M9") is None


# --- Red flags -----------------------------------------------------------------------------------
def test_the_last_yes_counts_in_whatever_order_it_was_told():
    late = RedFlags(ago(1), {"night_pain": True})
    seen = RedFlags(ago(2), assessed_on=ago(2))
    early = RedFlags(ago(30), {"night_pain": True})

    for rows in ((late, seen, early), (early, seen, late)):
        answer = assess(steady(red_flags=rows))
        assert answer.clinician == "within_days"
        assert flag(answer, "RF2").values["since"] == ago(1).isoformat()


def test_an_assessment_clears_what_was_said_on_its_own_day():
    both = RedFlags(ago(2), {"night_pain": True}, assessed_on=ago(2))

    assert assess(steady(red_flags=(both,))).clinician is None


@pytest.mark.parametrize(("answered", "missing"), [(11, 0), (12, 0), (13, len(STANDING_FACTS))])
def test_standing_facts_are_asked_once_per_problem(answered, missing):
    # The problem began twelve days ago.
    problems = (Problem("left", "whole_heel", ago(12)),)
    old = RedFlags(ago(answered), dict.fromkeys(STANDING_FACTS, False))
    today = RedFlags(
        ON, {question: False for question in ALL_RED_FLAGS if question not in STANDING_FACTS}
    )
    facts = Facts(steady(problems=problems, red_flags=(old, today)))

    assert len(unanswered(facts)) == missing


def test_other_questions_are_asked_again_whenever_the_problem_began():
    old = RedFlags(ago(11), dict.fromkeys(ALL_RED_FLAGS, False))
    facts = Facts(steady(problems=(Problem("left", "whole_heel", ago(12)),), red_flags=(old,)))

    assert unanswered(facts) == [one for one in ALL_RED_FLAGS if one not in STANDING_FACTS]


def test_without_a_problem_a_standing_fact_said_long_ago_stands():
    facts = Facts(steady(red_flags=(RedFlags(ago(300), {"medicines": False}),)))

    assert unanswered(facts) == [one for one in ALL_RED_FLAGS if one != "medicines"]


# --- Shoes ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pairs", "speaks"),
    [
        ((Shoe("a"), Shoe("b", start_m=500_000)), "b"),
        ((Shoe("b", start_m=500_000), Shoe("a", start_m=500_000)), "a"),
        ((Shoe("a", start_m=450_000, limit_m=400_000), Shoe("b", start_m=600_000)), "a"),
        ((Shoe("a", start_m=600_000), Shoe("b", start_m=700_000)), "b"),
    ],
)
def test_the_pair_that_speaks_of_wear(pairs, speaks):
    assert flag(assess(steady(shoes=pairs)), "S1").values["shoe"] == speaks


def test_of_several_old_pairs_the_one_worn_most_speaks_of_a_new_sore_spot():
    pairs = tuple(Shoe(id, start_m=metres) for id, metres in (("a", 6e5), ("b", 7e5), ("c", 65e4)))

    assert flag(assess(steady(**sore(), shoes=pairs)), "S2").values["shoe"] == "b"
    [fired] = new_pain(Facts(steady(**sore(), shoes=pairs)))
    assert isinstance(fired, Fired)
    assert fired.shoes is True


@pytest.mark.parametrize(("runs", "days"), [((21, 3), 21), ((22, 3), None), ((), None)])
def test_a_pair_is_as_new_as_its_first_run(runs, days):
    logged = tuple(run(back, 1, shoe="a") for back in reversed(runs))
    others = (run(40, 1, shoe="b"), run(5, 1, shoe="b"))
    found = flag(assess(steady(*logged, *others, **sore(), shoes=(Shoe("a"),))), "S2")

    assert (found and found.values) == (days and {"shoe": "a", "days": days})


@pytest.mark.parametrize(("days_ago", "reason"), [
    (59, "some runs of the last 60 days name no pair"), (60, None),
])  # fmt: skip
def test_one_pair_is_looked_for_in_sixty_days_of_runs(days_ago, reason):
    rows = (run(1, 5, shoe="a"), run(days_ago, 5), Activity(ON, "walk", shoe="b"))
    answer = assess(only(*rows, shoes=(Shoe("a"),)))

    assert (why(answer, "S3"), level(answer, "S3")) == (reason, None if reason else "one_pair")


def test_who_lists_no_shoes_hears_nothing_of_pairs():
    answer = assess(only(run(1, 5, shoe="a")))

    assert (level(answer, "S3"), why(answer, "S3")) == (None, None)
