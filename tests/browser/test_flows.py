"""What people come for, done in a real browser against the running demo club."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

MAIL_WITHIN_S = 75


def last_mail_to(person, address: str):
    """Open the newest mail to somebody in the demo's mailbox; a job sends it within a minute."""
    for _ in range(MAIL_WITHIN_S):
        page = person.go("/demo/mail/")
        row = page.locator("tr", has_text=address).first
        if row.count():
            break
        page.wait_for_timeout(1000)
    row.get_by_role("link").click()
    return page.locator("pre").first.text_content()


# --- A runner ------------------------------------------------------------------------------------
def test_a_run_is_logged_on_a_phone_changed_and_deleted(somebody):
    runner = somebody("runner", width=PHONE)
    page = runner.go("/")
    page.get_by_role("link", name="+ Log a run").click()

    page.get_by_label("Distance").fill("7.5")
    page.get_by_label("Time", exact=True).fill("45")
    expect(page.locator("[data-pace-output]")).to_have_text("6:00 /km")
    expect(page.get_by_text("Worst pain during the run", exact=True)).to_be_hidden()
    page.get_by_role("group", name="Any heel pain?").get_by_label("yes").check()
    expect(page.get_by_text("Worst pain during the run", exact=True)).to_be_visible()
    page.get_by_role("slider", name=re.compile("during the run")).fill("2")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("h1")).to_contain_text("Saved: 7.5 km")
    expect(page.locator("main")).to_contain_text("This run")
    assert runner.violations() == []

    page.get_by_role("link", name="Change this one").click()
    expect(page.get_by_label("Time", exact=True)).to_have_value("45:00")
    page.get_by_label("Distance").fill("8")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text("Saved: 8.0 km")

    page.get_by_role("link", name="Change this one").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".messages")).to_contain_text("Deleted.")
    expect(page.locator("tbody tr").first).not_to_contain_text("8.0 km")
    assert runner.complaints == []


def test_what_was_typed_wrong_is_named_at_its_field_and_nothing_is_lost(somebody):
    page = (runner := somebody("runner", width=PHONE)).go("/log/")
    page.get_by_label("Distance").fill("ten")
    page.get_by_label("Time", exact=True).fill("1:05:30")
    page.get_by_text("More: ground").click()
    page.get_by_label("Note").fill("Past the mill")
    page.get_by_role("button", name="Save").click()

    distance = page.get_by_label("Distance")
    expect(distance).to_have_attribute("aria-invalid", "true")
    expect(distance).to_have_value("ten")
    expect(page.get_by_label("Time", exact=True)).to_have_value("1:05:30")
    expect(page.get_by_label("Note")).to_have_value("Past the mill")
    expect(page.get_by_text("Write the distance as a number of km")).to_be_visible()
    assert runner.violations() == []


def test_a_run_is_logged_by_keyboard_alone(somebody):
    page = somebody("runner").go("/log/")
    page.get_by_label("Distance").focus()
    for keys in ("3.2", "20"):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Saved: 3.2 km")


def test_a_run_is_logged_without_any_script(somebody):
    page = somebody("runner", java_script_enabled=False).go("/log/")
    page.get_by_label("Distance").fill("4.1")
    page.get_by_label("Time", exact=True).fill("25:30")
    expect(page.get_by_text("Worst pain during the run", exact=True)).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text("Saved: 4.1 km")


def test_shoes_are_added_with_their_distance_so_far_and_retired(somebody):
    page = (runner := somebody("runner")).go("/shoes/")
    page.locator("summary", has_text="Add a pair").click()
    page.get_by_label("What you call them").fill("Race pair")
    page.get_by_label("Distance so far (km)").fill("120")
    page.get_by_role("button", name="Add the pair").click()
    pair = page.locator(".card", has_text="Race pair").first
    expect(pair).to_contain_text("120.0 km of 800.0 km")
    pair.get_by_role("link", name="Open Race pair").click()
    assert runner.violations() == []
    page.get_by_role("button", name="Retire the pair").click()
    page.goto(runner.url + "/shoes/")
    page.locator("summary", has_text="Retired pairs").click()
    expect(page.locator("details", has_text="Retired pairs")).to_contain_text("Race pair")
    assert runner.violations() == []


def test_what_a_longer_run_would_mean_is_answered_in_the_page(somebody):
    runner = somebody("runner", width=PHONE)
    page = runner.go("/")
    answer = page.locator("#what-if-answer")
    answer.get_by_label("How far would it be (km)?").fill("60")
    answer.get_by_role("button").click()
    expect(answer.get_by_role("status")).to_contain_text("60.0 km would be more than twice")
    answer.get_by_label("How far would it be (km)?").fill("far")
    answer.get_by_role("button").click()
    expect(answer).to_contain_text("Write the distance as a number of km")
    assert runner.violations() == []
    assert all("422" in said for said in runner.complaints)


# --- A coach: more in test_coach.py ------------------------------------------------------------
def test_a_runners_page_shows_the_chart_and_the_same_as_a_table(somebody):
    coach = somebody("coach")
    page = coach.go("/c/harriers/")
    page.locator(".br-who a").first.click()
    coach.go(page.url)
    assert page.locator("[data-chart] svg .trace").count() >= 1
    page.get_by_text("The days as a table").click()
    expect(page.locator("table").first).to_be_visible()


# --- From an invitation to the board -------------------------------------------------------------
@pytest.mark.timeout(180)
def test_a_new_member_joins_logs_a_sore_run_and_the_coach_sees_who_should_see_a_clinician(
    somebody, open_browser
):
    admin = somebody("admin")
    page = admin.go("/c/harriers/members/")
    page.get_by_label("Email").fill("nora.new@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator("main")).to_contain_text("nora.new@example.org")
    link = re.search(r"http\S+/join/\S+", last_mail_to(admin, "nora.new@example.org"))[0]

    nora = open_browser(width=PHONE)
    page = nora.go(link)
    assert nora.violations() == []
    page.get_by_label("Your name", exact=True).fill("Nora New")
    page.get_by_label("Password", exact=True).fill("a long enough phrase")
    page.get_by_role("group", name="Are you 18 or older?").get_by_label("Yes").check()
    page.get_by_role("group", name=re.compile("pain")).get_by_label(re.compile("^Yes")).check()
    page.get_by_role("group", name=re.compile("coaches see")).get_by_label(
        re.compile("^My status")
    ).check()
    page.get_by_role("button", name="Join").click()
    expect(page.locator("h1")).to_have_text("My week")
    expect(page.locator("main")).to_contain_text("Start with your last run")

    page.get_by_role("link", name="+ Log a run").click()
    page.get_by_label("Distance").fill("6")
    page.get_by_label("Time", exact=True).fill("40")
    page.get_by_role("group", name="Any heel pain?").get_by_label("yes").check()
    page.get_by_role("slider", name=re.compile("during the run")).fill("4")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Name the spot").click()
    page.get_by_role("group", name="Which heel?").get_by_label("left", exact=True).check()
    page.get_by_role("group", name="Where?").get_by_label(
        re.compile("Under the heel, inner")
    ).check()
    page.get_by_role("button", name="Open it and answer").click()
    expect(page.locator("h1")).to_have_text("Safety questions")
    assert nora.violations() == []
    for question in page.locator("main fieldset").all():
        question.get_by_label("no", exact=True).check()
    page.get_by_role("group", name=re.compile("night")).get_by_label("yes", exact=True).check()
    page.get_by_role("button", name="Save the answers").click()

    week = nora.go("/")
    expect(week.locator(".status-clinician").first).to_be_visible()
    assert nora.violations() == []
    assert nora.complaints == []

    coach = somebody("coach")
    board = coach.go("/c/harriers/?show=clinician")
    row = board.locator(".br", has_text="Nora New")
    expect(row).to_contain_text("advised to seek advice")
    for detail in ("night", "4 of 10", "under the heel"):
        expect(row).not_to_contain_text(detail)


def test_logging_in_by_a_mailed_code(demo, somebody, open_browser):
    address = demo.logins["runner"]["email"]
    runner = open_browser(width=PHONE)
    page = runner.go("/accounts/login/")
    page.get_by_role("link", name="Mail me a code").click()
    page.get_by_label("Email").fill(address)
    page.get_by_role("button", name="Request Code").click()
    expect(page.locator("h1")).to_have_text("Enter Sign-In Code")
    text = last_mail_to(somebody("admin"), address)
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", text, re.M)[1]
    page.get_by_label("Code").fill(code)
    assert runner.violations() == []
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("h1")).to_have_text("My week")


def test_weekly_mail_stops_by_one_click_without_a_login(somebody, open_browser):
    text = last_mail_to(somebody("admin"), "isla.joyce@")
    link = re.search(r"http\S+/mail/off/\S+", text)[0]
    reader = open_browser(width=PHONE)
    page = reader.go(link)
    assert reader.violations() == []
    page.get_by_role("button", name="Stop it").click()
    expect(page.locator("main")).not_to_contain_text("Stop it")
