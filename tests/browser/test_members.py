"""An admin takes a list in, a link is handed over, somebody joins, and a coach is taken out."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE

MEMBERS = "/c/harriers/members/"
LIST = """Name;E-Mail;Rolle;Gruppe
Nora Neumann;nora.neumann@example.org;Läuferin;
Otto Ohm;otto.ohm(at)example.org;;
Pia Park;pia.park@example.org;Queen;
Quinn Query;quinn.query@example.org;coach;
Rae Rowe;rae.rowe@example.org;;
"""


def test_a_list_comes_in_and_somebody_joins(somebody, open_browser):
    admin = somebody("admin")
    page = admin.go(MEMBERS)
    page.get_by_role("link", name="Invite a whole list").click()
    page.get_by_label("Paste the list").fill(LIST)
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_role("alert")).to_contain_text("2 of 5 need a look")
    expect(page.get_by_text("“Queen” is no role here; choose one.")).to_be_visible()
    assert (admin.violations(), admin.overflow()) == ([], 0)
    page.get_by_role("group", name="2. Otto Ohm").get_by_label("Email").fill("otto.ohm@example.org")
    page.get_by_role("group", name="3. Pia Park").get_by_label("Leave out").check()
    page.get_by_role("button", name="Invite them").click()
    expect(page.get_by_role("status").first).to_contain_text("4 people are invited")

    page.get_by_role("button", name="Link to hand over to nora.neumann@example.org").click()
    link = page.locator("main a[href*='/join/']").get_attribute("href")
    assert admin.violations() == []

    new = open_browser(width=PHONE)
    page = new.go(link)
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("Nora Neumann")
    page.get_by_role("group", name="Are you 18").get_by_label("Yes").check()
    page.get_by_role("group", name="keep your answers about pain").get_by_label("No").check()
    page.get_by_label(re.compile("^My status")).check()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="My week")).to_be_visible()

    coach = somebody("coach")
    page = coach.go("/c/harriers/?q=nora+neumann")
    expect(page.locator("#rows > li")).to_contain_text("Nora Neumann")
    expect(page.locator("#rows > li")).to_contain_text("no entry in 12 weeks")
    assert new.complaints == admin.complaints == []


def test_a_code_asks_for_a_link(somebody, open_browser):
    admin = somebody("admin")
    page = admin.go(MEMBERS)
    page.get_by_role("button", name="Make a code").click()
    code = page.locator(".code").inner_text()

    new = open_browser(width=PHONE)
    page = new.go("/accounts/login/")
    page.get_by_role("link", name="join by your club's code").click()
    page.get_by_label("The club's code").fill("AAAA-BBBB")
    page.get_by_label("Your email").fill("sky.stone@example.org")
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_text("No club has this code now")).to_be_visible()
    page.get_by_label("The club's code").fill(code.lower())
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    assert new.violations() == []

    page = admin.go(MEMBERS)
    expect(page.get_by_text("sky.stone@example.org by the club's code")).to_be_visible()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("button", name="Make a code")).to_be_visible()


def test_a_coach_who_is_taken_out_has_nothing_left_in_an_open_tab(somebody, open_browser, demo):
    """Quinn joins as a coach, opens the board, and is taken out meanwhile."""
    admin = somebody("admin")
    page = admin.go(MEMBERS)
    page.get_by_label("Email").fill("val.vance@example.org")
    page.get_by_label("Role").select_option("coach")
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_role("button", name="Link to hand over to val.vance@example.org").click()
    link = page.locator("main a[href*='/join/']").get_attribute("href")

    coach = open_browser()
    page = coach.go(link)
    page.get_by_role("textbox", name="Your name").fill("Val Vance")
    page.get_by_role("group", name="Are you 18").get_by_label("Yes").check()
    page.get_by_role("group", name="keep your answers about pain").get_by_label("No").check()
    page.get_by_role("button", name="Join").click()
    page = coach.go("/c/harriers/")
    expect(page.locator("#rows > li").first).to_be_visible()

    page = admin.go(MEMBERS)
    page.get_by_role("link", name="Change Val Vance").click()
    page.get_by_role("link", name=re.compile("End", re.I)).or_(
        page.get_by_role("button", name=re.compile("End", re.I))
    ).first.click()
    page.get_by_role("button", name=re.compile("End", re.I)).first.click()

    assert coach.page.reload().status == 404
