"""The sentences of the weekly mails that are made from figures alone. Pure."""

from collections.abc import Sequence

from members.units import format_distance

USUAL_PERCENT = 30  # so far from the mean a week is not "as usual"; the limit of evidence 1.4


def as_usual(done_m: int | None, mean_m: int | None, *, unit: str) -> str:
    """Say whether the week was as usual, against the mean of the four weeks before. Metres."""
    if done_m is None:
        return "Nothing was logged, so nobody can tell."
    done = format_distance(done_m, unit)
    if mean_m is None:
        return f"{done}. No earlier week is known to compare it with."
    mean = format_distance(mean_m, unit)
    word = "As" if is_usual(done_m, mean_m) else "More than" if done_m > mean_m else "Less than"
    return f"{word} usual: {done}, against {mean} on average."


def is_usual(done_m: int | None, mean_m: int | None) -> bool:
    """Tell whether a distance is within 30 % of the mean; what is not known is not usual."""
    if done_m is None or mean_m is None:
        return False
    return abs(done_m - mean_m) * 100 <= mean_m * USUAL_PERCENT


def changed(
    done_m: int | None,
    before_m: int | None,
    longest_m: int | None,
    longest_before_m: int | None,
    *,
    unit: str,
) -> str:
    """Say what changed against the week before: the distance, and the longest run. Metres."""
    if done_m is None:
        return "Not known."
    if before_m is None:
        return "The week before is not known."
    said = [_against(done_m, before_m, unit)]
    if longest_m and longest_before_m:
        said.append(
            f"Your longest run was {format_distance(longest_m, unit)}, "
            f"{format_distance(longest_before_m, unit)} the week before."
        )
    return " ".join(said)


def _against(done_m: int, before_m: int, unit: str) -> str:
    difference = format_distance(abs(done_m - before_m), unit)
    if difference == format_distance(0, unit):
        return "As far as the week before."
    word = "more" if done_m > before_m else "less"
    return f"{difference} {word} than the week before."


def people(count: int, one: str = "member", many: str = "") -> str:
    """Return "1 member" or "3 members"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(names: Sequence[str], *, most: int) -> str:
    """Return the first names in a row, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
