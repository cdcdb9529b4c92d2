"""The picture of the feet on which the sore spot is tapped: seen from under and from behind. Pure.

Each foot is drawn for the left; the right one is its mirror image. The inner sides meet in the
middle, as in footprints.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

SIDES = ("left", "right")
WIDTH, HEIGHT = 110, 230

SOLE = (
    "M50 224 C26 224 18 202 20 180 C22 156 24 140 19 112 C13 78 18 48 46 44 C78 42 94 66 90 98 "
    "C87 122 76 138 78 162 C82 194 80 224 50 224 Z"
)
TOES = ((77, 30, 14), (55, 26, 9), (39, 29, 8), (26, 36, 7), (15, 47, 6))
BACK = (
    "M28 6 C28 44 38 66 40 96 C41 110 26 118 24 140 C18 178 24 218 54 218 C84 218 90 178 84 142 "
    "C82 128 90 122 86 112 C82 104 70 106 69 94 C70 66 82 44 82 6 Z"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the picture that can be chosen: an ellipse."""

    spot: str
    view: str
    cx: int
    cy: int
    rx: int
    ry: int


# Later ones lie on top.
PARTS = (
    Part("whole_heel", "under", 49, 184, 28, 36),
    Part("under_heel_centre", "under", 46, 195, 15, 15),
    Part("under_heel_inner", "under", 61, 163, 14, 14),
    Part("above_heel", "behind", 55, 84, 15, 30),
    Part("back_of_heel", "behind", 54, 168, 23, 26),
    Part("inner_ankle", "behind", 80, 120, 14, 18),
)
VIEWS = {"under": "from under", "behind": "from behind"}


def picture(view: str, *, names: dict[str, str], link: Callable[[str, str], str]) -> str:
    """Return both feet as SVG; every part is a link with its name, for instance "left heel, ...".

    `names`: words of each spot; `link(side, spot)`: where a part leads.
    """
    feet = "".join(_foot(view, side, names, link) for side in SIDES)
    title = f"Both feet {VIEWS[view]}, left and right; choose where it is sore"
    return (
        f'<svg class="feet" viewBox="0 0 {2 * WIDTH} {HEIGHT + 20}" role="group" '
        f'aria-label="{title}">{feet}</svg>'
    )


def _foot(view: str, side: str, names: dict[str, str], link: Callable[[str, str], str]) -> str:
    move = "" if side == "left" else f' transform="translate({2 * WIDTH} 0) scale(-1 1)"'
    outline = f'<path class="foot-line" d="{SOLE if view == "under" else BACK}"/>'
    if view == "under":
        outline += "".join(
            f'<circle class="foot-line" cx="{x}" cy="{y}" r="{r}"/>' for x, y, r in TOES
        )
    parts = "".join(_part(part, side, names, link) for part in PARTS if part.view == view)
    x = WIDTH // 2 if side == "left" else WIDTH + WIDTH // 2
    word = f'<text class="foot-word" x="{x}" y="{HEIGHT + 14}" text-anchor="middle">{side}</text>'
    return f"<g{move}>{outline}{parts}</g>{word}"


def _part(part: Part, side: str, names: dict[str, str], link: Callable[[str, str], str]) -> str:
    name = escape(f"{side} foot, {names[part.spot]}")
    href = escape(link(side, part.spot))
    return (
        f'<a class="foot-part" href="{href}" aria-label="{name}" data-side="{side}" '
        f'data-spot="{part.spot}"><title>{name}</title>'
        f'<ellipse cx="{part.cx}" cy="{part.cy}" rx="{part.rx}" ry="{part.ry}"/></a>'
    )


def query(side: str, spot: str) -> str:
    """Return the address that fills side and spot in, on the page the picture stands on."""
    return "?" + urlencode({"side": side, "spot": spot}) + "#new"
