"""P1 to P6, M9, red flags at, just under and just over each threshold (evidence 2, 3.1, 5)."""

import datetime as dt

import pytest

from injuries.risk import ALL_RED_FLAGS, RED_FLAG_IDS, Check, Problem, RedFlags, assess
from tests.injuries.risk.histories import (
    ON,
    ago,
    flag,
    level,
    mornings,
    run,
    sore,
    steady,
    why,
    with_,
)

GOOD = dict.fromkeys(range(14), 1)


# --- P1 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("spot", "pain", "expected", "training"),
    [
        (None, 2, None, "carry_on"),
        (None, 3, "over_limit", "ease"),
        (None, 5, "over_limit", "ease"),
        (None, 6, "stop", "rest"),
        ("under_heel_inner", 5, None, "carry_on"),
        ("under_heel_inner", 6, "stop", "rest"),
        ("whole_heel", 2, None, "carry_on"),
        ("whole_heel", 3, "over_limit", "ease"),
        ("elsewhere", 3, "over_limit", "ease"),
    ],
)
def test_pain_during_the_run_by_spot(spot, pain, expected, training):
    problem = sore(spot=spot) if spot else {}
    answer = assess(steady(run(1, 8, pain_during=pain), **problem, pain=mornings(GOOD)))

    assert (level(answer, "P1"), answer.training) == (expected, training)


def test_a_changed_stride_is_a_stop():
    answer = assess(steady(run(0, 8, pain_during=1, gait_changed=True)))

    assert (level(answer, "P1"), answer.training, answer.clinician) == ("stop", "rest", None)


def test_a_stop_on_the_next_attempt_again_is_for_a_clinician():
    answer = assess(steady(run(4, 8, pain_during=7), run(1, 3, gait_changed=True)))

    assert (level(answer, "P1"), answer.training, answer.clinician) == (
        "stop_again",
        "rest",
        "within_days",
    )


def test_a_good_run_in_between_ends_the_stop():
    answer = assess(steady(run(4, 8, pain_during=7), run(1, 3, pain_during=0)))

    assert level(answer, "P1") is None


def test_a_painkiller_makes_the_pain_of_that_run_unknown():
    answer = assess(steady(run(1, 8, pain_during=7, painkiller=True), **sore(pain=mornings(GOOD))))

    assert level(answer, "P1") is None
    assert why(answer, "P1") == "how the heel felt during the last run is not known"


# --- P2 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("morning", "expected"), [(3, None), (4, "not_settled_once")])
def test_a_morning_two_above_its_base_is_not_settled(morning, expected):
    base = dict.fromkeys(range(3, 9), 2)
    answer = assess(steady(run(2, 8), **sore(pain=mornings(base | {1: morning}))))

    assert level(answer, "P2") == expected


@pytest.mark.parametrize(("morning", "expected"), [(2, None), (3, "not_settled_once")])
def test_without_a_base_two_is_the_most(morning, expected):
    answer = assess(steady(run(2, 8), pain=mornings({1: morning, 3: 0, 4: 0})))

    assert level(answer, "P2") == expected


def test_not_settled_once_lowers_the_one_number_to_hold_to():
    answer = assess(steady(run(2, 8), pain=mornings({1: 3})))

    assert (answer.training, answer.ceiling_m) == ("ease", 6_000)
    found = flag(answer, "P2")
    assert found is not None
    assert found.values["keep_m"] == 6_000


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(8, 2, "not_settled_twice"), (9, 2, "not_settled_once")],
)
def test_twice_within_seven_days_is_cross_train(first, second, expected):
    pain = mornings({first - 1: 5, second - 1: 5})
    answer = assess(steady(run(first, 8), run(second, 8), pain=pain))

    assert level(answer, "P2") == expected


def test_cross_train_lasts_until_two_mornings_in_a_row_are_back():
    runs = (run(6, 8), run(4, 8))
    worse = {5: 5, 3: 5}
    still = assess(steady(*runs, pain=mornings(worse | {2: 2, 1: 4, 0: 2})))
    back = assess(steady(*runs, pain=mornings(worse | {1: 2, 0: 2})))

    assert level(still, "P2") == "not_settled_twice"
    assert level(back, "P2") == "not_settled_once"


@pytest.mark.parametrize(
    ("during", "training"), [(2, "carry_on"), (3, "not_assessed"), (None, "not_assessed")]
)
def test_a_missing_morning_after_a_run_that_hurt_is_unknown(during, training):
    said = dict.fromkeys(range(1, 14), 1)
    answer = assess(steady(run(1, 8, pain_during=during), **sore(pain=mornings(said))))

    assert answer.training == training
    assert why(answer, "P2") == "no report of the morning after the run of 14 March"


@pytest.mark.parametrize(("since", "owed"), [(2, True), (1, True), (0, False)])
def test_no_morning_was_owed_before_the_problem_began(since, owed):
    """The run of two days ago: its morning is yesterday's."""
    answer = assess(steady(run(2, 8), **sore(since=since)))

    assert (why(answer, "P2") is not None) == owed


# --- P3 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("now", "expected"), [(3, None), (4, "worse")])
def test_the_weekly_median_two_points_up_is_worse(now, expected):
    pain = mornings({9: 2, 8: 2, 7: 2, 2: now, 1: now, 0: now})
    answer = assess(steady(**sore(pain=pain)))

    assert level(answer, "P3") == expected


def test_one_bad_morning_does_not_move_a_median():
    pain = mornings({9: 2, 8: 2, 7: 2, 2: 2, 1: 2, 0: 9})

    assert level(assess(steady(pain=pain)), "P3") is None


@pytest.mark.parametrize(("missing", "judged"), [((), True), ((0,), False), ((7,), False)])
def test_three_mornings_are_needed_in_each_week(missing, judged):
    values = {9: 2, 8: 2, 7: 2, 2: 5, 1: 5, 0: 5}
    for back in missing:
        del values[back]
    answer = assess(steady(pain=mornings(values)))

    assert (level(answer, "P3") == "worse") == judged
    assert (why(answer, "P3") is None) == judged


def test_three_rises_in_a_row_drift():
    def weeks(*medians):
        return mornings(
            {7 * week + day: value for week, value in enumerate(medians) for day in range(3)}
        )

    assert level(assess(steady(pain=weeks(4, 3, 2, 1))), "P3") == "drift"
    assert level(assess(steady(pain=weeks(3, 3, 2, 1))), "P3") is None


def test_the_same_spot_again_answers_one_step_stricter():
    pain = mornings({9: 2, 8: 2, 7: 2, 2: 4, 1: 4, 0: 4})
    open_one = Problem("left", "under_heel_inner", ago(5))
    healed = Problem("left", "under_heel_inner", ago(200), ago(100))
    no = (RedFlags(ON, dict.fromkeys(ALL_RED_FLAGS, False)),)

    answer = assess(steady(pain=pain, problems=(open_one, healed), red_flags=no))

    assert answer.training == "cross_train"


# --- P4 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("since", "clinician"), [(13, None), (14, "book")])
def test_a_heel_sore_for_two_weeks_is_to_be_booked(since, clinician):
    assert assess(steady(**sore(since=since))).clinician == clinician


def test_a_heel_that_gets_better_needs_no_booking():
    pain = mornings({9: 6, 8: 6, 7: 6, 2: 4, 1: 4, 0: 4})

    assert assess(steady(**sore(since=20, pain=pain))).clinician is None


def test_the_same_spot_in_three_checks():
    def check(weeks_ago, first):
        monday = dt.date(2026, 3, 9) - dt.timedelta(weeks=weeks_ago)
        return Check(monday, monday + dt.timedelta(days=6), (first, 0, 0, 8))

    pain = mornings({9: 6, 8: 6, 7: 6, 2: 4, 1: 4, 0: 4})
    checks = (check(0, 8), check(1, 8), check(2, 8))
    answer = assess(steady(**sore(since=30, pain=pain, checks=checks)))
    assert (level(answer, "P4"), answer.clinician) == ("same_spot_3_weeks", "book")

    fine = (check(0, 8), check(1, 0), check(2, 8))
    assert assess(steady(**sore(since=30, pain=pain, checks=fine))).clinician is None


# --- P5 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "expected", "training", "severity"),
    [
        ((0, None, None, None), None, "carry_on", None),
        ((25, None, None, None), "could_not", "rest", 100),
        ((8, 25, 0, 8), "major_change", "cross_train", 41),
        ((8, 17, 0, 8), "substantial", "ease", 33),
        ((8, None, 17, None), "substantial", "ease", None),
        ((8, 8, 8, 8), None, "carry_on", None),
        ((17, 8, 8, 8), None, "carry_on", None),
        ((8, None, 0, 8), None, "not_assessed", None),
    ],
)
def test_the_weekly_check(answers, expected, training, severity):
    answer = assess(steady(checks=(Check(dt.date(2026, 3, 9), ON, answers),)))

    found = flag(answer, "P5")
    assert (found and found.level, answer.training) == (expected, training)
    if found:
        assert found.values["severity"] == severity


@pytest.mark.parametrize(("answered", "counts"), [(9, True), (10, False)])
def test_a_check_counts_for_ten_days(answered, counts):
    check = Check(dt.date(2026, 3, 2), ago(answered), (25, None, None, None))

    assert (level(assess(steady(checks=(check,))), "P5") == "could_not") == counts


# --- P6 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days", "expected"), [(10, None), (11, "no_report")])
def test_an_open_problem_and_silence(days, expected):
    history = steady(problems=(Problem("left", "above_heel", ago(12)),), pain=mornings({days: 3}))

    answer = assess(history)

    assert (level(answer, "P6"), answer.training) == (expected, "not_assessed")


# --- M9 ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("days", "clinician"), [(2, None), (3, "book")])
def test_heel_pain_under_18(days, clinician):
    pain = mornings(dict.fromkeys(range(days), 1))
    answer = assess(steady(adult=False, pain=pain))

    assert (level(answer, "M9") is not None) == (clinician == "book")
    assert answer.clinician == clinician


def test_limping_under_18():
    answer = assess(steady(run(1, 3, gait_changed=True), adult=False))

    assert (level(answer, "M9"), answer.clinician, answer.training) == (
        "limping",
        "within_days",
        "rest",
    )


# --- Red flags -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("question", "rule", "clinician"),
    [
        (question, rule, "urgent_today" if rule == "RF1" else "within_days")
        for rule, questions in RED_FLAG_IDS.items()
        for question in questions
    ],
)
def test_any_yes_is_rest_and_a_clinician(question, rule, clinician):
    answer = assess(steady(red_flags=(RedFlags(ago(3), {question: True}),)))

    assert (level(answer, rule), answer.clinician, answer.training) == ("yes", clinician, "rest")
    found = flag(answer, rule)
    assert found is not None
    assert (found.values["questions"], found.action) == ([question], clinician)


def test_a_later_no_does_not_clear_a_yes_but_an_assessment_does():
    yes = RedFlags(ago(30), {"night_pain": True})
    no = RedFlags(ago(3), {"night_pain": False})
    seen = RedFlags(ago(2), {}, assessed_on=ago(2))

    assert assess(steady(red_flags=(yes, no))).clinician == "within_days"
    assert assess(steady(red_flags=(yes, seen))).clinician is None
    again = RedFlags(ago(1), {"night_pain": True})
    assert assess(steady(red_flags=(yes, seen, again))).clinician == "within_days"


def test_a_standing_fact_once_assessed_stays_so():
    yes = RedFlags(ago(30), {"diabetes_circulation": True})
    seen = RedFlags(ago(20), {}, assessed_on=ago(20))
    again = RedFlags(ago(1), {"diabetes_circulation": True})

    assert assess(steady(red_flags=(yes, seen, again))).clinician is None


def test_a_colour_change_with_diabetes_is_for_today():
    fact = RedFlags(ago(30), {"diabetes_circulation": True})
    seen = RedFlags(ago(20), {}, assessed_on=ago(20))
    colour = RedFlags(ago(0), {"skin_colour_change": True})

    answer = assess(steady(red_flags=(fact, seen, colour)))

    assert answer.clinician == "urgent_today"
    found = flag(answer, "RF3")
    assert found is not None
    assert "today" in found.text


def test_an_open_problem_with_unanswered_questions_is_never_carry_on():
    problem = (Problem("left", "under_heel_inner", ago(5)),)
    all_but_one = dict.fromkeys(ALL_RED_FLAGS, False) | {"wound": None}

    answer = assess(
        steady(problems=problem, red_flags=(RedFlags(ON, all_but_one),), pain=mornings({0: 1}))
    )

    assert answer.training == "not_assessed"
    assert why(answer, "RF1") == "1 of 7 questions have no answer of the last 10 days"


@pytest.mark.parametrize(("answered", "training"), [(9, "carry_on"), (10, "not_assessed")])
def test_answers_count_for_ten_days(answered, training):
    answers = (RedFlags(ago(answered), dict.fromkeys(ALL_RED_FLAGS, False)),)
    problem = (Problem("left", "under_heel_inner", ago(12)),)

    pain = mornings({5: 1, 0: 1})
    answer = assess(steady(problems=problem, red_flags=answers, pain=pain))

    assert answer.training == training


def test_every_answer_is_independent():
    history = steady(run(1, 16), **sore(since=20, pain=mornings({0: 4})))
    answer = assess(with_(history, red_flags=(RedFlags(ON, {"wound": True}),)))

    assert (answer.training, answer.clinician) == ("rest", "urgent_today")
    assert [one.rule for one in answer.flags] == sorted(one.rule for one in answer.flags)
