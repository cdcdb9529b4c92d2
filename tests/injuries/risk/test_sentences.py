"""Whatever a runner is told about has words for the coach as well; days have their names."""

import pytest

from injuries.risk.sentences import COACH, RUNNER, weekday
from tests.injuries.risk.histories import ON, ago


def test_runner_and_coach_have_a_sentence_for_the_same_rules_and_levels():
    assert RUNNER.keys() == COACH.keys()


@pytest.mark.parametrize(
    ("days_ago", "said"),
    [(-1, "Monday 16 March"), (0, "Sunday"), (6, "Monday"), (7, "Sunday 8 March")],
)
def test_a_day_of_the_last_seven_needs_no_date(days_ago, said):
    assert weekday(ago(days_ago).isoformat(), ON) == said
