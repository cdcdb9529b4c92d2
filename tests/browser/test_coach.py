"""A coach's ten minutes at the board in a real browser, two coaches at once, and the runner's side.

Each test answers rows of its own: the first ones from the top, the last ones from the bottom.
"""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE

BOARD = "/c/harriers/"


def waiting(page: Page) -> list[str]:
    """Return the ids of the rows that wait for an answer, as shown."""
    rows = page.locator("#rows > li", has=page.get_by_role("button", name="Agree"))
    return [row.get_attribute("id") for row in rows.all()]


def test_ten_minutes_before_training(somebody):
    """Open, filter, read why, agree, undo, set aside, assign, several at once."""
    coach = somebody("coach")
    page = coach.go(BOARD)
    chips = page.get_by_role("navigation", name="Show only")
    chip = chips.get_by_role("link", name="waiting for an answer")
    count = int(re.search(r"(\d+)\s*$", chip.inner_text())[1])
    chip.click()
    expect(page).to_have_url(re.compile("show=waiting"))
    ids = waiting(page)
    assert len(ids) == count >= 3
    assert coach.violations() == []

    row = page.locator(f"#{ids[0]}")
    assert row.locator(".br-why").inner_text() != ""
    row.get_by_role("button", name="Agree").click()
    expect(row.get_by_role("status")).to_contain_text("agreed")
    expect(row).to_be_focused()  # the keys go on from here
    row.get_by_role("button", name="Undo").click()
    expect(row.get_by_role("status")).to_contain_text("Taken back")
    expect(row.get_by_role("button", name="Agree")).to_be_visible()

    row.get_by_role("link", name="Answer, note, assign or snooze").click()
    expect(page.get_by_role("heading", name="What do you decide for")).to_be_focused()
    assert coach.violations() == []
    row.get_by_label("Set aside").check()
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_text("Say why in a word or two.")).to_be_visible()
    row.get_by_label("Note, or why").fill("Ran a race on purpose")
    row.get_by_label("Share this note").check()
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".br-done")).to_contain_text("set it aside “Ran a race on purpose” (shared)")

    for identity in ids[1:3]:
        page.locator(f"#{identity}").get_by_role("checkbox").check()
    page.locator("#board select[name=owner]").select_option(label="Tomasz Wieczorek")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("status").first).to_contain_text("Noted for 2 runners")
    expect(page).to_have_url(re.compile("show=waiting"))
    for identity in ids[1:3]:
        expect(page.locator(f"#{identity}")).to_contain_text("for Tomasz Wieczorek")
    page.locator("form", has_text="just made").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("Taken back: 2 decisions.")
    assert [said for said in coach.complaints if "422" not in said] == []


def test_from_row_to_row_with_the_keys(somebody):
    coach = somebody("coach")
    page = coach.go(BOARD)
    rows = page.locator("#rows > li")
    rows.first.focus()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(rows.last).to_be_focused()
    page.keyboard.press("Home")
    expect(rows.first).to_be_focused()
    page.keyboard.press("x")
    expect(rows.first.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("searchbox").press_sequentially("xja")  # typing is typing
    expect(rows.first.get_by_role("checkbox")).to_be_checked()
    rows.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/runners/\d+/"))
    assert coach.complaints == []


def test_two_coaches_at_one_row_do_not_overwrite_each_other(somebody):
    first, second = somebody("coach"), somebody("coach")
    rows = []
    for coach in (first, second):
        page = coach.go(BOARD)
        rows.append(page.locator(f"#{waiting(page)[-1]}"))
    rows[0].get_by_role("button", name="Agree").click()
    expect(rows[0].get_by_role("status")).to_contain_text("agreed")

    rows[1].get_by_role("button", name="Agree").click()

    expect(rows[1].get_by_role("status")).to_contain_text("came first with")
    expect(rows[1].get_by_role("status")).to_contain_text("yours was not stored")


def test_without_scripts_a_coach_agrees_and_comes_back_to_the_filter(somebody):
    coach = somebody("coach", width=PHONE, java_script_enabled=False)
    page = coach.page
    page.goto(f"{coach.url}{BOARD}?show=waiting")
    identity = waiting(page)[-2]
    page.locator(f"#{identity}").get_by_role("button", name="Agree").click()
    expect(page).to_have_url(re.compile("show=waiting"))
    expect(page.get_by_role("status").first).to_contain_text("agreed")
    page.locator("form", has_text="just made").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("Taken back")


def test_the_runner_reads_what_was_shared_and_by_whom(somebody, demo):
    """The demo login is the first of the cast: a busy month that asks for something."""
    coach = somebody("coach")
    page = coach.go(f"{BOARD}?q=amara+abara")
    row = page.locator("#rows > li").first
    row.get_by_role("link", name="Answer, note, assign or snooze").click()
    row.get_by_label("No answer yet").check()
    row.get_by_label("Note, or why").fill("Ring me before Sunday, please")
    row.get_by_label("Share this note").check()
    row.get_by_label("I spoke to them").check()
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".br-done")).to_contain_text("spoke to them")

    runner = somebody("runner", width=PHONE)
    page = runner.go("/")
    expect(page.get_by_text("Ring me before Sunday, please")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Morag Ellison")
    page = runner.go("/settings/who-looked/")
    expect(page.locator("main")).to_contain_text("Morag Ellison")
    expect(page.locator("main")).to_contain_text("answered what the rules said about you")


def test_three_at_once_and_one_taken_back(somebody):
    """What is agreed with here is taken back in the end, so that other tests find it as it was."""
    coach = somebody("coach")
    page = coach.go(f"{BOARD}?show=waiting")
    ids = waiting(page)[:3]
    for identity in ids:
        page.locator(f"#{identity}").get_by_role("checkbox").check()
    page.get_by_role("button", name="Agree with all").click()
    expect(page.get_by_role("status").first).to_contain_text("Noted for 3 runners")

    page = coach.go(BOARD)
    for identity in ids:
        expect(page.locator(f"#{identity} .br-done")).to_contain_text("agreed")
    page.locator(f"#{ids[0]}").get_by_role("button", name="Undo").click()
    expect(page.locator(f"#{ids[0]}").get_by_role("status")).to_contain_text("Taken back")
    for identity in ids[1:]:
        expect(page.locator(f"#{identity} .br-done")).to_contain_text("agreed")
        page.locator(f"#{identity}").get_by_role("button", name="Undo").click()
        expect(page.locator(f"#{identity}").get_by_role("status")).to_contain_text("Taken back")
    assert coach.complaints == []


def test_sunday_is_planned_and_the_runner_reads_which_group_is_theirs(somebody):
    coach = somebody("coach")
    page = coach.go(BOARD)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Plan").click()
    page.get_by_role("link", name="Plan a run").click()
    page.get_by_label("Meeting place").fill("Pier head")
    for number, (far, name) in enumerate((("14", "long"), ("3", "short")), start=1):
        page.get_by_label(f"Group {number} (km)").fill(far)
        page.get_by_label(f"Name of group {number}").fill(name)
    assert (coach.violations(), coach.overflow()) == ([], 0)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Pier head")).to_be_visible()
    rest = page.get_by_role("row", name="Advised to rest").first
    expect(rest.get_by_role("cell").nth(1)).to_have_text("–")
    expect(page.get_by_role("row", name="too long: 14.0 km (long)").first).to_be_visible()
    page.get_by_role("link", name="Change this run").click()
    page.get_by_label("Group 1 (km)").fill("fourteen")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Group 1 (km)")).to_have_attribute("aria-invalid", "true")
    assert page.get_by_label("Group 1 (km)").input_value() == "fourteen"

    runner = somebody("runner", width=PHONE)
    said = runner.go("/").get_by_role("region", name="Club run")
    expect(said).to_contain_text("Pier head")
    expect(said).to_contain_text(re.compile(r"The group of [\d.]+ km|Every group is longer"))
    assert [one for one in coach.complaints if "422" not in one] == []
