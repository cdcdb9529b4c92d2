"""One table: kind of mail -> how often somebody may have it, what who says nothing gets, and why.

Whatever is not here cannot be wished.
"""

from typing import NamedTuple

from dashboards.models import Frequency, MailKind

OFF, AT_ONCE, DAILY, WEEKLY = Frequency.OFF, Frequency.AT_ONCE, Frequency.DAILY, Frequency.WEEKLY


class KindRow(NamedTuple):
    """What one may wish about a kind of mail."""

    label: str
    sentence: str
    frequencies: tuple[Frequency, ...]
    default: Frequency
    is_for_coaches: bool = False


KINDS: dict[MailKind, KindRow] = {
    MailKind.RUNNER: KindRow(
        "My week", "What the week was, and what to do now. On your club's day and hour.",
        (OFF, WEEKLY), WEEKLY,
    ),
    MailKind.COACH: KindRow(
        "Who needs me", "Who may need you, and who has gone quiet. On your club's day and hour.",
        (OFF, WEEKLY), WEEKLY, is_for_coaches=True,
    ),
    MailKind.URGENT: KindRow(
        "Somebody may need me today",
        "A link to the board, and nothing else, when a runner who shares everything with you was "
        "asked to get seen today. Once a week means: with the weekly mail, no mail of its own.",
        (OFF, AT_ONCE, DAILY, WEEKLY), AT_ONCE, is_for_coaches=True,
    ),
    MailKind.MORNING: KindRow(
        "The morning after a run",
        "While you have an open sore spot: one question at your hour, answered in one tap.",
        (OFF, DAILY), OFF,
    ),
    MailKind.REMINDER: KindRow(
        "A week without an entry", "One reminder at your hour, on the Tuesday after.",
        (OFF, WEEKLY), WEEKLY,
    ),
    MailKind.IMPORT: KindRow(
        "An import has ended", "Only where it took so long that you will have left the page.",
        (OFF, AT_ONCE, DAILY), AT_ONCE,
    ),
    MailKind.EXPORT: KindRow(
        "A download of my data is ready", "Only where it took so long. The link needs your login.",
        (OFF, AT_ONCE, DAILY), AT_ONCE,
    ),
}  # fmt: skip


def default_of(kind: str) -> Frequency:
    """Return what somebody gets who said nothing; what cannot be wished comes at once."""
    row = KINDS.get(MailKind(kind))
    return AT_ONCE if row is None else row.default
