import pytest

from members.activity_files.kinds import Kind, kind_from_words


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("running", Kind.RUN),
        ("Running", Kind.RUN),
        ("trail_run", Kind.RUN),
        ("trail_running", Kind.RUN),
        ("treadmill_running", Kind.RUN),
        ("VirtualRun", Kind.RUN),
        ("Laufbandtraining", Kind.RUN),
        ("9", Kind.RUN),
        ("1", Kind.RIDE),
        ("cycling", Kind.RIDE),
        ("Biking", Kind.RIDE),
        ("Indoor Cycling", Kind.RIDE),
        ("EBikeRide", Kind.RIDE),
        ("mountain_biking", Kind.RIDE),
        ("Radfahren", Kind.RIDE),
        ("open_water_swimming", Kind.SWIM),
        ("16", Kind.SWIM),
        ("strength_training", Kind.STRENGTH),
        ("WeightTraining", Kind.STRENGTH),
        ("Yoga", Kind.MOBILITY),
        ("foam rolling", Kind.MOBILITY),
        ("hiking", Kind.WALK),
        ("10", Kind.WALK),
        ("rowing", Kind.OTHER),
        ("23", Kind.OTHER),
        ("jkljkl", Kind.OTHER),
        ("", None),
        ("...", None),
        ("  ", None),
    ],
)
def test_words_of_many_programs_are_understood(words, kind):
    assert kind_from_words(words) == kind
