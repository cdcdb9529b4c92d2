"""The care guide is whole: a source, a grade, plain words, and nothing it must not say."""

import re
import unicodedata

import pytest

from injuries.care.guide import (
    ABOUT_SPOTS,
    ASK_FIRST,
    NOTICE,
    SECTIONS,
    SURE,
    YOUNG,
    ask_first,
    guide_for,
    sure,
)
from injuries.care.guide_items import ITEMS
from injuries.care.words import REASONS, WALKS
from injuries.questions import CHECK_QUESTIONS, RED_FLAG_QUESTIONS, TODAY, WITHIN_DAYS
from injuries.risk.types import SPOTS

# Names of conditions, promises, risks and prescriptions (evidence 6.6). Members read none of them.
FORBIDDEN = re.compile(
    r"""fasciitis|fasciopathy|tendin|tendon\s?itis|bursitis|bursa|haglund|sever'?s|apophysitis|spur\b
    |tarsal|neuropath|neuroma|syndrome|fracture|stress\s(bone|injury)|rupture|arthritis|osteo
    |diagnos|prevent|predict|detect|cure[sd]?\b|heal(s|ed|ing)?\b|treat|therapy\b|risk|danger
    |guarantee|\d\s?%|per\s?cent|\d\s?[x\N{MULTIPLICATION SIGN}]\s?\d
    |\bsets?\b|\breps?\b|you\s(must|have\sto)""",
    re.I | re.X,
)  # fmt: skip


def said(item):
    return [item.title, item.text, item.why]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_item_is_whole(item):
    assert item.section in SECTIONS
    assert item.spots
    assert set(item.spots) <= set(SPOTS)
    assert len(set(item.spots)) == len(item.spots)
    assert item.grade in SURE
    assert item.source
    assert item.why.endswith(".")
    assert item.text.endswith(".")
    assert not item.ask or item.ask in ASK_FIRST
    assert sure(item).startswith(SURE[item.grade])


TEXTS = [
    *(text for item in ITEMS for text in (*said(item), item.source)),
    *ABOUT_SPOTS.values(),
    *ASK_FIRST.values(),
    *SECTIONS.values(),
    *SURE.values(),
    *REASONS.values(),
    *WALKS.values(),
    *RED_FLAG_QUESTIONS.values(),
    *(text for words, answers in CHECK_QUESTIONS.values() for text in (words, *answers)),
    NOTICE,
    YOUNG,
    TODAY,
    WITHIN_DAYS,
]


@pytest.mark.parametrize("text", sorted(set(TEXTS)))
def test_no_forbidden_word(text):
    assert FORBIDDEN.search(text) is None
    assert unicodedata.normalize("NFKC", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Your plantar fasciitis is worsening",
        "You have a 64 % higher injury risk",
        "Likely stress fracture",
        "Do 3 x 12 every second day",
        "This prevents injuries",
    ],
)
def test_the_list_of_words_knows_what_must_not_be_said(text):
    assert FORBIDDEN.search(text)


def test_ids_are_unique_and_every_ask_first_is_used():
    assert len({item.id for item in ITEMS}) == len(ITEMS)
    assert {item.ask for item in ITEMS} - {""} == set(ASK_FIRST)


@pytest.mark.parametrize("spot", SPOTS)
def test_every_spot_has_words_and_something_in_each_section_that_matters(spot):
    sections = {
        section.id: [i.id for i in section.items] for section in guide_for(spot, adult=True)
    }

    assert ABOUT_SPOTS[spot]
    assert {"load", "soothe", "shoes", "seen"} <= set(sections)
    assert "two_weeks" in sections["seen"]
    assert all(sections.values())
    assert list(sections) == [one for one in SECTIONS if one in sections]


def test_where_it_hurts_decides_what_is_shown():
    ids = {spot: [i.id for s in guide_for(spot, adult=True) for i in s.items] for spot in SPOTS}

    assert [spot for spot in SPOTS if "sole_stretch" in ids[spot]] == ["under_heel_inner"]
    assert [spot for spot in SPOTS if "no_deep_stretch" in ids[spot]] == ["back_of_heel"]
    assert "calf_stretch" not in ids["back_of_heel"]
    assert "ease" not in ids["whole_heel"]  # there it is rest and the safety questions
    assert "questions" in ids["whole_heel"]


def test_somebody_under_18_is_shown_neither_painkillers_nor_heavy_loading_nor_a_pain_limit():
    gone = {
        item.id
        for spot in SPOTS
        for item in {i for s in guide_for(spot, adult=True) for i in s.items}
        - {i for s in guide_for(spot, adult=False) for i in s.items}
    }

    assert gone == {"painkillers", "heel_raise", "strength", "within_a_limit"}


def test_who_should_ask_first_about_painkillers_heat_and_cold():
    items = {item.id: item for item in ITEMS}

    for word in ("stomach", "kidneys", "heart", "pregnant", "asthma", "blood thinners", "under 18"):
        assert word in ask_first(items["painkillers"])
    for id in ("cold", "warm", "bottle_roll"):
        assert "diabetes" in ask_first(items[id])
        assert "numb feet" in ask_first(items[id])
    assert ask_first(items["rest"]) == ""


# What the article the project began with asks for (design 7), and the items that answer it.
TACTICS = {
    "scale back": "ease", "ice": "cold", "heat and soak": "warm", "pain relief": "painkillers",
    "shoes": "shoes", "strength": "strength", "foam rolling": "foam_roll", "bottle": "bottle_roll",
    "soft ground": "soft_ground", "cross-training": "cross_train", "rest": "rest",
    "rocky routes": "flat", "physician first": "before_changing",
}  # fmt: skip


def test_every_tactic_has_its_item():
    assert set(TACTICS.values()) <= {item.id for item in ITEMS}
