"""The club's sore heels: only of runners who share everything, in the field's terms."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest

from injuries.models import HeelProblem, WeeklyCheck
from injuries.selectors.injury_csv import COLUMNS, injury_csv
from injuries.selectors.injury_list import injury_list, runner_code
from injuries.surveillance import TimeLoss
from members.models import Role, Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    ClubFactory,
    DayStatusFactory,
    HeelProblemFactory,
    MembershipFactory,
    SquadFactory,
)

ON = dt.date(2026, 3, 18)
DAY = dt.timedelta(days=1)


def member(club, **fields):
    return MembershipFactory(club=club, **{"sharing": Sharing.EVERYTHING} | fields)


def only(coach, **wanted):
    (found,) = injury_list(coach, on=ON, **wanted).injuries
    return found


def check(runner, week, *answers, problem=None):
    names = ("participation", "volume", "performance", "pain")
    return WeeklyCheck.objects.create(
        runner=runner, week=week, answered_on=week + 6 * DAY, problem=problem,
        **dict(zip(names, answers, strict=False)),
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"sharing": Sharing.STATUS},
        {"sharing": Sharing.NOTHING},
        {"user__health_consent_at": None},
        {"left_at": dt.datetime(2026, 3, 17, tzinfo=dt.UTC)},
    ],
)
def test_only_who_shares_everything_is_listed(fields, coach_membership, club):
    shown, hidden = member(club), member(club, **fields)
    elsewhere = member(ClubFactory())
    for one in (shown, hidden, elsewhere):
        HeelProblemFactory(runner=one.user)
    found = injury_list(coach_membership, on=ON)
    assert [one.runner for one in found.injuries] == [shown]
    assert (found.runners, found.open_runners) == (1 if "left_at" in fields else 2, 1)


def test_an_assistant_reads_their_squads_and_an_admin_nothing(club, admin_membership):
    mine, other = SquadFactory(club=club), SquadFactory(club=club)
    assistant = member(club, role=Role.ASSISTANT)
    mine.coaches.add(assistant)
    for squad in (mine, other):
        HeelProblemFactory(runner=member(club, squad=squad).user)
    assert [one.runner.squad for one in injury_list(assistant, on=ON).injuries] == [mine]
    assert injury_list(assistant, on=ON, squad_id=other.pk).injuries == ()
    assert injury_list(admin_membership, on=ON).injuries == ()


def test_the_period_is_of_days_it_was_open(coach_membership, club):
    runner = member(club).user
    for side, closed in (("left", 28), ("right", 27)):
        HeelProblemFactory(
            runner=runner, side=side, since=dt.date(2026, 2, 1), closed_on=dt.date(2026, 2, closed)
        )
    HeelProblemFactory(runner=runner, side="both", since=ON + DAY)  # not in the list of that day
    found = only(coach_membership, since=dt.date(2026, 2, 28))
    assert found.problem.side == "left"
    assert len(injury_list(coach_membership, on=ON).injuries) == 2


def test_days_and_weeks_of_one_problem(coach_membership, club):
    runner = member(club).user
    problem = HeelProblemFactory(runner=runner, since=dt.date(2026, 3, 3))  # a Tuesday
    check(runner, dt.date(2026, 2, 23), 25)  # before it began
    check(runner, dt.date(2026, 3, 2), 25, problem=problem)
    other = HeelProblemFactory(runner=runner, side="right", closed_on=dt.date(2026, 3, 2))
    check(runner, dt.date(2026, 3, 9), 17, 17, 0, 8, problem=problem)
    check(runner, dt.date(2026, 3, 9), 25, problem=other)
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 9), status="injured")
    ActivityFactory(runner=runner, started_at=dt.datetime(2026, 3, 14, 9, tzinfo=dt.UTC))
    AssessmentFactory(runner=runner, training="rest")  # of the week of 16 March
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 16))
    (found,) = [
        one for one in injury_list(coach_membership, on=ON).injuries if one.problem == problem
    ]
    # Wed 4 to Sun 8: could not; Mon 9 said; Mon 16 a rest day by the answer. Of Tue 10 to Fri 13,
    # Sun 15 and Tue 17 nothing is known; on Sat 14 they ran.
    assert found.loss == TimeLoss(lost=7, unknown=6)
    assert (found.checks.weeks, found.checks.answered) == (3, 2)
    assert (found.checks.ran_less, found.checks.could_not) == (1, 1)
    assert (found.checks.peak, found.checks.substantial) == (100, True)
    assert found.region == "foot"


@pytest.mark.parametrize(
    ("answers", "peak", "substantial"),
    [
        ([], None, None),
        ([(0,)], 0, False),
        ([(8,)], None, None),
        ([(8, 0, 0, 8), (8,)], 16, None),
        ([(8, 0, 8, 8), (0,)], 24, False),
        ([(8, 17), (8, 0, 0, 0)], 8, True),
    ],
)
def test_the_worst_check_and_what_no_check_says(answers, peak, substantial, coach_membership, club):
    runner = member(club).user
    HeelProblemFactory(runner=runner)
    for number, said in enumerate(answers):
        check(runner, dt.date(2026, 3, 2) + number * 7 * DAY, *said)
    found = only(coach_membership)
    assert (found.checks.peak, found.checks.substantial) == (peak, substantial)


@pytest.mark.parametrize(
    ("closed", "since", "episode"),
    [
        (dt.date(2026, 2, 1), dt.date(2026, 3, 1), "early_recurrence"),
        (dt.date(2025, 12, 1), dt.date(2026, 3, 1), "late_recurrence"),
        (dt.date(2025, 2, 1), dt.date(2026, 3, 1), "delayed_recurrence"),
        (dt.date(2026, 3, 1), dt.date(2026, 3, 1), "exacerbation"),
    ],
)
def test_what_comes_back(closed, since, episode, coach_membership, club):
    runner = member(club).user
    earlier = HeelProblemFactory(runner=runner, since=dt.date(2025, 1, 1), closed_on=closed)
    HeelProblemFactory(runner=runner, since=since, follows=earlier)
    again, first = injury_list(coach_membership, on=ON).injuries
    assert (again.episode, first.episode) == (episode, "index")


def test_a_code_is_of_one_runner_in_one_club(club):
    here = member(club)
    there = member(ClubFactory(), user=here.user)
    codes = {runner_code(one) for one in (here, there, member(club))}
    assert len(codes) == 3
    assert runner_code(here) in codes
    assert all(re.fullmatch(r"r[0-9a-f]{10}", code) for code in codes)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    rows, coach_membership, club, django_assert_num_queries
):
    for _ in range(rows):
        runner = member(club, squad=SquadFactory(club=club)).user
        earlier = HeelProblemFactory(runner=runner, closed_on=dt.date(2026, 3, 2))
        problem = HeelProblemFactory(runner=runner, since=dt.date(2026, 3, 4), follows=earlier)
        check(runner, dt.date(2026, 3, 9), 8, problem=problem)
        ActivityFactory(runner=runner)
    with django_assert_num_queries(6):
        found = injury_list(coach_membership, on=ON)
        assert injury_csv(found, on=ON).count("\r\n") == 1 + 2 * rows


# --- As a file ---
def rows_of(coach):
    return list(csv.DictReader(io.StringIO(injury_csv(injury_list(coach, on=ON), on=ON))))


def test_the_file_holds_one_row_a_problem(coach_membership, club):
    one = member(club, user__name="Dana Doe")
    earlier = HeelProblemFactory(
        runner=one.user,
        since=dt.date(2026, 1, 5),
        closed_on=dt.date(2026, 1, 7),
        closed_by="checks",
    )
    problem = HeelProblemFactory(
        runner=one.user, since=dt.date(2026, 3, 9), follows=earlier, onset="repetitive_gradual",
        spot="above_heel",
    )  # fmt: skip
    check(one.user, dt.date(2026, 3, 9), 8, 0, 8, 17, problem=problem)
    DayStatusFactory(runner=one.user, on=dt.date(2026, 1, 6), status="injured")
    again, first = rows_of(coach_membership)
    assert again == {
        "as_of": "2026-03-18",
        "runner": runner_code(one),
        "problem": again["problem"],
        "body_region": "lower leg",
        "spot": "above_heel",
        "side": "left",
        "mode_of_onset": "repetitive_gradual",
        "date_of_onset": "2026-03-09",
        "date_closed": "",
        "closed_by": "",
        "episode": "late_recurrence",
        "earlier_problem": first["problem"],
        "days_since_earlier": "61",
        "days_lost": "",
        "days_lost_at_least": "0",
        "days_unknown": "2",
        "severity": "",
        "weeks": "2",
        "weeks_answered": "1",
        "weeks_ran_less": "0",
        "weeks_could_not_run": "0",
        "peak_check_score": "33",
        "substantial": "no",
    }
    assert (first["date_closed"], first["closed_by"]) == ("2026-01-07", "two_checks")
    assert (first["days_lost"], first["severity"], first["substantial"]) == ("1", "1_to_7", "")
    assert first["runner"] == again["runner"]
    assert first["problem"] != again["problem"]


def test_nothing_anybody_typed_gets_into_the_file(coach_membership, club):
    one = member(
        club,
        user__name="=HYPERLINK(1)",
        squad=SquadFactory(club=club, name="@SUM(1)"),
    )
    HeelProblemFactory(
        runner=one.user, clinician_said="+torn, they said", lately=["hills"], achilles_named=True
    )
    (row,) = rows_of(coach_membership)
    assert all(re.fullmatch(r"[a-z0-9_ -]*", cell) and cell[:1] != "-" for cell in row.values())
    for told in (one.user.name, one.user.email, "torn", "hills", "SUM", "heath"):
        assert told not in injury_csv(injury_list(coach_membership, on=ON), on=ON)


def test_what_a_clinician_said_is_not_even_read(coach_membership, club):
    HeelProblemFactory(runner=member(club).user, clinician_said="plantar fasciitis")
    assert "clinician_said" in only(coach_membership).problem.get_deferred_fields()
    assert HeelProblem.objects.get().clinician_said == "plantar fasciitis"


def test_the_columns_are_those_of_the_document():
    text = Path(__file__).parents[3].joinpath("docs/injury-list.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.M) == ["as_of", *COLUMNS]
