"""What runners usually do about a sore heel: who is shown which item, and how sure we are.

Information, not advice to a person (evidence 3.3, 3.7, 6.6): no diagnosis, no dose, no promise.
"""

from dataclasses import dataclass

from injuries.care.guide_items import ITEMS, Item

NOTICE = (
    "This is what runners usually do, not advice about you. It names no condition and replaces no "
    "doctor, physiotherapist or pharmacist. If you have an illness, take medicines, are pregnant "
    "or are not sure, ask one of them before you change anything."
)

# How sure we are, in plain words, by the grades of evidence 0.2.
SURE = {
    "A": "Well tested",
    "B": "Seen in large groups of runners",
    "C": "Some evidence",
    "D": "Experience, hardly tested",
    "X": "Studies speak against it or contradict one another",
}

SECTIONS = {
    "load": "Running and resting",
    "move": "Stretching, strength and rolling",
    "soothe": "For the soreness",
    "shoes": "Shoes and ground",
    "seen": "Getting it looked at",
}

ASK_FIRST = {
    "painkillers": (
        "Ask a pharmacist or doctor first if you have, or ever had, trouble with your stomach, "
        "kidneys or heart, if you have asthma, take blood thinners or other medicines, if you are "
        "pregnant or breastfeeding, or if you are under 18."
    ),
    "skin": (
        "Ask a pharmacist or doctor first if you have diabetes, poor circulation or numb feet: you "
        "may not feel in time that it is too hot or too cold. Leave it where the skin is broken."
    ),
    "loading": (
        "Talk to a physiotherapist first if your heel hurts at rest or at night, or if you are "
        "under 18."
    ),
}

ABOUT_SPOTS = {
    "under_heel_inner": "Often sorest in the first steps of the day and after sitting.",
    "under_heel_centre": "Often like a bruise, and sorer barefoot or on hard floors.",
    "whole_heel": "Not one spot but the whole heel: the safety questions matter most here.",
    "back_of_heel": "Often sorer on stairs and hills, and where the shoe rubs.",
    "above_heel": "Often stiff in the morning and easier once warm.",
    "inner_ankle": "Tingling or burning belongs into the safety questions.",
    "elsewhere": "We know no more about this spot than that it is sore.",
}

YOUNG = (
    "Under 18: please tell a parent or whoever looks after you, run less until it is gone, and "
    "have it looked at if it lasts more than two days or makes you limp."
)

LEFT_OUT_UNDER_18 = (
    "This page leaves out painkillers, heavy strength work and running within a pain limit: under "
    "18 a doctor or physiotherapist decides about these with you and whoever looks after you."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the guide: its heading and its items."""

    id: str
    heading: str
    items: tuple[Item, ...]


def guide_for(spot: str, *, adult: bool, only_seen: bool = False) -> list[Section]:
    """Return what runners usually do about that spot, in sections; empty ones left out.

    With `only_seen` nothing but getting it looked at: a yes to a safety question silences all
    other advice (evidence 3.1).
    """
    shown = [
        item
        for item in ITEMS
        if spot in item.spots
        and (adult or item.under_18)
        and (item.section == "seen" or not only_seen)
    ]
    sections = [
        Section(id, heading, tuple(item for item in shown if item.section == id))
        for id, heading in SECTIONS.items()
    ]
    return [section for section in sections if section.items]


def ask_first(item: Item) -> str:
    """Return who should ask somebody before trying it; empty: nobody in particular."""
    return ASK_FIRST.get(item.ask, "")


def sure(item: Item) -> str:
    """Return how sure we are of it, in plain words."""
    return f"{SURE[item.grade]}: {item.why}"
