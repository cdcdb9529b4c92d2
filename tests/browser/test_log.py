"""The log page on a phone: five actions at most, nothing lost without a network, a light page."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.log_steps import log_one

FIVE = 5
WEIGHT = 60_000  # bytes transferred


class Counted:
    """Somebody at a phone whose every action counts: a tap, a field filled in, a key."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def tap(self, target):
        self.actions += 1
        target.tap()

    def type(self, text):
        """Into whatever has the focus."""
        self.actions += 1
        self.page.keyboard.type(text)


# --- Five actions ---------------------------------------------------------------------------------
def test_by_touch_in_five_actions_from_my_week(somebody):
    runner = somebody("runner", width=PHONE, has_touch=True)
    page = runner.go("/")
    thumb = Counted(page)

    thumb.tap(page.get_by_role("link", name="+ Log a run"))
    expect(page.get_by_label("Distance")).to_be_focused()
    thumb.type("6.1")
    page.get_by_label("Time", exact=True).tap()  # to go on to the next field is part of filling it
    thumb.type("35.30")
    expect(page.locator("[data-pace-output]")).to_have_text("5:49 /km")
    thumb.tap(page.get_by_label("4 somewhat hard"))
    thumb.tap(page.get_by_role("button", name="Save"))

    expect(page.locator("h1")).to_have_text("Saved: 6.1 km on " + today())
    expect(page.locator("main")).to_contain_text("This run")
    assert thumb.actions <= FIVE
    assert runner.violations() == []
    assert runner.complaints == []


def test_by_keyboard_in_five_actions_from_my_week(somebody):
    runner = somebody("runner", width=PHONE)
    page = runner.go("/")
    page.get_by_role("link", name="+ Log a run").focus()
    keys = Counted(page)
    page.keyboard.press("Enter")
    keys.actions += 1
    expect(page.get_by_label("Distance")).to_be_focused()
    keys.type("6.2")
    page.keyboard.press("Tab")
    keys.type("36")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")  # from "not said" to 10
    keys.actions += 1
    page.keyboard.press("Enter")
    keys.actions += 1

    expect(page.locator("h1")).to_contain_text("Saved: 6.2 km")
    expect(page.locator("h1")).to_be_focused()
    assert keys.actions <= FIVE


def test_the_same_as_last_time_in_three(somebody):
    runner = somebody("runner", width=PHONE, has_touch=True)
    page = runner.go("/log/")
    log_one(page, distance="7.7")
    expect(page.locator("h1")).to_contain_text("Saved: 7.7 km")
    page = runner.go("/")
    thumb = Counted(page)

    thumb.tap(page.get_by_role("link", name="+ Log a run"))
    thumb.tap(page.get_by_role("link", name="Same as last time"))
    expect(page.get_by_label("Distance")).to_have_value("7.7")
    expect(page.get_by_label("Time", exact=True)).to_have_value("45:00")
    thumb.tap(page.get_by_role("button", name="Save"))

    expect(page.locator("h1")).to_contain_text("Saved: 7.7 km")
    assert thumb.actions == 3


def today():
    day = dt.datetime.now(dt.UTC).astimezone().date()
    return f"{day:%a} {day.day} {day:%B}"


# --- The form -------------------------------------------------------------------------------------
def test_everything_that_matters_is_on_one_phone_screen(somebody):
    page = somebody("runner", width=PHONE).go("/log/")
    for field in (
        page.get_by_label("Distance"),
        page.get_by_label("Time", exact=True),
        page.get_by_role("group", name="Effort"),
        page.get_by_role("group", name="Any heel pain?"),
        page.get_by_role("button", name="Save"),
    ):
        box = field.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 844
    assert page.get_by_label("Distance").get_attribute("inputmode") == "decimal"


def test_an_untouched_slider_is_not_said_and_keys_move_it(somebody):
    runner = somebody("runner", width=PHONE)
    page = runner.go("/log/")
    page.get_by_label("Distance").fill("5")
    page.get_by_role("group", name="Any heel pain?").get_by_label("yes").check()
    during = page.get_by_role("slider", name=re.compile("during the run"))
    after = page.get_by_role("slider", name=re.compile("hour after"))
    expect(during).to_have_attribute("aria-valuetext", "not said")
    during.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(during).to_have_attribute("aria-valuetext", "3 of 10")
    after.focus()
    page.keyboard.press("ArrowRight")
    expect(after).to_have_attribute("aria-valuetext", "0 of 10")
    page.keyboard.press("ArrowLeft")
    expect(after).to_have_attribute("aria-valuetext", "not said")
    assert runner.violations() == []
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text("Saved: 5.0 km")

    said = page.evaluate("fetch('/api/v1/pain/?limit=1').then((answer) => answer.json())")
    assert (said["results"][0]["during"], said["results"][0]["after"]) == (3, None)


def test_the_unusual_is_asked_once_and_taken_when_true(somebody):
    runner = somebody("runner", width=PHONE)
    page = runner.go("/log/")
    log_one(page, distance="90", duration="9:30:00")
    expect(page.locator("#id_distance-error")).to_contain_text("90.0 km is far more")
    assert runner.violations() == []
    page.get_by_role("button", name="Yes, that is right").click()
    expect(page.locator("h1")).to_contain_text("Saved: 90.0 km")

    page.get_by_role("link", name="Change this one").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("h1")).to_contain_text("Saved: 90.0 km")
    page.get_by_role("link", name="Change this one").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()


def test_a_swim_is_asked_in_metres(somebody):
    page = somebody("runner", width=PHONE).go("/log/")
    page.get_by_label("swim").check()
    expect(page.locator("h1")).to_have_text("Log a swim")
    expect(page.get_by_label("Shoes")).to_be_hidden()
    page.get_by_label("Distance (m)").fill("1500")
    page.get_by_label("Time", exact=True).fill("30")
    expect(page.locator("[data-pace-output]")).to_have_text("2:00 /100 m")


def add_pair(page, name, *, is_default, surface):
    if not page.get_by_label("What you call them").is_visible():
        page.get_by_text("Add a pair", exact=True).click()
    page.get_by_label("What you call them").fill(name)
    page.get_by_label("Fill in for new runs").set_checked(is_default)
    page.get_by_label("Fill in on this ground instead").select_option(surface)
    page.get_by_role("button", name="Add the pair").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_another_ground_offers_its_pair_until_one_is_chosen_by_hand(demo, open_browser):
    """Somebody who is new: two pairs of their own, one of them for the trail."""
    person = open_browser(width=PHONE)
    login = demo.logins["coach"]
    person.log_in(email=login["email"], password=login["password"])
    person.go("/log/")
    for name, fills_in in (("Everyday", ""), ("Muddy", "trail"), ("Quick", "")):
        add_pair(person.go("/shoes/"), name, is_default=name == "Everyday", surface=fills_in)
    page = person.go("/log/")
    page.get_by_text("More: ground, start, note").click()
    ground, shoes = page.get_by_label("Ground"), page.get_by_label("Shoes")
    chosen = shoes.locator("option:checked")
    expect(chosen).to_have_text("Everyday")
    ground.select_option("trail")
    expect(chosen).to_have_text("Muddy")
    ground.select_option("road")
    expect(chosen).to_have_text("Everyday")
    shoes.select_option(label="Quick")
    ground.select_option("trail")
    expect(chosen).to_have_text("Quick")
    shoes.select_option(label="Muddy")
    ground.select_option("road")
    expect(chosen).to_have_text("Muddy")


# --- Weight and looks -----------------------------------------------------------------------------
def test_the_page_is_light_and_loads_no_plotly(somebody):
    runner = somebody("runner", width=PHONE)
    weights = {}
    session = runner.page.context.new_cdp_session(runner.page)
    session.send("Network.enable")
    urls = {}
    session.on(
        "Network.responseReceived", lambda e: urls.update({e["requestId"]: e["response"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda e: weights.update({urls.get(e["requestId"], "?"): e["encodedDataLength"]}),
    )

    runner.go("/log/")

    assert not [url for url in weights if "plotly.min" in url]
    assert any("htmx" in url for url in weights)
    assert sum(weights.values()) < WEIGHT, weights


@pytest.mark.parametrize("page", ["/log/", "/log/offline/", "/log/undo/"])
def test_nothing_is_wrong_with_the_looks(somebody, page):
    runner = somebody("runner", width=PHONE)
    runner.go(page)
    for width in (PHONE, DESKTOP):
        for scheme in ("light", "dark"):
            runner.look(width=width, scheme=scheme)
            assert runner.violations() == []
            assert runner.overflow() == 0
    assert runner.complaints == []
