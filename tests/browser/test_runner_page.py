"""A runner's page by keyboard, with and without scripts, and the sheet they take to a visit."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE

BOARD = "/c/harriers/"
LONG = "Bartholomew-Maximilian Featherstonehaugh-Cholmondeley of the Upper Lower Meadows"


def open_from_board(coach):
    """Follow the first "Why?" of the board to the flags it is about."""
    page = coach.go(BOARD)
    page.get_by_role("link", name=re.compile(r"^Why\?")).first.click()
    expect(page).to_have_url(re.compile(r"/runners/\d+/#flags$"))
    return coach.go(page.url.partition("#")[0])


def test_by_keyboard_a_range_a_why_and_the_slider(somebody):
    coach = somebody("coach")
    page = open_from_board(coach)
    rows = page.locator("#timeline-part table").first.locator("tbody tr")
    days = rows.count()

    page.locator("#range-4w").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#range-4w")).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("range=4w"))
    expect(page.locator("[data-chart=chart-timeline][data-drawn] svg .trace").first).to_be_visible()
    assert 0 < rows.count() < days
    page.go_back()
    expect(page.locator("#range-12w")).to_have_attribute("aria-current", "true")
    expect(rows).to_have_count(days)

    why = page.locator("details.why").first
    why.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(why.get_by_text("What ends it:")).to_be_visible()

    slider = page.get_by_role("slider")
    slider.focus()
    before = float(slider.input_value())
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert float(page.locator("#id_far").input_value()) == before + 1.5
    said = page.locator("#what-if-said")
    expect(said).to_contain_text(f"{before + 1.5:.1f} km")
    expect(slider).to_be_focused()
    page.keyboard.press("End")
    expect(said).to_contain_text("more than twice")
    assert coach.violations() == []
    assert coach.complaints == []


def test_without_scripts_everything_is_there(somebody):
    coach = somebody("coach", java_script_enabled=False)
    page = coach.page
    page.goto(coach.url + BOARD)
    page.get_by_role("link", name=re.compile(r"^Why\?")).first.click()
    page.get_by_role("link", name="4 weeks").click()
    expect(page.locator("#range-4w")).to_have_attribute("aria-current", "true")
    page.get_by_text("The days as a table").click()
    assert page.locator("#timeline-part table").first.locator("tbody tr").count() > 0
    page.locator("details.why summary").first.click()
    expect(page.get_by_text("What ends it:").first).to_be_visible()
    page.locator("#id_far").fill("60")
    page.get_by_role("button", name="What would it mean?").click()
    expect(page.get_by_role("status")).to_contain_text("60.0 km would be more than twice")


def test_long_names_fit_and_grey_is_enough(somebody):
    coach = somebody("coach")
    page = open_from_board(coach)
    for name in ("h1", "#timeline-part td", ".pairs li, .card li"):
        for part in page.locator(name).all()[:3]:
            part.evaluate("(element, text) => { element.textContent = text; }", LONG)
    for width in (PHONE, 768, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        assert coach.overflow() == 0
    # Colour is never alone: what is drawn has marks of its own, and every lane its name.
    symbols = page.evaluate(
        "document.querySelector('[data-chart=chart-timeline]').data"
        ".filter((trace) => (trace.mode || '').includes('markers'))"
        ".map((trace) => trace.marker.symbol)"
    )
    assert len(set(symbols)) == len(symbols)


def test_a_sheet_is_shared_read_and_taken_back(somebody, open_browser):
    runner = somebody("runner", width=PHONE)
    page = runner.go("/physio/")
    page.get_by_label("My answers to the safety questions").check()
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("main code").inner_text()
    assert runner.violations() == []
    assert runner.overflow() == 0

    reader = open_browser(width=PHONE)
    shown = reader.go(link[link.index("/sheet/") :])
    expect(shown.locator("article")).to_have_count(0)
    assert reader.violations() == []
    shown.get_by_role("button", name="Show the sheet").click()
    expect(shown.get_by_role("heading", name="Week by week")).to_be_visible()
    assert reader.violations() == []
    assert reader.overflow() == 0
    assert reader.complaints == []

    page = runner.go("/settings/who-looked/")
    expect(page.locator("tbody tr").first).to_contain_text("Whoever has your link")
    page = runner.go("/physio/")
    page.get_by_role("button", name="Take it back").first.click()
    assert shown.goto(reader.url + link[link.index("/sheet/") :]).status == 404


def test_the_sheet_fits_paper(somebody):
    """One page; what other tests logged for this runner may fill some of a second."""
    runner = somebody("runner")
    page = runner.go("/physio/")
    for tick in page.locator("input[name=parts]").all():
        tick.check()
    page.get_by_role("button", name="Show it so").click()
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2
