"""The sheet for a visit holds what was ticked and nothing else."""

import datetime as dt

import pytest

from dashboards.selectors.sheet import course_days, parts_for, physio_sheet, week_rows
from dashboards.sheet_parts import PARTS
from injuries.models import PainReport, RedFlagAnswers, WeeklyCheck
from tests.factories import (
    ActivityFactory,
    DayStatusFactory,
    HeelProblemFactory,
    MorningFactory,
    ReturnPlanFactory,
    RoutineTickFactory,
    ShoeFactory,
)

ON = dt.date(2026, 3, 18)


def day(number):
    return dt.date(2026, 3, number)


@pytest.fixture
def sore(runner):
    """Something of every part, within the last weeks."""
    problem = HeelProblemFactory(
        runner=runner, onset="repetitive_gradual", lately=["hills"], clinician_said="a heel thing"
    )
    shoe = ShoeFactory(owner=runner, name="Blue", brand="Somebody", start_m=400_000)
    for number, metres in ((3, 8_000), (10, 10_000), (12, None)):
        run = ActivityFactory(
            runner=runner,
            started_at=dt.datetime(2026, 3, number, 18, tzinfo=dt.UTC),
            distance_m=metres,
            shoe=shoe,
        )
    PainReport.objects.create(
        runner=runner, on=run.on, activity=run, during=4, after=2, painkiller=True
    )
    for number, pain in ((10, 2), (11, 5), (13, 3)):
        MorningFactory(runner=runner, on=day(number), first_step=pain)
    WeeklyCheck.objects.create(
        runner=runner, problem=problem, week=day(9), answered_on=day(15), participation=25
    )
    answers = {"night_pain": True, "medicines": True, "wound": False, "rest_pain": None}
    RedFlagAnswers.objects.create(runner=runner, problem=problem, on=day(12), answers=answers)
    RedFlagAnswers.objects.create(
        runner=runner,
        problem=problem,
        on=day(14),
        answers={"night_pain": False},
        assessed_on=day(14),
    )
    RoutineTickFactory(runner=runner, on=day(16), routine="calf_stretch")
    RoutineTickFactory(runner=runner, on=day(17), routine="calf_stretch")
    DayStatusFactory(runner=runner, on=day(8), status="ill")
    DayStatusFactory(runner=runner, on=day(7), status="rest")
    ReturnPlanFactory(problem=problem, started_on=day(14))
    return problem


def sheet_of(runner, *parts, weeks=4):
    return physio_sheet(runner, parts=parts, weeks=weeks, on=ON)


def test_everything_ticked(runner, sore):
    sheet = sheet_of(runner, *PARTS)
    assert (sheet["name"], sheet["first"], sheet["made_on"]) == (
        "Robin Runner",
        "2026-02-23",
        "2026-03-18",
    )
    assert sheet["problems"] == [
        {
            "what": "left heel, under the heel, inner front",
            "facts": [
                ("Since", "Sun 1 Mar 2026"),
                ("It began", "slowly, over days or weeks"),
                ("Different lately", "More hills"),
                ("A clinician called it", "a heel thing"),
            ],
        }
    ]
    assert sheet["course"]["weeks"] == [("Mon 9 Mar 2026", "3 (worst 5, 3 said)", "4", "2")]
    assert [(one.on, one.first_step, one.during, one.distance_m) for one in course_days(sheet)] == [
        (day(3), None, None, 8_000),
        (day(10), 2, None, 10_000),
        (day(11), 5, None, None),
        (day(12), None, 4, None),
        (day(13), 3, None, None),
    ]
    assert sheet["runs"] == [
        ("Mon 23 Feb 2026", "no run logged", "", ""),
        ("Mon 2 Mar 2026", "8.0 km", "1", "8.0 km"),
        ("Mon 9 Mar 2026", "10.0 km", "2", "10.0 km"),
        ("Mon 16 Mar 2026", "no run logged", "", ""),
    ]
    assert week_rows(sheet)[1:3] == [
        ("Mon 2 Mar 2026", ["8.0 km", "1", "8.0 km"], ("–", "–", "–")),
        ("Mon 9 Mar 2026", ["10.0 km", "2", "10.0 km"], ["3 (worst 5, 3 said)", "4", "2"]),
    ]
    assert [row.week for row in week_rows(sheet_of(runner, "course"))] == ["Mon 9 Mar 2026"]
    assert sheet["checks"] == [
        ("Mon 9 Mar 2026", "left heel, under the heel, inner front", "100 of 100")
    ]
    assert sheet["shoes"] == [("Blue: Somebody", "418.0 km, 3 runs in this time")]
    assert sheet["tried"] == [
        "Calf stretch: on 2 days",
        "Ill: 1 day",
        "Rest: 1 day",
        "Walk and run plan from Sat 14 Mar 2026",
    ]
    assert sheet["safety"] == {
        "answers": [
            ("Is there an open wound?", "no", "Thu 12 Mar 2026"),
            ("Does it hurt at night?", "no", "Sat 14 Mar 2026"),
        ],
        "looked_at": ["Sat 14 Mar 2026"],
    }
    assert sheet["medicines"] == [
        (
            "Do you take steroids, or have you lately taken fluoroquinolone antibiotics?",
            "yes",
            "Thu 12 Mar 2026",
        ),
        ("Painkiller around a run", "yes", "Thu 12 Mar 2026"),
    ]


# What each tick puts on the sheet, beside the days it is about.
ALONE = {
    "name": {"name"},
    "course": {"problems", "course"},
    "runs": {"runs"},
    "checks": {"checks"},
    "shoes": {"shoes"},
    "tried": {"tried"},
    "safety": {"safety"},
    "medicines": {"medicines"},
    "clinician": {"problems"},
}


@pytest.mark.parametrize("part", PARTS)
def test_one_tick_brings_that_and_nothing_else(part, runner, sore):
    sheet = sheet_of(runner, part)
    always = {"parts", "with_consent", "made_on", "first"}
    assert {key for key, value in sheet.items() if value} - always == ALONE[part]
    assert ("a heel thing" in str(sheet)) == (part == "clinician")
    assert ("steroids" in str(sheet)) == (part == "medicines")


def test_without_the_consent_nothing_of_the_heel_is_there(runner, sore):
    runner.health_consent_at = None
    assert parts_for(runner) == ("name", "runs", "shoes", "tried")
    sheet = sheet_of(runner, *PARTS)
    assert sheet["parts"] == ["name", "runs", "shoes", "tried"]
    assert sheet["tried"] == ["Calf stretch: on 2 days", "Rest: 1 day"]
    for hidden in ("heel", "4", "pain"):
        assert hidden not in str({**sheet, "runs": "", "shoes": "", "first": "", "made_on": ""})


def test_what_is_older_than_the_weeks_is_not_there(runner, sore):
    HeelProblemFactory(
        runner=runner,
        side="right",
        since=day(1),
        closed_on=dt.date(2026, 2, 1) + dt.timedelta(days=30),
    )
    old = HeelProblemFactory(
        runner=runner, side="both", since=dt.date(2025, 1, 1), closed_on=dt.date(2025, 2, 1)
    )
    MorningFactory(runner=runner, on=dt.date(2026, 2, 22), first_step=9)
    sheet = sheet_of(runner, "course")
    assert str(old).capitalize() not in [one["what"] for one in sheet["problems"]]
    assert len(sheet["problems"]) == 2
    assert "9 of" not in str(sheet["course"]["weeks"])
    assert sheet["course"]["days"][0][0] == "2026-03-03"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(rows, runner, django_assert_num_queries):
    for back in range(rows):
        problem = HeelProblemFactory(runner=runner, closed_on=ON)
        ReturnPlanFactory(problem=problem, ended_on=ON)
        ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner))
        MorningFactory(runner=runner, on=ON - dt.timedelta(days=back))
        RedFlagAnswers.objects.create(runner=runner, problem=problem, on=ON)
        WeeklyCheck.objects.create(
            runner=runner, problem=problem, week=day(9), answered_on=ON, participation=8
        )
    with django_assert_num_queries(21):
        sheet = sheet_of(runner, *PARTS)
        assert len(sheet["shoes"]) == rows
