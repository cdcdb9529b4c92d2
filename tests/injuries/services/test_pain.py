"""What was said about a run's pain stays with the sore spot it was said for."""

import pytest

from injuries.models import PainReport
from injuries.services.pain import report_run_pain
from tests.factories import ActivityFactory, HeelProblemFactory

SAID = {"after": None, "gait_changed": False, "painkiller": None}


@pytest.fixture
def session(runner, now):
    """A session of a plan: a run with what was said about one sore spot."""
    problem = HeelProblemFactory(runner=runner)
    activity = ActivityFactory(runner=runner)
    report_run_pain(activity, during=1, now=now, problem=problem, **SAID)
    return activity, problem


def test_mended_without_naming_the_spot_it_stays_that_spots(session, now):
    activity, problem = session
    report_run_pain(activity, during=0, now=now, **SAID)
    report = PainReport.objects.get()
    assert (report.during, report.problem) == (0, problem)


def test_another_spot_named_is_taken(session, runner, now):
    activity, _ = session
    other = HeelProblemFactory(runner=runner, side="right")
    report_run_pain(activity, during=0, now=now, problem=other, **SAID)
    assert PainReport.objects.get().problem == other
