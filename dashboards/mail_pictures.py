"""The one picture in a mail: a runner's weeks as bars, a small PNG. Without Django or models.

Pillow draws it in a few milliseconds, less than making it smaller would take. What it shows is
said in words beside it for who does not see images.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

WIDTH, HEIGHT = 536, 180  # as shown; drawn at twice the size for sharp screens
SCALE = 2
# Light on purpose, also in a dark mail: a picture cannot know how its reader reads.
PAPER, INK, BAR, LAST, LINE = "#f6f7f5", "#1a2326", "#3d8f82", "#0b5449", "#a9b4b0"
TOP, FOOT, GAP = 38, 38, 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One week: its name, its number in the reader's unit (None: not known), the same as text."""

    name: str
    value: float | None
    text: str


def bars_png(bars: Sequence[Bar]) -> bytes:
    """Return the bars as a PNG, the last one darker; an unknown week is a dash and no bar."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(17 * SCALE)
    step = (WIDTH - GAP) / len(bars)
    highest = max([bar.value or 0 for bar in bars] + [1])
    floor = HEIGHT - FOOT
    for place, bar in enumerate(bars):
        left, right = GAP + place * step, (place + 1) * step
        high = (floor - TOP) * (bar.value or 0) / highest
        is_last = place == len(bars) - 1
        box = _scaled(left, floor - high, right, floor)
        if bar.value is not None:
            draw.rectangle(box, fill=LAST if is_last else BAR)
        middle = (left + right) / 2
        _text(draw, middle, floor - high - 14, bar.text, font)
        _text(draw, middle, floor + 19, bar.name, font)
    draw.line(_scaled(GAP, floor, WIDTH - GAP, floor), fill=LINE, width=SCALE)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _scaled(*numbers: float) -> list[float]:
    return [number * SCALE for number in numbers]


def _text(draw: ImageDraw.ImageDraw, x: float, y: float, text: str, font: Font) -> None:
    draw.text((x * SCALE, y * SCALE), text, fill=INK, font=font, anchor="mm")
