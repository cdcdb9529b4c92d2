"""No diary can advance with pain, skip a phase, or leave a plan without an end."""

import datetime as dt
import itertools
from dataclasses import replace as changed

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from injuries.care import Hold, Plan, replay
from injuries.care.phases import PHASES, phase
from injuries.care.types import STATUSES
from injuries.risk import Activity, History, Pain, RedFlags
from tests.injuries.care.diaries import DAY_0, ENTRY, at, history, morning, run, session, walk

LAST = 40
many = settings(max_examples=50, deadline=None)
distances = st.sampled_from([1600, 2400, 3200, 1600, 2400, 3200, None, 900, 9000])
mostly_good = st.sampled_from([0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 5, 6, 10, None])
gaits = st.sampled_from([False, False, False, False, True, None])


@st.composite
def diaries(draw, *, red_flags: bool = True):
    """A diary that begins well, so that most of them come some way."""
    rows = list(ENTRY) if draw(st.booleans()) else []
    for day in range(2, LAST):
        if draw(st.integers(0, 9)) < 5:
            rows.append(
                run(
                    day,
                    draw(distances),
                    draw(mostly_good),
                    draw(gaits),
                    painkiller=draw(st.sampled_from([None, False, True, None])),
                )
            )
        if draw(st.integers(0, 9)) < 8:
            rows.append(morning(day, draw(mostly_good)))
        if draw(st.integers(0, 19)) == 0:
            rows.append(walk(day, during=draw(mostly_good), gait=draw(gaits)))
        if red_flags and draw(st.integers(0, 29)) == 0:
            rows.append(RedFlags(at(day), {"night_pain": True}))
        if red_flags and draw(st.integers(0, 9)) == 0:
            rows.append(RedFlags(at(day), {}, at(day)))
    return rows


@st.composite
def good_courses(draw):
    """A diary of mostly good sessions of the right length, so that high phases are reached."""
    rows: list[Activity | Pain] = list(ENTRY)
    day, number, good = 2, 1, 0
    for _ in range(draw(st.integers(1, 16))):
        during, after = draw(mostly_good), draw(mostly_good)
        rows += [run(day, phase(number).distance_m, during, draw(gaits)), morning(day + 1, after)]
        good = good + 1 if during in (0, 1, 2) and after in (0, 1, 2) else 0
        if good == phase(number).times:
            number, good = min(number + 1, 6), 0
        day += draw(st.sampled_from([2, 2, 2, 1, 3]))
    return rows


plans = st.builds(
    Plan,
    started_on=st.just(DAY_0),
    achilles_named=st.booleans(),
    holds=st.lists(
        st.builds(
            lambda first, days: Hold(at(first), None if days is None else at(first + days)),
            st.integers(0, LAST),
            st.none() | st.integers(0, 9),
        ),
        max_size=1,
    ).map(tuple),
)
any_diary = diaries() | good_courses()


def day_by_day(plan, rows, adult=True):
    """Return where the plan stood at the end of each day, knowing what was known by then."""
    return [replay(plan, history(rows, on=day, adult=adult)) for day in range(LAST + 12)]


@many
@given(plans, any_diary, st.booleans())
def test_nothing_crashes_it_and_every_state_is_one_of_the_list(plan, rows, adult):
    state = replay(plan, history(rows, on=LAST + 12, adult=adult))

    assert state.status in STATUSES
    assert state.phase in (None, 1, 2, 3, 4, 5, 6)
    assert 0 <= state.good < state.needed or state.status == "left"
    assert (state.next_on is not None) == (state.status == "active")


@many
@given(plans, any_diary)
def test_no_phase_is_skipped(plan, rows):
    phases = [one.phase or 0 for one in day_by_day(plan, rows)]

    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(phases))


@many
@given(plans, any_diary, st.booleans())
def test_only_two_good_sessions_in_a_row_of_the_phase_advance(plan, rows, adult):
    """Whatever was logged: each session of a phase follows enough good ones of the one below."""
    state = replay(plan, history(rows, on=LAST + 12, adult=adult))
    runs = {}
    for row in rows:
        if isinstance(row, Activity) and row.kind == "run":
            runs.setdefault(row.on, []).append(row)

    for index, one in enumerate(state.sessions):
        before = state.sessions[:index]
        if before and one.phase > before[-1].phase:
            times = phase(before[-1].phase).times
            assert [b.outcome for b in before[-times:]] == ["good"] * times
            assert {b.phase for b in before[-times:]} == {one.phase - 1}
        if one.outcome == "good":
            assert all(r.pain_during is not None for r in runs[one.on])
            assert max(r.pain_during for r in runs[one.on]) <= state.pain_limit
            assert all(r.gait_changed is False and not r.painkiller for r in runs[one.on])
            after = one.on + dt.timedelta(1)
            pains = [row for row in rows if isinstance(row, Pain) and row.on == after]
            mornings = [row.first_step for row in pains if row.first_step is not None]
            assert mornings
            if sum(1 for b in rows if isinstance(b, Activity) and b.kind == "walk") == 1:
                assert max(mornings) <= state.settled_limit
            assert not any(hold.covers(one.on) for hold in plan.holds)
            assert one.on - dt.timedelta(1) not in runs


@many
@given(plans, any_diary, st.randoms())
def test_the_order_of_the_input_is_nothing(plan, rows, random):
    mixed = random.sample(rows, len(rows))

    assert replay(plan, history(mixed, on=LAST)) == replay(plan, history(rows, on=LAST))


def progress(state):
    """Return how far somebody is, as something that can be compared."""
    return (state.status == "left", state.phase or 0, state.good)


def without(row, field):
    """Return the row with one answer taken out."""
    return row._replace(**{field: None})


@many
@given(plans, good_courses() | diaries(red_flags=False), st.data())
def test_taking_out_an_answer_of_a_session_that_counted_never_brings_anybody_further(
    plan, rows, data
):
    whole = replay(plan, history(rows, on=LAST + 12))
    good = [one.on for one in whole.sessions if one.outcome == "good"]
    assume(good)
    day = data.draw(st.sampled_from(good))
    field = data.draw(st.sampled_from(["pain_during", "gait_changed", "distance_m", "first_step"]))
    on = day + dt.timedelta(1) if field == "first_step" else day
    less = [
        without(row, field) if row.on == on and field in row._fields and _is_of(row) else row
        for row in rows
    ]

    assert progress(replay(plan, history(less, on=LAST + 12))) <= progress(whole)


def _is_of(row):
    return isinstance(row, Pain) or row.kind == "run"


@many
@given(plans, good_courses() | diaries(red_flags=False), st.data())
def test_a_session_with_an_answer_taken_out_never_counts(plan, rows, data):
    whole = replay(plan, history(rows, on=LAST + 12))
    assume(whole.sessions)
    day = data.draw(st.sampled_from([one.on for one in whole.sessions]))
    field = data.draw(st.sampled_from(["pain_during", "gait_changed", "first_step"]))
    on = day + dt.timedelta(1) if field == "first_step" else day
    less = [
        without(row, field) if row.on == on and field in row._fields and _is_of(row) else row
        for row in rows
    ]

    found = {one.on: one.outcome for one in replay(plan, history(less, on=LAST + 12)).sessions}
    assert found.get(day) != "good"


@many
@given(any_diary, st.booleans())
def test_from_anywhere_good_sessions_lead_to_the_end(rows, achilles):
    """Assessed, walked and then well: at most 13 sessions on, the plan is left."""
    plan = Plan(DAY_0, achilles_named=achilles)
    day = LAST + 5
    rows = [row for row in rows if row.on <= at(LAST)]
    rows += [RedFlags(at(day), {}, at(day)), walk(day), morning(day + 1), morning(day + 2)]
    day += 2
    for _ in range(sum(one.times for one in PHASES)):
        state = replay(plan, history(rows, on=day))
        if state.status == "left":
            break
        assert state.status == "active"
        rows += session(day, state.phase)
        day += 2

    assert replay(plan, history(rows, on=day)).status == "left"


@many
@given(any_diary, st.integers(0, LAST))
def test_worse_pain_in_the_newest_session_is_never_milder(rows, day):
    told = [row for row in rows if row.on <= at(day)]
    assume(any(isinstance(row, Activity) and row.kind == "run" and row.on == at(day)
               and row.pain_during is not None for row in told))  # fmt: skip
    worse = [
        row._replace(pain_during=min(10, row.pain_during + 1))
        if isinstance(row, Activity) and row.on == at(day) and row.pain_during is not None
        else row
        for row in told
    ]
    plan = Plan(DAY_0)

    now, then = (
        progress(replay(plan, history(some, morning(day + 1), on=day + 1)))
        for some in (told, worse)
    )
    assert then <= now


def test_a_history_without_anything_waits_for_the_walk():
    state = replay(Plan(DAY_0), History(on=DAY_0, adult=True))

    assert (state.status, state.entry.why) == ("entering", "none")
    assert changed(state, status="entering") == state
