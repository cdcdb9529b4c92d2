"""Every page, as who may see it, on a phone and a desk, light and dark.

axe-core finds nothing, the console stays empty (so the Content-Security-Policy held), nothing
scrolls sideways, there is one heading, and charts are drawn.
"""

import re

import pytest

from tests.browser.conftest import DESKTOP, PHONE

CLUB = "/c/harriers/"
PAGES = {
    "runner": """
        / /log/ /heel/ /heel/morning/ /check/ /history/ /history/?view=calendar /shoes/ /days/
        /routes/ /heel/guide/ /heel/guide/under_heel_inner/
        /import/ /settings/ /settings/who-looked/ /settings/tokens/ /mail/settings/ /data/
        /data/restore/ /data/erase/ /demo/mail/ /mail/preview/reminder/
        /accounts/password/change/ /accounts/email/ /accounts/2fa/ /shoes/untagged/ a-pair a-note
        /physio/
    """.split(),
    "coach": [
        CLUB,
        f"{CLUB}trends/",
        f"{CLUB}injuries/",
        f"{CLUB}plan/",
        f"{CLUB}plan/runs/",
        f"{CLUB}routes/",
        f"{CLUB}flags/",
        f"{CLUB}members/",
        "a runner",
        "a decision",
        "a preview",
        "/",
    ],
    "admin": [
        f"{CLUB}flags/",
        f"{CLUB}mail/",
        f"{CLUB}members/",
        f"{CLUB}members/roster/",
        f"{CLUB}settings/",
        "a member",
        "/",
    ],
    "": """
        /join/ /accounts/login/ /accounts/login/code/ /accounts/password/reset/ /accounts/signup/
    """.split(),
}
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "dark"), (DESKTOP, "light")]
LINKS = {
    "a preview": ("/mail/settings/", 'a[href*="/mail/preview/"]'),
    "a-pair": ("/shoes/", 'main li a.button[href^="/shoes/"]'),
    "a-note": ("/shoes/", 'main a[href$="/note/"]'),
    "a runner": (CLUB, 'a[href*="/runners/"]'),
    "a decision": (CLUB, 'a[href*="/decide/"]'),
    "a member": (f"{CLUB}members/", 'main td a[href*="/members/"]'),
}


def address_of(person, page: str) -> str:
    """Return the address of a page that is found through a link."""
    if page not in LINKS:
        return page
    overview, link = LINKS[page]
    return person.go(overview).locator(link).first.get_attribute("href")


def wrong_with(person) -> dict[str, object]:
    """Return what is wrong with the page as it stands; empty where nothing is."""
    wrong = {"violations": person.violations(), "overflow": person.overflow()}
    return {name: value for name, value in wrong.items() if value}


@pytest.mark.timeout(480)
@pytest.mark.parametrize("role", PAGES)
def test_every_page(somebody, role):
    person = somebody(role, width=PHONE)
    found = {}
    for page in PAGES[role]:
        person.look(width=PHONE, scheme="light")
        person.go(address_of(person, page))
        if person.page.locator("h1").count() != 1:
            found[page] = "not one heading"
        for width, scheme in LOOKS:
            person.look(width=width, scheme=scheme)
            if wrong := wrong_with(person):
                found[page, width, scheme] = wrong
        if person.complaints:
            found[page, "console"] = list(person.complaints)
            person.complaints.clear()
    assert found == {}


def test_plotly_is_loaded_where_a_chart_is_and_nowhere_else(somebody):
    runner = somebody("runner")
    loaded = []
    runner.page.on("request", lambda request: loaded.append(request.url))

    runner.go("/history/")
    assert not [url for url in loaded if "plotly.min" in url]

    runner.go("/")
    assert len([url for url in loaded if "plotly.min" in url]) == 1
    assert runner.page.locator("[data-chart] svg .trace").count() >= 2


def test_the_page_that_deletes_an_account_asks_who_it_is_and_looks_right(demo, open_browser):
    person = open_browser(width=PHONE)
    login = demo.logins["runner"]
    person.log_in(email=login["email"], password=login["password"])
    page = person.go("/data/erase/")
    page.get_by_label("Password", exact=True).fill(login["password"])
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("heading", name="What goes, at once and for good").wait_for()
    for width, scheme in LOOKS:
        person.look(width=width, scheme=scheme)
        assert wrong_with(person) == {}
    assert person.complaints == []


def test_the_note_for_the_store_prints_on_one_sheet(somebody):
    runner = somebody("runner")
    page = runner.go(address_of(runner, "a-note"))
    page.emulate_media(media="print")
    for hidden in ("header.site", "footer.site", "main form"):
        assert not page.locator(hidden).is_visible()
    assert page.get_by_text("What to ask there").is_visible()
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_a_page_that_is_not_there_says_so(somebody):
    runner = somebody("runner", width=PHONE)
    runner.go("/nothing-here/")
    assert runner.page.locator("h1").count() == 1
    assert runner.violations() == []
    assert runner.page.get_by_role("link", name="My week").count() >= 1
