"""Every mail as a phone and a desk show it: light and dark, with images and without.

Nothing scrolls sideways, and axe-core finds nothing wrong, contrast included.
"""

import pytest
import time_machine
from playwright.sync_api import Browser, Page

from dashboards.mail_reading import read_mail
from tests.browser.conftest import AXE
from tests.dashboards.services.mails import SEVEN
from tests.every_mail import every_mail
from tests.mail_checks import as_sent, part

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def pages(membership, coach_membership, admin_membership):
    """The HTML of each kind of mail, with its picture in it and with the picture missing."""
    with time_machine.travel(SEVEN, tick=False):
        mails = every_mail(membership, coach_membership, admin_membership)
    return {
        (kind, images): html
        for kind, (sent, _) in mails.items()
        for images, html in (
            ("with images", read_mail(sent.message().as_bytes()).html),
            ("without images", part(as_sent(sent), "html")),
        )
    }


def wrong_with(page: Page) -> list[object]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    wrong = [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    sideways = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*wrong, f"{sideways} px too wide"] if sideways else wrong


@pytest.mark.timeout(240)
@pytest.mark.parametrize("width", [360, 640])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mail_is_readable(pages, chromium: Browser, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page, found = context.new_page(), {}
    for kind, html in pages.items():
        page.set_content(html)
        if wrong := wrong_with(page):
            found[kind] = wrong
    context.close()
    assert found == {}


def test_a_dark_mail_is_dark_and_a_missing_picture_is_told(pages, chromium: Browser):
    context = chromium.new_context(viewport={"width": 360, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.set_content(pages["runner", "without images"])
    colour = page.evaluate("getComputedStyle(document.querySelector('.page')).backgroundColor")
    assert colour == "rgb(27, 34, 38)"
    assert page.get_by_alt_text("9 March 31.0 km").count() == 1
    context.close()
