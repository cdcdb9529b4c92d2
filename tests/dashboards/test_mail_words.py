"""Sentences made from figures: at, just under and just over each limit, and what is not known."""

import pytest

from dashboards import mail_words


@pytest.mark.parametrize(
    ("done", "mean", "said"),
    [
        (None, 40_000, "Nothing was logged, so nobody can tell."),
        (10_000, None, "10.0 km. No earlier week is known to compare it with."),
        (52_000, 40_000, "As usual: 52.0 km, against 40.0 km on average."),
        (52_001, 40_000, "More than usual: 52.0 km, against 40.0 km on average."),
        (28_000, 40_000, "As usual: 28.0 km, against 40.0 km on average."),
        (27_999, 40_000, "Less than usual: 28.0 km, against 40.0 km on average."),
        (0, 0, "As usual: 0.0 km, against 0.0 km on average."),
        (1, 0, "More than usual: 0.0 km, against 0.0 km on average."),
    ],
)
def test_as_usual(done, mean, said):
    assert mail_words.as_usual(done, mean, unit="km") == said


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((None, 1, 1, 1), "Not known."),
        ((1, None, 1, 1), "The week before is not known."),
        ((16_094, 8_047, None, None), "5.0 mi more than the week before."),
        ((8_047, 16_094, 1_609, None), "5.0 mi less than the week before."),
        (
            (8_047, 8_050, 8_047, 3_219),
            "As far as the week before. Your longest run was 5.0 mi, 2.0 mi the week before.",
        ),
    ],
)
def test_changed_in_miles(figures, said):
    assert mail_words.changed(*figures, unit="mi") == said


@pytest.mark.parametrize(
    ("names", "said"),
    [(["A"], "A"), (["A", "B"], "A, B"), (["A", "B", "C", "D"], "A, B and 2 more"), ([], "")],
)
def test_listed(names, said):
    assert mail_words.listed(names, most=2) == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 members"), (1, "1 member"), (2, "2 members")])
def test_people(count, said):
    assert mail_words.people(count) == said
