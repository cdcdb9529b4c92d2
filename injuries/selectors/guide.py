"""The care guide for one spot, as somebody may read it today: with their routines, or held back."""

import datetime as dt
from dataclasses import dataclass

from injuries import risk
from injuries.care.guide import Section, ask_first, guide_for, sure
from injuries.care.guide_items import Item
from injuries.models import RedFlagAnswers
from injuries.selectors.heel import stop_message
from injuries.selectors.history import history_of
from members.models import User
from members.selectors.routines import Routine, routines_of


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One thing runners do. `ask_first`: who should ask somebody before; empty: nobody."""

    item: Item
    sure: str
    ask_first: str
    routine: Routine | None


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A part of the guide."""

    id: str
    heading: str
    items: tuple[GuideItem, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide of one spot. `stop`: what a standing yes asks for instead of it; else empty."""

    stop: str
    sections: tuple[GuideSection, ...]


def guide_of(runner: User, *, spot: str, on: dt.date) -> Guide:
    """Return what is shown to the runner about a spot on their day `on`.

    While a yes to a safety question stands, only getting it looked at is left (evidence 3.1).
    """
    stop = safety_stop(runner, on=on)
    routines = {one.key: one for one in routines_of(runner, on=on)}
    sections = guide_for(spot, adult=runner.is_adult(on=on), only_seen=bool(stop))
    return Guide(stop, tuple(_section(section, routines) for section in sections))


def safety_stop(runner: User, *, on: dt.date) -> str:
    """Return the fixed message of the yeses that no clinician has assessed; empty without one.

    The rules say which stand; without any answer they are not asked.
    """
    if not RedFlagAnswers.objects.filter(runner=runner, on__lte=on).exists():
        return ""
    return stop_message(risk.assess(history_of(runner, on=on)).flags)


def _section(section: Section, routines: dict[str, Routine]) -> GuideSection:
    items = (
        GuideItem(item, sure(item), ask_first(item), routines.get(item.routine))
        for item in section.items
    )
    return GuideSection(section.id, section.heading, tuple(items))
