"""Whatever a runner is told about has words for the coach as well."""

from injuries.risk.sentences import COACH, RUNNER


def test_runner_and_coach_have_a_sentence_for_the_same_rules_and_levels():
    assert RUNNER.keys() == COACH.keys()
