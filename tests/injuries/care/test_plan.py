"""The return-to-run plan (evidence 3.6), branch by branch."""

import dataclasses

import pytest

from injuries.care import Hold
from injuries.care.phases import phase
from injuries.risk import RedFlags
from tests.injuries.care.diaries import (
    ENTRY,
    assessed,
    at,
    course,
    morning,
    run,
    session,
    stand,
    walk,
    yes,
)


def outcomes(state):
    return [(one.outcome, one.reasons) for one in state.sessions]


# --- Entering ------------------------------------------------------------------------------------
def test_a_walk_and_two_settled_mornings_enter():
    state = stand(ENTRY, on=2)

    assert (state.status, state.phase, state.good) == ("active", 1, 0)
    assert (state.entered_on, state.next_on) == (at(2), at(2))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((), "none"),
        ((walk(0, minutes=29),), "short"),
        ((walk(0, minutes=15), walk(0, minutes=15)), "short"),
        ((walk(0, during=3),), "hurt"),
        ((walk(0, during=None),), "not_said"),
        ((walk(0, gait=True),), "gait"),
        ((walk(0, gait=None),), "not_said"),
        ((walk(0), morning(1, 3)), "unsettled"),
        ((walk(0), morning(1), morning(2, 3)), "unsettled"),
        ((walk(0), morning(2)), "no_morning"),
    ],
)
def test_what_does_not_enter_says_why(rows, why):
    state = stand(rows, on=2)

    assert (state.status, state.phase, state.entry.why) == ("entering", None, why)
    assert state.entry.walk_on is None
    assert state.next_on is None


def test_a_morning_to_come_is_waited_for():
    assert stand(walk(0), on=0).entry.mornings == (False, False)
    assert stand(walk(0), morning(1), on=1).entry.mornings == (True, False)
    assert stand(walk(0), on=1).entry.walk_on == at(0)


def test_a_walk_that_hurt_two_of_ten_enters():
    assert stand(walk(0, during=2), morning(1, 2), morning(2, 2), on=2).phase == 1


def test_a_later_walk_mends_a_first_one_that_did_not_do():
    rows = (walk(0), morning(1, 5), walk(3), morning(4), morning(5))

    assert stand(rows, on=4).entry.walk_on == at(3)
    assert stand(rows, on=5).entered_on == at(5)


def test_a_walk_of_the_week_before_the_start_counts_and_an_older_one_does_not():
    week = (walk(-7), morning(-6), morning(-5))
    older = (walk(-8), morning(-7), morning(-6))

    assert stand(week, on=0).entered_on == at(0)
    assert stand(older, on=0).status == "entering"


def test_what_is_settled_is_measured_against_the_week_before_the_walk_and_stays():
    usual = tuple(morning(-day, 3) for day in range(1, 4))
    rows = (*usual, walk(0), morning(1, 4), morning(2, 4))

    assert stand(rows, on=2).settled_limit == 4
    assert stand((*usual, walk(0), morning(1, 5)), on=2).entry.why == "unsettled"
    # With the median of the last week 5 would be settled again and again, and creep up.
    crept = (*rows, run(3), morning(4, 4), run(5), morning(6, 5))
    assert outcomes(stand(crept, on=7))[-1] == ("repeat", ("unsettled",))


def test_no_morning_over_five_is_ever_settled():
    usual = tuple(morning(-day, 8) for day in range(1, 4))

    assert stand(usual, walk(0), morning(1, 5), morning(2, 5), on=2).settled_limit == 5


def test_two_mornings_are_no_base():
    few = (morning(-1, 4), morning(-2, 4))

    assert stand(few, walk(0), morning(1, 3), on=1).entry.why == "unsettled"


def test_runs_before_entering_do_not_count():
    assert stand(session(0), ENTRY, on=2).sessions == ()


# --- Advancing -----------------------------------------------------------------------------------
def test_two_good_sessions_lead_to_the_next_phase():
    once = stand(ENTRY, session(2), on=4)
    twice = stand(ENTRY, session(2), session(4), on=6)

    assert (once.phase, once.good, once.needed) == (1, 1, 2)
    assert (twice.phase, twice.good) == (2, 0)


def test_the_whole_way_takes_thirteen_sessions_and_then_the_plan_is_left():
    rows = (*ENTRY, *course())
    last_morning = 2 + 13 * 2 - 1

    before = stand(rows, on=last_morning - 1)
    after = stand(rows, on=last_morning + 30)
    assert (before.status, before.phase, before.good, before.needed) == ("active", 6, 2, 3)
    assert before.waiting_for == at(last_morning)
    assert (after.status, after.since, after.phase) == ("left", at(last_morning), 6)
    assert after.is_over
    assert [one.phase for one in after.sessions] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6]
    assert {one.outcome for one in after.sessions} == {"good"}


def test_what_comes_after_leaving_changes_nothing():
    rows = (*ENTRY, *course(), run(40, 30_000, during=9), morning(41, 9), yes(41))

    assert stand(rows, on=60).status == "left"
    assert len(stand(rows, on=60).sessions) == 13


def test_until_the_morning_after_a_session_decides_nothing():
    the_day = stand(ENTRY, run(2), on=2)
    the_morning = stand(ENTRY, run(2), on=3)

    for state in (the_day, the_morning):
        assert outcomes(state) == [("waiting", ())]
        assert (state.good, state.waiting_for, state.next_on) == (0, at(3), at(4))


def test_a_missing_morning_repeats_and_a_late_answer_mends_it():
    rows = (*ENTRY, session(2), run(4))

    missing = stand(rows, on=6)
    assert (missing.phase, missing.good) == (1, 0)
    assert outcomes(missing)[-1] == ("repeat", ("no_morning",))
    assert stand(rows, morning(5), on=6).phase == 2


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (run(4, during=3), "hurt"),
        (run(4, during=5), "hurt"),
        (run(4, gait=True), "gait"),
        (run(4, during=None), "not_said"),
        (run(4, gait=None), "not_said"),
        (run(4, painkiller=True), "not_said"),
        (run(4, None), "no_distance"),
        (run(4, imputed=True), "no_distance"),
        (run(4, 1439), "short"),
        (run(4, 2001), "long"),
        (run(3), "no_rest_day"),
        ((run(4), run(4, 100, during=None)), "not_said"),
        ((run(4, 800), run(4, 500)), "short"),
    ],
)
def test_what_repeats_the_phase(second, reason):
    state = stand(ENTRY, session(2), second, morning(4), morning(5), on=6)

    assert outcomes(state)[-1] == ("repeat", (reason,))
    assert (state.phase, state.good) == (1, 0)


@pytest.mark.parametrize(
    "second",
    [
        run(4, during=2),
        run(4, 1440),
        run(4, 2000),
        (run(4, 800), run(4, 800)),
        run(4, painkiller=False),
    ],
)
def test_what_still_counts(second):
    assert stand(ENTRY, session(2), second, morning(5), on=6).phase == 2


def test_a_morning_at_two_is_settled_and_at_three_is_not():
    assert stand(ENTRY, session(2), run(4), morning(5, 2), on=6).phase == 2
    assert outcomes(stand(ENTRY, run(2), morning(3, 3), on=4)) == [("repeat", ("unsettled",))]


def test_the_two_good_sessions_are_in_a_row():
    rows = (ENTRY, session(2), run(4, during=4), morning(5), session(6))

    assert (stand(rows, on=8).phase, stand(rows, on=8).good) == (1, 1)
    assert stand(rows, session(8), on=10).phase == 2


def test_pain_up_to_five_counts_only_where_a_clinician_named_the_achilles():
    rows = (ENTRY, session(2, during=5), session(4, during=5))

    assert stand(rows, on=6, achilles_named=True).phase == 2
    assert stand(rows, on=6).phase == 1
    assert stand(rows, on=6, achilles_named=True, adult=False).phase == 1


def test_under_eighteen_only_a_session_without_pain_counts():
    assert stand(ENTRY, session(2), session(4), on=6, adult=False).phase == 2
    assert stand(ENTRY, session(2), session(4, during=1), on=6, adult=False).phase == 1
    assert stand(walk(0, during=1), on=0, adult=False).entry.why == "hurt"


def test_the_walk_may_hurt_no_more_than_two_even_with_the_achilles():
    assert stand(walk(0, during=3), on=0, achilles_named=True).entry.why == "hurt"


# --- Stepping back -------------------------------------------------------------------------------
def in_phase_3(*rows):
    return (*ENTRY, *course(last_phase=2), *rows)  # phase 3 begins on day 10


def test_more_than_five_steps_back_one_phase():
    state = stand(in_phase_3(run(10, 2400, during=6), morning(11)), on=12)

    assert (state.phase, state.good) == (2, 0)
    assert outcomes(state)[-1] == ("step_back", ("over_stop",))


def test_more_than_five_steps_back_even_under_a_painkiller_and_with_the_achilles():
    rows = in_phase_3(run(10, 2400, during=6, painkiller=True), morning(11))

    assert stand(rows, on=12, achilles_named=True).phase == 2


def test_not_settled_once_repeats_and_twice_within_a_week_steps_back():
    once = in_phase_3(run(10, 2400), morning(11, 3))
    twice = (*once, run(16, 2400), morning(17, 3))
    later = (*once, run(17, 2400), morning(18, 3))

    assert stand(once, on=12).phase == 3
    assert stand(twice, on=18).phase == 2
    assert outcomes(stand(twice, on=18))[-1] == ("step_back", ("unsettled_twice",))
    assert stand(later, on=19).phase == 3


def test_after_a_step_back_one_unsettled_morning_is_once_again():
    rows = in_phase_3(
        run(10, 2400), morning(11, 3), run(12, 2400), morning(13, 3), run(14, 2400), morning(15, 3)
    )

    assert (stand(rows, on=16).phase, stand(rows, on=16).status) == (2, "active")


def test_phase_one_has_nothing_below_it():
    state = stand(ENTRY, run(2, during=9), morning(3), on=4)

    assert (state.phase, state.status) == (1, "active")


def test_two_step_backs_within_fourteen_days_ask_for_a_clinician():
    rows = in_phase_3(run(10, 2400, during=6), morning(11), run(23, 2400, during=6), morning(24))
    apart = in_phase_3(run(10, 2400, during=6), morning(11), run(24, 2400, during=6), morning(25))

    state = stand(rows, on=25)
    assert (state.status, state.since, state.next_on) == ("see_clinician", at(23), None)
    assert stand(apart, on=26).status == "active"


def test_until_somebody_has_looked_nothing_counts_and_then_it_goes_on():
    rows = in_phase_3(run(10, 2400, during=6), morning(11), run(12, 2400, during=6), morning(13))

    before = stand(rows, session(14), session(16), on=18)
    assert (before.status, before.phase) == ("see_clinician", 1)
    assert outcomes(before)[-1] == ("repeat", ("booked",))
    after = stand(rows, assessed(14), session(14), session(16), on=18)
    assert (after.status, after.phase, after.good) == ("active", 2, 0)


# --- Stopping and pausing ------------------------------------------------------------------------
def test_a_red_flag_stops_the_plan_and_after_it_a_walk_begins_it_again():
    rows = in_phase_3(yes(11))

    stopped = stand(rows, session(12, 3), on=14)
    assert (stopped.status, stopped.since, stopped.phase, stopped.next_on) == (
        "red_flag",
        at(11),
        None,
        None,
    )
    seen = (*rows, assessed(15))
    assert stand(seen, on=15).status == "entering"
    assert stand(seen, on=15).entry.why == "none"
    back = (*seen, walk(15), morning(16), morning(17))
    assert (stand(back, on=17).status, stand(back, on=17).phase) == ("active", 1)


def test_a_walk_during_a_red_flag_does_not_enter():
    assert stand(yes(-1), ENTRY, on=2).status == "red_flag"
    assert stand(yes(-1), ENTRY, assessed(2), on=4).status == "entering"


def test_a_yes_assessed_the_same_day_stops_nothing():
    assert stand(in_phase_3(yes(11), assessed(11)), on=11).phase == 3


def test_a_standing_fact_once_assessed_stops_nothing_when_it_is_said_again():
    diabetes = [RedFlags(at(day), {"diabetes_circulation": True}) for day in (-9, 5)]

    assert stand(ENTRY, diabetes, assessed(-5), on=6).status == "active"
    assert stand(ENTRY, diabetes, on=6).status == "red_flag"


def test_a_hold_stops_the_plan_until_it_is_released():
    rows = in_phase_3(session(10, 3), session(12, 3))
    hold = Hold(at(11))

    held = stand(rows, on=14, holds=(hold,))
    assert (held.status, held.since, held.next_on) == ("held", at(11), None)
    assert (held.phase, held.good) == (3, 0)
    assert outcomes(held)[-1] == ("repeat", ("held",))
    released = stand(rows, session(14, 3), on=16, holds=(Hold(at(11), at(14)),))
    assert (released.status, released.phase, released.good) == ("active", 3, 1)


def test_a_red_flag_says_more_than_a_hold_and_a_hold_more_than_the_walk():
    assert stand(ENTRY, yes(3), on=3, holds=(Hold(at(1)),)).status == "red_flag"
    assert stand(on=3, holds=(Hold(at(1)),)).status == "held"


def test_fourteen_days_without_a_session_begin_at_phase_one():
    assert stand(in_phase_3(), on=8 + 13).phase == 3
    assert (stand(in_phase_3(), on=8 + 14).phase, stand(in_phase_3(), on=22).status) == (
        1,
        "active",
    )


def test_the_runner_may_end_it_any_day():
    state = stand(in_phase_3(), session(12, 3), on=20, ended_on=at(11))

    assert (state.status, state.since, len(state.sessions)) == ("ended", at(11), 4)
    assert stand(ENTRY, course(), on=60, ended_on=at(50)).status == "left"


# --- When the next session may be ----------------------------------------------------------------
def test_a_rest_day_lies_between_two_runs_whatever_they_were():
    assert stand(ENTRY, run(2), on=2).next_on == at(4)
    assert stand(ENTRY, run(1, 9000), on=2).next_on == at(3)
    assert stand(ENTRY, session(2), on=9).next_on == at(9)


def test_the_order_of_the_day_is_nothing():
    rows = [*ENTRY, run(2, 800, during=1), run(2, 800, during=2), morning(3), morning(3, 2)]

    assert stand(rows, on=4) == stand(rows[::-1], on=4)


def test_each_phase_has_the_figures_of_the_table():
    rows = [dataclasses.astuple(phase(number)) for number in range(1, 7)]

    assert rows == [
        (1, 3, 2, 3, 1600),
        (2, 3, 2, 3, 2400),
        (3, 4, 2, 4, 2400),
        (4, 4, 2, 4, 3200),
        (5, 5, 1, 4, 3200),
        (6, 5, 0, None, 3200),
    ]
