"""The story of one sore heel, day by day: what the runner, a coach of each kind and mails say.

Robin is in two clubs. The coach of one sees a status, the coach of the other everything. Pages are
used in a real browser; the clock of server and browsers is set. Days between are filled by the
services behind the pages, after each kind of step was done once through its page.
"""

import datetime as dt

import pytest

from members.models import Sharing
from tests.browser.story_club import (
    CHECK,
    CHECK_IN_MAILS,
    DAY,
    HILLS,
    NOT_SETTLED_TWICE,
    PLAN,
    QUIET_MAILS,
    START,
    WAY_BACK,
    WHOLE,
    a_runner,
    april,
    club_with,
    march,
)
from tests.browser.story_robin import Robin
from tests.browser.story_stage import Stage

SPOT = "left heel, under the heel, inner front"
LOG_WALK = f"{HILLS} Log the walk Note this morning"
LOG_SESSION = f"{HILLS} Log the session Note this morning"


@pytest.fixture
def stage(live_server, chromium, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with Stage(live_server.url, chromium, START) as stage:
        yield stage


@pytest.fixture
def robin(stage):
    runner = a_runner()
    stage.coaches = {
        "status": club_with(runner, "status", Sharing.STATUS),
        "all": club_with(runner, "all", Sharing.EVERYTHING),
    }
    return Robin(stage, runner)


@pytest.mark.timeout(300)
def test_from_the_first_niggle_to_the_first_free_run(stage, robin):
    a_niggle_after_a_long_run(stage, robin)
    three_mornings_and_an_ease(stage, robin)
    not_settled_twice(stage, robin)
    a_safety_question_answered_yes(stage, robin)
    rest(stage, robin)
    a_walk_and_two_mornings(stage, robin)
    the_first_two_phases(stage, robin)
    one_step_back(stage, robin)
    on_to_phase_six(stage, robin)
    the_first_free_run(stage, robin)
    two_weeks_without_a_problem(stage, robin)
    assert stage.complaints == []


def a_niggle_after_a_long_run(stage, robin):
    assert robin.logs_a_run("14", "1:17:00", during=2) == (
        "This run Within what you are used to, based on what you logged. For your next run, hold "
        "to 15.4 km at most, until Tue 31 March."
    )
    robin.opens_the_spot()
    assert robin.answers_the_questions() == "Thank you, all answered. We ask again in a while."
    assert stage.my_week(robin.user) == (
        "✓ carry on", "Carry on.", "Nothing in what you logged asks for a change.",
        "Next run: 15.4 km at most until Tue 31 March.",
    )  # fmt: skip
    assert stage.boards() == ("✓ carry on", "✓ carry on")


def three_mornings_and_an_ease(stage, robin):
    stage.at(2, 3, hour=8)
    assert stage.monday() == QUIET_MAILS | {
        "robin@example.org": f"All steady: 30.0 km | {CHECK} | {WHOLE}"
    }
    for day, first_step in ((2, 3), (3, 2), (4, 2)):
        stage.at(day, 3)
        assert robin.taps_the_morning(first_step) == "Noted. Thank you."
        assert stage.my_week(robin.user) == (
            "● ease off", "Ease off: hold or shorten the next runs.",
            "Your heel had not settled the morning after Sunday's run (3 of 10). Make the next "
            "run shorter and easier, 10.5 km at most.",
            "Next run: 10.5 km at most until Sun 8 March.",
        )  # fmt: skip
    assert stage.boards() == (
        "● ease off / Asked to ease off.",
        "● ease off / Not settled the morning after Sunday's run (3 of 10).",
    )


def not_settled_twice(stage, robin):
    stage.at(5, 3, hour=18)
    robin.days(march(2), march(4), "rest")
    assert robin.logs_a_run("8", "44:00", during=1) == (
        "This run Within what you are used to, based on what you logged. For your next run, hold "
        "to 10.5 km at most, until Sun 8 March."
    )
    stage.at(6, 3)
    robin.taps_the_morning(5)
    assert stage.my_week(robin.user) == NOT_SETTLED_TWICE
    assert stage.boards() == (
        "▲ cross-train / Asked to ease off.",
        "▲ cross-train / Not settled twice within a week (last 5 of 10).",
    )
    stage.at(8, 3, hour=20)
    robin.mornings(march(7), 5, 5)
    robin.days(march(6), march(8), "rest")
    stage.at(9, 3, hour=8)
    assert stage.monday() == CHECK_IN_MAILS | {
        "robin@example.org": f"Your week: 8.0 km | {WHOLE} | {CHECK}"
    }
    link = stage.link_in_mail_to("robin@example.org", part="check")
    answers = ("I ran less because of it", "Clearly", "A little", "Clearly")
    assert robin.checks_by_link(link, *answers).startswith("Thank you, that is all for this week.")
    assert stage.boards() == (
        "▲ cross-train / Asked to ease off.",
        "▲ cross-train / Not settled twice within a week (last 5 of 10). "
        "Heel in the way of running, says the weekly check.",
    )


def a_safety_question_answered_yes(stage, robin):
    stage.at(10, 3)
    robin.mornings(march(9), 4, 4)
    assert robin.answers_the_questions(yes="night_pain") == (
        "Please have this looked at by a doctor or physiotherapist within a few days, and do not "
        "run until then."
    )
    assert stage.my_week(robin.user) == (
        "⬣ see a clinician within days ■ rest",
        "Please do not run, and have this looked at within a few days.",
        "You answered yes to 1 question that should be looked at by a clinician (first on 10 "
        "March).",
    )
    assert stage.boards() == (
        "⬣ advised to seek advice ■ rest / Not available, advised to seek advice. "
        "Asked to ease off.",
        "⬣ clinician in days ■ rest / Not available, advised to seek advice within days. "
        "Not settled twice within a week (last 5 of 10). Heel in the way of running, says the "
        "weekly check.",
    )
    assert robin.begins_the_way_back() == (
        "One of your safety answers should be looked at first. Note it on the page of the sore "
        "spot once somebody has, and begin then."
    )
    stage.at(13, 3, hour=18)
    robin.mornings(march(11), 4, 4, 3)
    robin.days(march(9), march(12), "injured")
    robin.says_a_day(march(13), "injured")
    assert robin.was_looked_at() == "Noted that somebody has looked at it."
    assert stage.my_week(robin.user) == NOT_SETTLED_TWICE
    assert stage.boards() == (
        "▲ cross-train ↻ returning / Asked to ease off. "
        "Returning after 8 days off: runs up to 10.5 km.",
        "▲ cross-train ↻ returning / Not settled twice within a week (last 5 of 10). "
        "Returning after 8 days off: runs up to 10.5 km. "
        "Heel in the way of running, says the weekly check.",
    )


def rest(stage, robin):
    stage.at(15, 3, hour=18)
    robin.mornings(march(14), 3, 2)
    robin.days(march(14), march(15), "injured")
    assert robin.checks_the_week("I could not run because of it") == (
        "Thank you, that is all for this week."
    )
    assert stage.my_week(robin.user) == (
        "⬣ book a clinician ■ rest", "Please book somebody to look at this.",
        "Your heel has been sore for 14 days (since 1 March) and is not clearly better. Please "
        "book somebody to look at it.",
    )  # fmt: skip
    assert stage.boards() == (
        "⬣ advised to seek advice ■ rest ↻ returning / Asked to ease off. Not available, advised "
        "to seek advice. Returning after 10 days off: runs up to 10.5 km.",
        "⬣ book clinician ■ rest ↻ returning / Could not take part, says the weekly check. "
        "Not settled twice within a week (last 5 of 10). Heel sore for 14 days, not better. "
        "and 1 more",
    )
    stage.at(16, 3, hour=8)
    assert stage.monday() == CHECK_IN_MAILS | {"robin@example.org": f"Your week: 0.0 km | {WHOLE}"}


def a_walk_and_two_mornings(stage, robin):
    stage.at(19, 3, hour=18)
    robin.mornings(march(16), 2, 2, 1, 1)
    robin.days(march(16), march(19), "injured")
    robin.answered_no()
    assert robin.begins_the_way_back() == "You are on the way back. First comes a walk."
    assert stage.my_week(robin.user) == (
        "■ rest", "Rest from running and impact for now.",
        "In your check of 15 March you could not run. Rest until you can take part again.",
        "↻ way back Not begun yet: first a walk, and two settled mornings after it.",
        "Walk for 30 minutes and note it: pain of at most 2 of 10, walking as usual, and the two "
        "mornings after it settled.",
    )  # fmt: skip
    assert stage.boards() == (
        "■ rest ↻ returning / Asked to ease off. Returning after 14 days off.",
        "■ rest ↻ returning / Could not take part, says the weekly check. "
        "Returning after 14 days off.",
    )
    assert stage.plans() == (WAY_BACK,) * 2
    stage.at(20, 3, hour=18)
    assert robin.logs_a_session(duration="30:00", during=1) == (
        "Not begun yet: first a walk, and two settled mornings after it. Your walk on Friday 20 "
        f"March went well. Now the two mornings after it have to be settled. {LOG_WALK}"
    )
    for day in (21, 22):
        stage.at(day, 3)
        robin.taps_the_morning(1)
    assert robin.plan() == (
        "Phase 1 of 6: none of two good sessions in a row. Walk 2 min, run 3 min, about twice, "
        "until you have done 1.6 km. Effort 3 of 10: easy enough to talk. Level ground, no hills, "
        "no speed. The next session may be today. Two sessions in a row lead to phase 2: pain of "
        "at most 2 of 10 while running, running as usual, and first steps of at most 3 of 10 the "
        f"morning after. {LOG_SESSION}"
    )


def the_first_two_phases(stage, robin):
    stage.at(22, 3, hour=18)
    robin.days(march(20), march(22), "injured")
    robin.checked(march(16), 17)
    stage.at(23, 3, hour=18)
    assert robin.logs_a_session(distance="1.6", duration="12:00", during=1) == (
        "Phase 1 of 6: none of two good sessions in a row. Walk 2 min, run 3 min, about twice, "
        "until you have done 1.6 km. Effort 3 of 10: easy enough to talk. Level ground, no hills, "
        "no speed. The next session may be on Wed 25 March: a day without a run lies between. "
        f"Your first steps on Tuesday 24 March decide: at most 3 of 10 is settled. "
        f"{LOG_SESSION}"
    )
    stage.at(24, 3)
    robin.taps_the_morning(1)
    assert stage.my_week(robin.user) == (
        "⬣ book a clinician ● ease off", "Please book somebody to look at this.",
        "The same spot has bothered you in 3 weekly checks in a row. Please book somebody to look "
        "at it.",
        "Next run: 1.8 km at most until Wed 22 April.",
        "↻ way back Phase 1 of 6: one of two good sessions in a row.",
        "Walk 2 min, run 3 min, about twice, until you have done 1.6 km. Not before Wed 25 March.",
    )  # fmt: skip
    assert stage.boards() == (
        "⬣ advised to seek advice ↻ returning / Not available, advised to seek advice. "
        "Returning after 17 days off.",
        "⬣ book clinician ↻ returning / Same spot in 3 weekly checks in a row. "
        "Returning after 17 days off.",
    )
    assert stage.plans() == (
        WAY_BACK,
        f"{WAY_BACK} Phase 1 of 6.",
    )
    stage.at(29, 3, hour=20)
    for day, metres in ((25, 1_600), (27, 2_400), (29, 2_400)):
        robin.ran(march(day), metres)
        robin.days(march(day - 1), march(day - 1), "rest")
    robin.answered_no()
    robin.checked(march(23), 17)
    stage.at(30, 3, hour=8)
    assert stage.monday() == CHECK_IN_MAILS | {
        "robin@example.org": (
            f"Your week: 8.0 km | {WHOLE} | You have had 17 days without a run. Build up again "
            f"slowly: about 13.6 km in a week is enough for now. | {PLAN}"
        )
    }


def one_step_back(stage, robin):
    stage.at(31, 3, hour=18)
    robin.mornings(march(30), 1)
    robin.days(march(30), march(30), "rest")
    assert robin.plan().startswith("Phase 3 of 6: none of two good sessions in a row.")
    assert robin.logs_a_session(distance="2.4", duration="16:00", during=6).startswith(
        "Phase 2 of 6: none of two good sessions in a row. Walk 2 min, run 3 min, about three "
        "times, until you have done 2.4 km. Effort 3 of 10: easy enough to talk. Level ground, no "
        "hills, no speed. The next session may be on Thu 2 April: a day without a run lies between."
    )
    robin.answers_the_questions()
    stage.at(1, 4)
    robin.taps_the_morning(2)
    assert stage.my_week(robin.user) == (
        "⬣ book a clinician ■ rest", "Please book somebody to look at this.",
        "Your heel has been sore for 31 days (since 1 March) and is not clearly better. Please "
        "book somebody to look at it.",
        "↻ way back Phase 2 of 6: none of two good sessions in a row.",
        "Walk 2 min, run 3 min, about three times, until you have done 2.4 km. Not before Thu 2 "
        "April.",
    )  # fmt: skip
    assert stage.boards() == (
        "⬣ advised to seek advice ■ rest ↻ returning / Asked to ease off. Not available, advised "
        "to seek advice. Returning after 17 days off.",
        "⬣ book clinician ■ rest ↻ returning / Run on Tuesday stopped at the heel (6 of 10). "
        "Heel sore for 31 days, not better. Returning after 17 days off.",
    )
    assert stage.plans() == (
        WAY_BACK,
        f"{WAY_BACK} Phase 2 of 6.",
    )


def on_to_phase_six(stage, robin):
    phases = {2: 2_400, 4: 2_400, 6: 2_400, 8: 2_400, 10: 3_200, 12: 3_200, 14: 3_200, 16: 3_200}
    for day, metres in (phases | {18: 3_200, 20: 3_200}).items():
        stage.at(day + 1, 4, hour=7)
        robin.ran(april(day), metres)
        robin.days(april(day - 1), april(day - 1), "rest")
        if day in (4, 12, 18):
            robin.answered_no()
            robin.checked(april(day) - april(day).weekday() * DAY, 8)
    stage.at(21, 4)
    assert robin.plan().startswith(
        "Phase 6 of 6: two of three good sessions in a row. Run 3.2 km without a walk."
    )
    assert stage.my_week(robin.user) == (
        "⬣ book a clinician ✓ carry on", "Please book somebody to look at this.",
        "Your heel has been sore for 51 days (since 1 March) and is not clearly better. Please "
        "book somebody to look at it.",
        "Next run: 3.5 km at most until Wed 20 May.",
        "↻ way back Phase 6 of 6: two of three good sessions in a row.",
        "Run 3.2 km without a walk. Not before Wed 22 April.",
    )  # fmt: skip
    assert stage.boards() == (
        "⬣ advised to seek advice ✓ carry on / Not available, advised to seek advice.",
        "⬣ book clinician ✓ carry on / Heel sore for 51 days, not better.",
    )


def the_first_free_run(stage, robin):
    stage.at(22, 4, hour=18)
    robin.days(april(21), april(21), "rest")
    robin.answered_no()
    robin.logs_a_session(distance="3.2", duration="20:00", during=0)
    stage.at(23, 4)
    robin.taps_the_morning(1)
    assert robin.plan() == (
        "Done on Thursday 23 April. You are running again, based on what you logged. Hills and "
        "speed wait until a week is half of what it was before it began."
    )
    stage.at(25, 4, hour=10)
    robin.days(april(23), april(24), "rest")
    assert robin.logs_a_run("3.4", "21:00") == (
        "This run Within what you are used to, based on what you logged. For your next run, hold "
        "to 3.7 km at most, until Mon 25 May."
    )
    assert stage.plans() == ("", "")


def two_weeks_without_a_problem(stage, robin):
    stage.at(26, 4, hour=19)
    robin.mornings(april(26), 0)
    assert robin.checks_the_week() == "Thank you, that is all for this week."
    assert stage.my_week(robin.user) == (
        "⬣ book a clinician ✓ carry on", "Please book somebody to look at this.",
        "Your heel has been sore for 56 days (since 1 March) and is not clearly better. Please "
        "book somebody to look at it.",
        "Next run: 3.7 km at most until Mon 25 May.",
    )  # fmt: skip
    assert stage.boards() == (
        "⬣ advised to seek advice ✓ carry on / Not available, advised to seek advice.",
        "⬣ book clinician ✓ carry on / Heel sore for 56 days, not better.",
    )
    stage.at(27, 4, hour=8)
    assert stage.monday() == CHECK_IN_MAILS | {
        "robin@example.org": f"Your week: 9.8 km | {WHOLE} | One day has no entry. Did you rest?"
    }
    stage.at(3, 5, hour=19)
    for day in (28, 30):
        robin.ran(april(day), 3_500)
        robin.days(april(day - 1), april(day - 1), "rest")
    robin.days(dt.date(2026, 5, 1), dt.date(2026, 5, 3), "rest")
    assert robin.checks_the_week() == (
        f"Two weeks without a problem: your {SPOT} is closed. Take the next weeks gently."
    )
    assert robin.problem.closed_on == dt.date(2026, 5, 3)
    assert stage.my_week(robin.user) == (
        "✓ carry on", "Carry on.", "Nothing in what you logged asks for a change.",
        "Next run: 3.9 km at most until Sat 30 May.",
    )  # fmt: skip
    assert stage.boards() == ("✓ carry on", "✓ carry on")
    stage.at(4, 5, hour=8)
    assert stage.monday() == QUIET_MAILS | {"robin@example.org": f"All steady: 7.0 km | {WHOLE}"}
