"""The picture in a mail: as many bars as weeks, as high as they should be, small."""

import io

from PIL import Image

from dashboards.mail_pictures import BAR, HEIGHT, LAST, PAPER, WIDTH, Bar, bars_png


def bars(*values):
    return [Bar(f"{n} Mar", value, str(value or "?")) for n, value in enumerate(values)]


def picture(*values):
    return Image.open(io.BytesIO(bars_png(bars(*values)))).convert("RGB")


def column(image, place, of):
    """Return the colours met going up the middle of a bar, and how high the bar is."""
    x = round((10 + (place + 0.5) * (WIDTH - 10) / of) * 2) - 8
    colours = [image.getpixel((x, y)) for y in range(image.height)]
    paint = {tuple(bytes.fromhex(name[1:])): name for name in (BAR, LAST)}
    found = [paint[colour] for colour in colours if colour in paint]
    return len(found), set(found)


def test_bars_are_in_proportion_the_last_darker_and_the_unknown_none():
    image = picture(20.0, None, 0.0, 40.0)

    assert image.size == (2 * WIDTH, 2 * HEIGHT)
    half, colours = column(image, 0, 4)
    full, last = column(image, 3, 4)
    assert abs(full - 2 * half) <= 2
    assert (colours, last) == ({BAR}, {LAST})
    assert column(image, 1, 4)[0] == 0
    assert column(image, 2, 4)[0] <= 1
    assert image.getpixel((2, 2)) == tuple(bytes.fromhex(PAPER[1:]))


def test_no_week_known_is_still_a_picture():
    assert column(picture(None, None), 1, 2)[0] == 0


def test_it_is_small():
    assert len(bars_png(bars(*range(80, 88)))) < 20_000
