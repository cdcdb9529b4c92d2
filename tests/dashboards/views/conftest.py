"""What the tests of pages share: a fixed day, a page's words, and a runner with a week behind."""

import datetime as dt
import re

import pytest

from tests.factories import ActivityFactory, AssessmentFactory, FlagFactory, MorningFactory


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


def words_of(response):
    """Return the page's text without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def ran(runner):
    """A run, an assessment that says ease, and a sore heel."""
    ActivityFactory(runner=runner)
    assessment = AssessmentFactory(
        runner=runner, training="ease", ceiling_m=14_300, ceiling_until=dt.date(2026, 3, 27)
    )
    FlagFactory(assessment=assessment, for_coach=True)
    FlagFactory(
        assessment=assessment,
        rule="P1",
        level="over_limit",
        action="ease",
        values={"during": 4, "run_on": "2026-03-17", "limit": 2},
        text="Your heel hurt 4 of 10 during the run on Tuesday.",
    )
    MorningFactory(runner=runner, first_step=7)
    return assessment
