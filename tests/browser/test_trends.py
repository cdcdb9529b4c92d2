"""A coach at the trends in a real browser: the grid first, charts when they are looked at."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE

TRENDS = "/c/harriers/trends/"
SIGN = "cell => getComputedStyle(cell, '::before').content"
GROUND = """cell => {
  const look = getComputedStyle(cell);
  return look.backgroundColor + look.backgroundImage;
}"""


def test_the_grid_is_there_before_any_script_is_loaded_for_the_charts(somebody):
    coach = somebody("coach", width=PHONE)
    loaded = []
    coach.page.on("request", lambda request: loaded.append(request.url))
    coach.page.goto(f"{coach.url}{TRENDS}?weeks=26")
    grid = coach.page.get_by_role("region", name="Grid of runners and weeks")
    expect(grid.get_by_role("columnheader").last).to_be_in_viewport()  # it opens at the newest week
    expect(grid.get_by_role("columnheader").nth(1)).not_to_be_in_viewport()
    assert not [url for url in loaded if "plotly.min" in url]
    coach.go(f"{TRENDS}?weeks=26")
    assert coach.page.locator("[data-drawn]").count() == 5
    assert coach.complaints == []


def test_the_grid_scrolls_by_keyboard_with_names_and_weeks_in_sight(somebody):
    coach = somebody("coach", width=PHONE)
    page = coach.go(f"{TRENDS}?weeks=52")
    grid = page.get_by_role("region", name="Grid of runners and weeks")
    grid.focus()
    before = grid.evaluate("grid => grid.scrollLeft")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    page.wait_for_function(
        "([grid, before]) => grid.scrollLeft < before && grid.scrollTop > 0",
        arg=[grid.element_handle(), before],
    )
    expect(grid.get_by_role("columnheader", name="Runner")).to_be_in_viewport()
    expect(grid.get_by_role("rowheader").last).to_be_in_viewport()


def test_every_answer_has_a_sign_of_its_own_and_silence_is_never_green(somebody):
    coach = somebody("coach")
    page = coach.go(f"{TRENDS}?weeks=52")
    signs, grounds = {}, {}
    for css in ("hc", "hr", "hx", "he", "hk", "hn", "hs"):
        cell = page.locator(f"td.{css}").first
        assert cell.inner_text() != ""  # the word, for whoever listens
        signs[css], grounds[css] = cell.evaluate(SIGN), cell.evaluate(GROUND)
    assert len(set(grounds.values())) == 7
    assert len({sign for css, sign in signs.items() if css != "hs"}) == 6
    assert "gradient" in grounds["hs"]


def test_the_other_grids_can_be_read_by_everybody(somebody):
    coach = somebody("coach", width=PHONE)
    for shows, scheme in (("load", "dark"), ("pain", "light")):
        coach.look(width=PHONE, scheme=scheme)
        coach.go(f"{TRENDS}?map={shows}")
        assert coach.violations() == []
        assert coach.overflow() == 0
    assert coach.complaints == []


def test_filters_and_the_grids_keep_each_other(somebody):
    coach = somebody("coach")
    page = coach.go(TRENDS)
    page.get_by_label("Squad", exact=True).select_option(label="Tuesday Track")
    page.get_by_label("Period").select_option("26")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"squad=\d+&weeks=26"))
    few = page.locator(".heat tbody tr").count()
    page.get_by_role("link", name="distance").click()
    expect(page.get_by_role("heading", name="Who ran how far?")).to_be_visible()
    expect(page).to_have_url(re.compile(r"squad=\d+&weeks=26&map=load"))
    assert page.locator(".heat tbody tr").count() == few
    page.get_by_role("link", name="the answer").click()
    page.get_by_label("Squad", exact=True).select_option(label="All squads")
    page.get_by_role("button", name="Show").click()
    assert page.locator(".heat tbody tr").count() > few
    name = page.locator(".heat tbody a").first
    said = name.inner_text()
    name.click()
    expect(page.get_by_role("heading", name=said)).to_be_visible()
