"""The demo club as its users meet it: the real processes, and people at it in a real Chromium.

One demo club serves the whole folder. Tests that change something use a person or a thing of
their own, so that their order does not matter.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE, DESKTOP = 390, 1280
HEIGHTS = {PHONE: 844, DESKTOP: 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; without Chromium they are skipped and say so."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and os.environ.get("SUREFOOT_TEST_BROWSER") != "require":
                item.add_marker(pytest.mark.skip("Chromium is not installed"))


@dataclass
class Demo:
    """A running demo club, and who may log in."""

    url: str
    club: str
    logins: dict[str, dict[str, str]]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    process = subprocess.Popen(
        [sys.executable, "-m", "clubsite.demo", "--port", _free_port(), "--json"],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(tmp_path_factory.mktemp("demo"))},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        shown = json.loads(process.stdout.readline())
        yield Demo(shown["url"], shown["club"], {one["role"]: one for one in shown["logins"]})
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        finally:
            process.kill()
            process.communicate()


def _free_port() -> str:
    from clubsite.launch import choose_free_port  # noqa: PLC0415 (after the settings)

    return str(choose_free_port())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody at a browser; what the browser complains about is kept."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the site and wait until it is quiet and its charts are drawn."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        self.page.wait_for_load_state("networkidle")
        for chart in self.page.locator("[data-chart]:visible").all():
            chart.scroll_into_view_if_needed()
        undrawn = self.page.locator("[data-chart]:not([data-drawn]):visible")
        expect(undrawn).to_have_count(0, timeout=20_000)
        return self.page

    def log_in(self, *, email: str, password: str) -> None:
        self.go("/accounts/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url(lambda url: "/accounts/" not in url)

    def violations(self) -> list[tuple[str, str]]:
        """Return what axe-core finds wrong on this page: rule and first element."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)[
            "violations"
        ]
        return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]

    def look(self, *, width: int, scheme: str) -> None:
        """Turn to another window width and light or dark; charts follow."""
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        self.page.emulate_media(color_scheme=scheme)

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


@pytest.fixture
def open_browser(demo: Demo, chromium: Browser) -> Iterator[Callable[..., Person]]:
    """Return a function that opens a browser of its own for somebody."""
    contexts: list[BrowserContext] = []

    def open_for(**options: object) -> Person:
        width = options.pop("width", DESKTOP)
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS[width]}, locale="en-GB", **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        person = Person(context.new_page(), demo.url)
        person.page.on(
            "console",
            lambda said: (
                person.complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
        return person

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def sessions(demo: Demo, chromium: Browser) -> dict[str, dict]:
    """Log each role in once; the cookies serve every test."""
    states = {}
    for role, login in demo.logins.items():
        context = chromium.new_context()
        person = Person(context.new_page(), demo.url)
        person.log_in(email=login["email"], password=login["password"])
        states[role] = context.storage_state()
        context.close()
    return states


@pytest.fixture
def somebody(
    open_browser: Callable[..., Person], sessions: dict[str, dict]
) -> Callable[..., Person]:
    """Return a function that opens a browser as runner, coach, admin, or nobody ("")."""

    def open_as(role: str, **options: object) -> Person:
        return open_browser(storage_state=sessions.get(role), **options)

    return open_as
