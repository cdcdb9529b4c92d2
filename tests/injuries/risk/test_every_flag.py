"""Each flag whole: what it asks for, its numbers, and both sentences made from them."""

import datetime as dt

import pytest

from injuries.risk import Check, Comfort, History, Problem, RedFlags, Shoe, assess, coach_sentence
from injuries.risk.sentences import RUNNER
from tests.injuries.risk.histories import (
    ON,
    ago,
    flag,
    mornings,
    off,
    rests,
    run,
    sore,
    steady,
)

MONDAY = dt.date(2026, 3, 9)


def check(*answers, weeks_ago=0):
    """A weekly check answered on the Sunday of its week."""
    week = MONDAY - dt.timedelta(weeks=weeks_ago)
    return Check(week, week + dt.timedelta(days=6), answers)


def three_a_week(*values):
    """Three equal mornings in each week, this week first."""
    return mornings(
        {7 * week + day: value for week, value in enumerate(values) for day in range(3)}
    )


BETTER = mornings({9: 6, 8: 6, 7: 6, 2: 4, 1: 4, 0: 4})
HEALED = Problem("left", "under_heel_inner", ago(20), ago(3))
UNANSWERED = (Problem("left", "above_heel", ago(12)),)
HURT_BEFORE = run(4, 8, pain_during=7)
BARE = History(
    on=ON, activities=(*(run(back) for back in range(40, 100, 4)), run(2)), days=rests(100, 36)
)
ONE_PAIR = History(
    on=ON, activities=(run(1, 5, shoe="a"), run(4, 5, shoe="a")), days=rests(10), shoes=(Shoe("a"),)
)


def asked(**answers):
    """Red-flag answers of three days ago."""
    return steady(red_flags=(RedFlags(ago(3), answers),))


# History, values, action, shown to coaches by itself, the answers (training, clinician, shoes),
# the runner's and the coach's sentence.
EVERY = {
    ("RF1", "yes"): (
        asked(wound=True),
        {"questions": ["wound"], "since": "2026-03-12"},
        "urgent_today", False, ("rest", "urgent_today", False),
        "Please do not run, and get this looked at today. You answered yes to 1 question that "
        "should be looked at by a clinician (first on 12 March).",
        "Not available, advised to seek advice today.",
    ),
    ("RF2", "yes"): (
        asked(night_pain=True, rest_pain=True),
        {"questions": ["rest_pain", "night_pain"], "since": "2026-03-12"},
        "within_days", False, ("rest", "within_days", False),
        "Please do not run, and have this looked at within a few days. You answered yes to 2 "
        "questions that should be looked at by a clinician (first on 12 March).",
        "Not available, advised to seek advice within days.",
    ),
    ("RF3", "yes"): (
        asked(numbness=True),
        {"questions": ["numbness"], "since": "2026-03-12"},
        "within_days", False, ("rest", "within_days", False),
        "Please do not run, and have this looked at within a few days. You answered yes to 1 "
        "question that should be looked at by a clinician (first on 12 March).",
        "Not available, advised to seek advice within days.",
    ),
    ("RF3", "yes_today"): (
        asked(skin_colour_change=True, diabetes_circulation=True),
        {"questions": ["diabetes_circulation", "skin_colour_change"], "since": "2026-03-12"},
        "urgent_today", False, ("rest", "urgent_today", False),
        "Please do not run, and get this looked at today. You answered yes to 2 questions that "
        "should be looked at by a clinician (first on 12 March).",
        "Not available, advised to seek advice today.",
    ),
    ("L1", "over_10"): (
        steady(run(8, 13)),
        {"distance_m": 13_000, "longest_30d_m": 10_000, "ratio": 1.3, "run_on": "2026-03-07"},
        "ease", False, ("ease", None, False),
        "Saturday 7 March's 13.0 km was longer than your longest of the 30 days before (10.0 km).",
        "13.0 km on Saturday 7 March after a longest of 10.0 km.",
    ),
    ("L1", "over_100"): (
        steady(run(1, 21)),
        {"distance_m": 21_000, "longest_30d_m": 10_000, "ratio": 2.1, "run_on": "2026-03-14"},
        "ease", True, ("ease", None, False),
        "Saturday's 21.0 km was more than twice your longest of the 30 days before (10.0 km).",
        "Long jump in distance: 21.0 km on Saturday after a longest of 10.0 km.",
    ),
    ("L3", "layoff_7_13"): (
        off(10, back=(run(0, 7),)),
        {"days": 10, "back_on": "2026-03-15", "longest_before_m": 10_000, "limit_m": 7_500},
        "ease", False, ("ease", None, False),
        "After 10 days without a run, keep each run of the first week back to 7.5 km or less "
        "(your longest before the break was 10.0 km).",
        "Returning after 10 days off: runs up to 7.5 km.",
    ),
    ("L3", "layoff_14_28"): (
        off(26, back=(run(6, 4), run(0, 4))),
        {"days": 20, "back_on": "2026-03-09", "share": 0.5, "week_limit_m": 8_750},
        "ease", False, ("ease", None, False),
        "You have had 20 days without a run. Build up again slowly: about 8.8 km in a week is "
        "enough for now.",
        "Returning after 20 days off.",
    ),
    ("L3", "layoff_over_28"): (
        off(40, back=(run(0, 4),)),
        {"days": 40, "back_on": "2026-03-15", "share": 0.33, "week_limit_m": 5_775},
        "ease", False, ("ease", None, False),
        "You have had 40 days without a run. Build up again slowly: about 5.8 km in a week is "
        "enough for now.",
        "Returning after 40 days off.",
    ),
    ("L3", "after_problem"): (
        off(15, problems=(HEALED,)),
        {"days": 16, "back_on": None, "share": 0.5, "week_limit_m": 8_750},
        "ease", False, ("ease", None, False),
        "You are coming back after a sore heel and 16 days without a run. Start with short run "
        "and walk turns, with a rest day between.",
        "Returning after a sore heel and 16 days off.",
    ),
    ("L3", "no_base"): (
        BARE,
        {"run_on": "2026-03-13"},
        "ease", False, ("ease", None, False),
        "Before Friday's run there was no run within 30 days to compare it with. Keep the next "
        "runs short and easy.",
        "First run in 30 days on Friday: nothing to compare it with.",
    ),
    ("L4", "big_step"): (
        steady(run(10, 9), run(4, 9), run(1, 9)),
        {"change": 0.8182, "week_m": 20_000, "week_before_m": 11_000},
        "context", False, ("carry_on", None, False),
        "A big step in weekly distance: 20.0 km after 11.0 km.",
        "Big step in weekly distance: 20.0 km after 11.0 km.",
    ),
    ("L7", "above_usual"): (
        steady(run(4, 10), run(2, 10), run(0, 10)),
        {"z": 2.7027, "week_m": 32_000},
        "context", False, ("carry_on", None, False),
        "32.0 km in seven days is well above your usual week (z 2.7). Seen in competitive runners "
        "of one team only.",
        "Well above the usual week: 32.0 km in seven days.",
    ),
    ("P1", "over_limit"): (
        steady(run(1, 8, pain_during=4)),
        {"during": 4, "run_on": "2026-03-14", "limit": 2},
        "ease", False, ("ease", None, False),
        "Your heel hurt 4 of 10 during the run on Saturday; hold or shorten until it stays at 2 "
        "or below.",
        "Heel 4 of 10 during the run on Saturday.",
    ),
    ("P1", "stop"): (
        steady(run(1, 8, pain_during=6)),
        {"during": 6, "run_on": "2026-03-14", "gait_changed": False},
        "rest", False, ("rest", None, False),
        "Your heel hurt 6 of 10 during the run on Saturday. Leave running and impact until it has "
        "settled.",
        "Run on Saturday stopped at the heel (6 of 10).",
    ),
    ("P1", "stop_again"): (
        steady(HURT_BEFORE, run(1, 3, pain_during=6)),
        {"during": 6, "run_on": "2026-03-14", "gait_changed": False},
        "within_days", False, ("rest", "within_days", False),
        "The run on Saturday stopped at your heel again (it hurt 6 of 10). Please leave running "
        "and have it looked at within a few days.",
        "Run stopped at the heel again on Saturday.",
    ),
    ("P2", "not_settled_once"): (
        steady(run(2, 8), pain=mornings({1: 4, 3: 2, 4: 2, 5: 1})),
        {
            "first_step": 4, "base": 2, "morning_on": "2026-03-14", "run_on": "2026-03-13",
            "keep_m": 6_000,
        },
        "ease", False, ("ease", None, False),
        "Your heel had not settled the morning after Friday's run (4 of 10, usually 2). Make the "
        "next run shorter and easier, 6.0 km at most.",
        "Not settled the morning after Friday's run (4 of 10).",
    ),
    ("P2", "not_settled_twice"): (
        steady(run(5, 8), run(2, 8), pain=mornings({4: 4, 1: 5, 6: 2, 7: 2, 8: 1})),
        {"first_step": 5, "base": 2, "morning_on": "2026-03-14", "run_on": "2026-03-13"},
        "cross_train", False, ("cross_train", None, False),
        "Your heel had not settled the morning after a run twice within a week (last 5 of 10, "
        "usually 2). Swap running for bike, pool or elliptical until two mornings in a row are "
        "back to usual.",
        "Not settled twice within a week (last 5 of 10).",
    ),
    ("P3", "worse"): (
        steady(pain=mornings({9: 2, 8: 2, 7: 3, 2: 4, 1: 5, 0: 5})),
        {"median": 5, "median_before": 2},
        "ease", True, ("ease", None, False),
        "You reported more morning pain than the week before (median 5 of 10, before that 2). "
        "Many runners ease off here.",
        "Mornings up from 2 to 5 of 10 in a week.",
    ),
    ("P3", "drift"): (
        steady(pain=three_a_week(4, 3, 2, 1)),
        {"medians": [1, 2, 3, 4]},
        "ease", False, ("ease", None, False),
        "Your mornings have crept up three weeks running (medians 1, 2, 3, 4 of 10). Many runners "
        "ease off here.",
        "Mornings creeping up: 1, 2, 3, 4 of 10.",
    ),
    ("P4", "not_better_14d"): (
        steady(**sore(since=14)),
        {"since": "2026-03-01", "days": 14},
        "book", False, ("not_assessed", "book", False),
        "Your heel has been sore for 14 days (since 1 March) and is not clearly better. Please "
        "book somebody to look at it.",
        "Heel sore for 14 days, not better.",
    ),
    ("P4", "same_spot_3_weeks"): (
        steady(
            **sore(
                since=30,
                pain=BETTER,
                checks=tuple(check(8, 0, 0, 8, weeks_ago=back) for back in range(3)),
            )
        ),
        {"since": "2026-02-13", "checks": 3},
        "book", False, ("not_assessed", "book", False),
        "The same spot has bothered you in 3 weekly checks in a row. Please book somebody to look "
        "at it.",
        "Same spot in 3 weekly checks in a row.",
    ),
    ("P5", "could_not"): (
        steady(checks=(check(25, None, None, None),)),
        {"severity": 100, "answered_on": "2026-03-15"},
        "rest", True, ("rest", None, False),
        "In your check of 15 March you could not run. Rest until you can take part again.",
        "Could not take part, says the weekly check.",
    ),
    ("P5", "major_change"): (
        steady(checks=(check(8, 25, 0, 8),)),
        {"severity": 41, "answered_on": "2026-03-15"},
        "cross_train", True, ("cross_train", None, False),
        "In your check of 15 March you had to change your training a lot. Swap the next runs for "
        "bike, pool or elliptical.",
        "Training changed a lot, says the weekly check.",
    ),
    ("P5", "substantial"): (
        steady(checks=(check(8, 0, 17, 8),)),
        {"severity": 33, "answered_on": "2026-03-15"},
        "ease", True, ("ease", None, False),
        "In your check of 15 March your heel clearly got in the way of running. Hold or shorten "
        "the next runs.",
        "Heel in the way of running, says the weekly check.",
    ),
    ("P6", "no_report"): (
        steady(problems=UNANSWERED),
        {"days": 12, "last_answer_on": "2026-03-03"},
        "not_assessed", False, ("not_assessed", None, False),
        "You have an open sore heel and nothing was said about it for 12 days. How is it now?",
        "Open sore heel, no word for 12 days.",
    ),
    ("M9", "limping"): (
        steady(run(1, 3, gait_changed=True), adult=False),
        {"run_on": "2026-03-14"},
        "within_days", False, ("rest", "within_days", False),
        "You ran differently because of your heel on Saturday. Tell a parent or guardian, and "
        "have it looked at within a few days.",
        "Under 18, ran differently on Saturday.",
    ),
    ("M9", "pain_over_2_days"): (
        steady(adult=False, pain=mornings({0: 1, 1: 1, 2: 1})),
        {"days": 3},
        "book", False, ("ease", "book", False),
        "Your heel has hurt on 3 days. Tell a parent or guardian, ease off and book somebody to "
        "look at it.",
        "Under 18, heel sore on 3 days.",
    ),
    ("S1", "check_wear"): (
        steady(shoes=(Shoe("a", start_m=500_000),)),
        {"shoe": "a", "distance_m": 500_000, "limit_m": 800_000},
        "shoe_check", False, ("carry_on", None, True),
        "Time to look at your shoes: one pair has 500.0 km. Check wear and comfort.",
        "Shoes at 500.0 km.",
    ),
    ("S1", "consider_replacing"): (
        steady(shoes=(Shoe("a", start_m=700_000, limit_m=650_000),)),
        {"shoe": "a", "distance_m": 700_000, "limit_m": 650_000},
        "shoe_check", False, ("carry_on", None, True),
        "Time to look at your shoes: one pair has 700.0 km, past its limit of 650.0 km. Consider "
        "replacing it.",
        "Shoes at 700.0 km, limit 650.0 km.",
    ),
    ("S2", "old_pair"): (
        steady(**sore(since=14), shoes=(Shoe("a", start_m=500_001),)),
        {"shoe": "a", "distance_m": 500_001},
        "shoe_check", False, ("not_assessed", "book", True),
        "A new sore spot and a pair with 500.0 km: have your shoes looked at.",
        "New sore spot, shoes at 500.0 km.",
    ),
    ("S2", "new_pair"): (
        steady(**sore(since=14), shoes=(Shoe("a", first_used=ago(21)),)),
        {"shoe": "a", "days": 21},
        "shoe_check", False, ("not_assessed", "book", True),
        "A new sore spot and a pair first used 21 days ago: have your shoes looked at.",
        "New sore spot, shoes new 21 days ago.",
    ),
    ("S3", "one_pair"): (
        ONE_PAIR,
        {"shoe": "a", "runs": 2},
        "context", False, ("not_assessed", None, False),
        "All 2 runs of the last 60 days were in one pair. Runners who alternate two pairs were "
        "injured less often in one study.",
        "One single pair in 60 days.",
    ),
    ("S4", "comfort_drop"): (
        steady(shoes=(Shoe("a", comfort=(Comfort(ago(70), 8), Comfort(ago(3), 6))),)),
        {
            "shoe": "a", "comfort": 6, "comfort_on": "2026-03-12",
            "first_comfort": 8, "first_comfort_on": "2026-01-04",
        },
        "shoe_check", False, ("carry_on", None, True),
        "Time to look at your shoes: one pair felt 6 of 10 on 12 March, 8 of 10 at first "
        "(4 January).",
        "Shoes feel 6 of 10, 8 of 10 at first.",
    ),
}  # fmt: skip


def test_every_worded_flag_is_here():
    assert EVERY.keys() == RUNNER.keys()


@pytest.mark.parametrize(("rule", "wording"), EVERY)
def test_the_whole_flag_and_the_answers(rule, wording):
    history, values, action, coach, answers, for_runner, for_coach = EVERY[rule, wording]

    answer = assess(history)

    found = flag(answer, rule)
    assert found is not None
    assert found.level == ("yes" if wording == "yes_today" else wording)
    assert found.values == values
    assert (found.action, found.coach) == (action, coach)
    assert (answer.training, answer.clinician, answer.shoes) == answers
    assert found.text == for_runner
    assert coach_sentence(rule, wording, found.values, on=ON) == for_coach
