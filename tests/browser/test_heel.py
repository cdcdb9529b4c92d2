"""The heel pages by keyboard alone: the picture, the questions, the course, the guide, the plan."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE

LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "dark"), (DESKTOP, "light")]
SPOTS = 6  # parts of each foot in the two pictures


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it is there, as somebody without a mouse does."""
    expect(wanted).to_have_count(1)
    for _ in range(90):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {wanted} by keyboard")


def press(page: Page, role: str, name: str | re.Pattern[str], *, key: str = "Enter") -> None:
    tab_to(page, page.get_by_role(role, name=name))
    page.keyboard.press(key)
    page.wait_for_load_state("networkidle")


def wrong_with(runner) -> list[object]:
    """Return what axe or the width finds wrong, on a phone and a desk, light and dark."""
    found = []
    for width, scheme in LOOKS:
        runner.look(width=width, scheme=scheme)
        found += [*runner.violations(), *([runner.overflow()] if runner.overflow() else [])]
    runner.look(width=DESKTOP, scheme="light")
    return found


def open_spot(page: Page) -> None:
    """From the heel page to an open spot, by the picture and the safety questions."""
    tab_to(page, page.locator("#new > summary"))
    page.keyboard.press("Enter")
    press(page, "link", "right foot, 2 to 6 cm above the heel")
    expect(page.get_by_role("radio", name="right")).to_be_checked()
    expect(page.get_by_role("radio", name="2 to 6 cm above the heel")).to_be_checked()
    press(page, "button", "Open it and answer a few questions")
    expect(page.locator("h1")).to_have_text("Safety questions")


def answer_no(page: Page) -> None:
    group = page.get_by_role("group", name=re.compile("Did severe pain start suddenly"))
    tab_to(page, group.get_by_role("radio", name="not said"))
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="no", exact=True)).to_be_checked()
    press(page, "button", "Save, and all I left open is no")
    expect(page.locator(".messages")).to_contain_text("Thank you, all answered.")


@pytest.mark.timeout(180)
def test_a_spot_is_opened_followed_and_closed_by_keyboard_alone(somebody):
    runner = somebody("runner")
    page = runner.go("/heel/")
    names = [one.get_attribute("aria-label") for one in page.locator(".feet a").all()]
    assert len(names) == len(set(names)) == 2 * SPOTS
    assert all(re.fullmatch(r"(left|right) foot, .+", name) for name in names)
    open_spot(page)
    assert wrong_with(runner) == []
    answer_no(page)

    # The course came into the page and its range is changed in it.
    expect(page.locator("#course-part [data-chart]")).to_have_attribute("data-drawn", "yes")
    expect(page.get_by_text("need more reports")).to_be_visible()
    press(page, "link", "4 weeks")
    expect(page.get_by_role("link", name="4 weeks")).to_have_attribute("aria-current", "true")
    expect(page.locator("#course-part [data-chart]")).to_have_attribute("data-drawn", "yes")
    tab_to(page, page.get_by_text("The days as a table"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Shoes")).to_be_visible()
    assert wrong_with(runner) == []
    spot = page.url
    for below in ("course/", "details/"):
        runner.go(spot + below)
        assert wrong_with(runner) == []
    runner.go(spot)

    # The guide, and a routine ticked off from it and taken back.
    press(page, "link", "The care guide")
    tick = page.locator("#calf_stretch .tap")
    tab_to(page, tick)
    page.keyboard.press("Enter")
    page.wait_for_url("**#calf_stretch")
    expect(tick).to_have_attribute("aria-pressed", "true")
    expect(tick).to_contain_text("Done today")
    tab_to(page, tick)
    page.keyboard.press("Enter")
    expect(tick).to_have_attribute("aria-pressed", "false")

    # The way back: begun, its walk's form, ended; then the spot is over.
    runner.go(spot)
    press(page, "link", "The way back")
    press(page, "button", "Begin")
    expect(page.locator(".messages")).to_contain_text("You are on the way back.")
    assert wrong_with(runner) == []
    plan = page.url
    press(page, "link", "Log the walk")
    assert wrong_with(runner) == []
    press(page, "button", "Save")
    expect(page.locator(".error").first).to_be_visible()
    assert wrong_with(runner) == []
    runner.go(plan)
    press(page, "button", "End the plan")
    expect(page.locator(".messages")).to_contain_text("Ended.")
    runner.go(spot)
    press(page, "button", "It is over")
    expect(page.locator(".messages")).to_contain_text("It is closed")
    assert [one for one in runner.complaints if "422" not in one] == []


def test_the_course_without_any_script_is_a_page_and_a_table(somebody):
    runner = somebody("runner", java_script_enabled=False)
    page = runner.go("/heel/")
    page.locator('section[aria-labelledby="open"] li a').first.click()

    expect(page.get_by_role("columnheader", name="First steps")).to_be_visible()
    page.get_by_role("link", name="As a chart, with runs and shoes").click()
    expect(page.locator("h1")).to_contain_text("The course of your")
    page.get_by_role("link", name="all of it").click()
    expect(page.get_by_role("link", name="all of it")).to_have_attribute("aria-current", "true")


def test_answers_sent_without_a_network_stay_in_the_form_and_are_sent_later(somebody):
    runner = somebody("runner")
    page = runner.go("/heel/")
    page.locator('section[aria-labelledby="open"] li a').first.click()
    page.get_by_role("link", name="Safety questions").click()
    group = page.get_by_role("group", name=re.compile("Does it hurt at night"))
    group.get_by_label("no", exact=True).check()

    page.context.set_offline(True)
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_role("alert")).to_contain_text("No network just now. Nothing is lost")
    assert runner.violations() == []
    expect(group.get_by_label("no", exact=True)).to_be_checked()

    page.context.set_offline(False)
    expect(page.get_by_text("No network just now.")).to_have_count(0)
    page.get_by_role("button", name="Save the answers").click()
    expect(page.locator(".messages")).to_contain_text("22 questions are still open.")


def test_answers_sent_without_a_network_and_scripts_go_out_by_reloading(somebody):
    runner = somebody("runner", java_script_enabled=False)
    page = runner.go("/heel/")
    page.locator('section[aria-labelledby="open"] li a').first.click()
    page.get_by_role("link", name="Safety questions").click()
    group = page.get_by_role("group", name=re.compile("Does it hurt at night"))
    group.get_by_label("no", exact=True).check()

    page.context.set_offline(True)
    page.get_by_role("button", name="Save the answers").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.reload()

    expect(page.locator(".messages")).to_contain_text("22 questions are still open.")
