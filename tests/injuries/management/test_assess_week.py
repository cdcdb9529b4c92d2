"""manage.py assess_week."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from injuries.models import AssessmentDue, WeeklyAssessment
from tests.factories import ActivityFactory, ClubFactory, MembershipFactory

pytestmark = pytest.mark.django_db
JOINED = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def runners(club):
    """Two runners of the club and one of another, here for two whole weeks."""
    clubs = [club, club, ClubFactory(slug="other")]
    return [MembershipFactory(club=one, user__date_joined=JOINED).user for one in clubs]


def said(capsys, *arguments):
    call_command("assess_week", "--json", *arguments)
    return json.loads(capsys.readouterr().out)["weeks"]


def test_every_ended_week_is_judged_once(capsys, runners):
    assert said(capsys) == [
        {"week": "2026-W10", "assessed": 3},
        {"week": "2026-W11", "assessed": 3},
    ]
    assert WeeklyAssessment.objects.filter(settled_at__isnull=False).count() == 6
    assert said(capsys) == []


def test_one_club_and_one_week(capsys, runners):
    assert said(capsys, "--club", "heath", "--week", "2026-W10") == [
        {"week": "2026-W10", "assessed": 2}
    ]
    rows = WeeklyAssessment.objects.values_list("runner", "week", "on")
    assert sorted(rows) == [
        (runner.pk, dt.date(2026, 3, 2), dt.date(2026, 3, 8)) for runner in runners[:2]
    ]


def test_changes_nobody_has_assessed_are_assessed_as_well(capsys, runners, now):
    said(capsys)
    first = runners[0]
    ActivityFactory(runner=first, started_at=dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC))
    AssessmentDue.objects.create(
        runner=first, from_day=dt.date(2026, 3, 12), changed_at=now - dt.timedelta(minutes=5)
    )

    assert said(capsys) == []

    assert not AssessmentDue.objects.exists()
    weeks = WeeklyAssessment.objects.filter(runner=first).values_list("week", flat=True)
    assert max(weeks) == dt.date(2026, 3, 16)


def test_people_read_one_line_a_week(capsys, runners):
    call_command("assess_week")
    assert capsys.readouterr().out == "2026-W10: 3 assessed.\n2026-W11: 3 assessed.\n"
    call_command("assess_week")
    assert capsys.readouterr().out == "Nothing was due.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--club", "none"], "There is no club none."),
        (["--week", "2026-W12"], "2026-W12 is not over yet."),
        (["--week", "2026-W60"], "'2026-W60' is not a week of that year."),
        (["--week", "W10"], "'W10' is not a week; write it like 2026-W10."),
        (["--week", "0001-W01"], "'0001-W01' is not a week; write it like 2026-W10."),
        (["--week", "9999-W52"], "'9999-W52' is not a week; write it like 2026-W10."),
    ],
)
def test_a_wrong_call_ends_with_two_and_one_line(arguments, sentence, runners):
    with pytest.raises(CommandError) as refused:
        call_command("assess_week", *arguments)
    assert (str(refused.value), refused.value.returncode) == (sentence, 2)
    assert not WeeklyAssessment.objects.exists()
