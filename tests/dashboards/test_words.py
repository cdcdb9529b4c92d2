"""What a coach did, said to coaches and to the runner: every kind has its words."""

import datetime as dt

import pytest

from dashboards.charts import day_label
from dashboards.words import EPISODES, ONSETS, days_lost, decided, decided_to_runner
from injuries.models import CoachDecision, Onset
from injuries.surveillance import Episode

DAY = dt.date(2026, 3, 24)
KIND = CoachDecision.Kind


@pytest.mark.parametrize(
    ("fields", "to_coaches", "to_runner"),
    [
        ({"kind": KIND.ACCEPTED}, "agreed", "agreed"),
        (
            {"kind": KIND.CHANGED, "training": "cross_train", "due_on": DAY},
            "changed the answer to cross-train; look again on 24 Mar",
            "changed the answer to cross-train",
        ),
        (
            {"kind": KIND.CHANGED, "training": "carry_on"},
            "changed the answer to carry on",
            "changed the answer to carry on",
        ),
        ({"kind": KIND.DISMISSED}, "set it aside", "set it aside"),
        ({"kind": KIND.NOTED}, "made a note", "made a note"),
        ({"kind": KIND.NOTED, "spoke": True}, "spoke to them", "spoke to you"),
        (
            {"kind": KIND.ACCEPTED, "spoke": True},
            "agreed; spoke to them",
            "agreed; spoke to you",
        ),
        (
            {"kind": KIND.SNOOZED, "snoozed_until": DAY},
            "lets it wait until 24 Mar",
            "lets it wait until 24 Mar",
        ),
    ],
)
def test_what_was_decided_in_words(fields, to_coaches, to_runner):
    decision = CoachDecision(**fields)
    assert decided(decision, day=day_label) == to_coaches
    assert decided_to_runner(decision, day=day_label) == to_runner


@pytest.mark.parametrize("kind", KIND.values)
def test_no_kind_is_without_words(kind):
    decision = CoachDecision(kind=kind, snoozed_until=DAY if kind == KIND.SNOOZED else None)
    assert decided(decision, day=day_label)
    assert decided_to_runner(decision, day=day_label)


def test_every_onset_and_every_episode_has_its_words():
    assert set(ONSETS) == {"", *Onset.values}
    assert set(EPISODES) == set(Episode)


@pytest.mark.parametrize(
    ("lost", "unknown", "said"),
    [(0, 0, "0"), (9, 0, "9"), (9, 5, "at least 9"), (0, 5, "unknown")],
)
def test_days_lost_are_said_as_far_as_they_are_known(lost, unknown, said):
    assert days_lost(lost, unknown) == said
