"""The picture of the feet: every part is a link with a name, and big enough to tap."""

import pytest
from defusedxml import ElementTree

from injuries import foot
from injuries.models import Spot

NAMES = dict(Spot.choices)
TAP = "{http://www.w3.org/2000/svg}a"


def links(view):
    svg = foot.picture(view, names=NAMES, link=foot.query)
    svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return ElementTree.fromstring(svg).iter(TAP)


def test_every_spot_but_elsewhere_can_be_tapped_on_both_sides_once():
    tapped = [(one.get("data-side"), one.get("data-spot")) for v in foot.VIEWS for one in links(v)]

    spots = [spot for spot in Spot.values if spot != "elsewhere"]
    assert sorted(tapped) == sorted((side, spot) for side in foot.SIDES for spot in spots)


@pytest.mark.parametrize("view", foot.VIEWS)
def test_every_part_has_a_name_and_leads_to_itself(view):
    for one in links(view):
        side, spot = one.get("data-side"), one.get("data-spot")
        assert one.get("aria-label") == f"{side} foot, {NAMES[spot]}"
        assert one[0].text == one.get("aria-label")
        assert one.get("href") == f"?side={side}&spot={spot}#new"


def test_a_part_is_24_pixels_wide_and_high_on_a_narrow_phone():
    """Two feet side by side on 240 pixels; whatever lies on top leaves as much of the one below."""
    scale = 240 / (2 * foot.WIDTH)
    for part in foot.PARTS:
        assert 2 * part.rx * scale >= 24
        assert 2 * part.ry * scale >= 24
