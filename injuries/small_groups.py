"""Figures about groups that point at nobody, alone or taken from one another. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

GROUP_MIN = 5  # a figure of fewer people could point at somebody (evidence 6.6)

Part = TypeVar("Part")
One = TypeVar("One")


def is_safe(people: int) -> bool:
    """Tell whether a figure about so many people points at nobody."""
    return people == 0 or people >= GROUP_MIN


def safe_parts(sizes: Mapping[Part, int], *, total: int | None = None) -> frozenset[Part]:
    """Return the parts whose figures may stand beside that of all of them together.

    Every part needs GROUP_MIN people. What remains of `total` (their sum, unless said) once the
    shown parts are taken from it is a figure too: where it is of fewer, one more part goes.
    """
    shown = {part: size for part, size in sizes.items() if size >= GROUP_MIN}
    remains = (sum(sizes.values()) if total is None else total) - sum(shown.values())
    if shown and not is_safe(remains):
        del shown[min(shown, key=lambda part: (shown[part], str(part)))]
    return frozenset(shown)


@dataclass(frozen=True, slots=True)
class Counted(Generic[Part, One]):
    """Who is counted in the figure of all and of each part; None: that figure is not shown."""

    everybody: Sequence[One] | None
    parts: Mapping[Part, Sequence[One] | None]


def counted(
    answers: Mapping[Part, Sequence[One]], *, is_known: Callable[[One], bool]
) -> Counted[Part, One]:
    """Return whose answers may be counted, by parts of a whole.

    The reader can look up the answers of those who are known, and take them from any figure. So
    the others are counted only where they are enough by themselves.
    """
    veiled = {part: sum(not is_known(one) for one in ones) for part, ones in answers.items()}
    with_veiled = safe_parts(veiled)
    all_veiled = is_safe(sum(veiled.values()))
    everybody = [one for ones in answers.values() for one in ones if all_veiled or is_known(one)]
    parts = {
        part: [one for one in ones if part in with_veiled or is_known(one)]
        for part, ones in answers.items()
    }
    shown = safe_parts({part: len(ones) for part, ones in parts.items()}, total=len(everybody))
    return Counted(
        everybody if len(everybody) >= GROUP_MIN else None,
        {part: ones if part in shown else None for part, ones in parts.items()},
    )
