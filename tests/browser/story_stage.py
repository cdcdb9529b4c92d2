"""The stage of a story: a club's people at browsers, in this process, with the clock set."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

import time_machine
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from dashboards.models import Digest
from dashboards.services.digests import insert_due, send_digest
from injuries.services.assessing import runners_due, settle_weeks
from members.models import Role, User
from tests.browser.conftest import HEIGHTS, PHONE

# Browsers of this test take no service worker, for it would keep pages of another day.
EXPECTED = "Service Worker registration blocked"


def words(text: str) -> str:
    """Return a text in one line."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Stage:
    """The clock, and a browser for each who reads. Times are UTC, as is everybody's zone."""

    url: str
    chromium: Browser
    now: dt.datetime
    coaches: dict[str, User] = field(default_factory=dict)  # by the slug of their club
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    pages: dict[int | None, Page] = field(default_factory=dict)

    def __enter__(self) -> "Stage":
        self.travel = time_machine.travel(self.now, tick=True)
        self.clock = self.travel.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.travel.stop()
        for context in self.contexts:
            context.close()

    def at(self, day: int, month: int, *, hour: int = 9) -> None:
        """Set the clock of the server and of every browser, in 2026."""
        self.now = dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)
        self.clock.move_to(self.now)
        for page in self.pages.values():
            page.clock.set_fixed_time(self.now)

    @property
    def today(self) -> dt.date:
        """The day on the clock."""
        return self.now.date()

    def go(self, user: User | None, path: str) -> Page:
        """Open a page as somebody who is logged in, or as nobody."""
        who = user.pk if user else None
        if who not in self.pages:
            self.pages[who] = self._browser(user)
        page = self.pages[who]
        page.goto(self.url + path, wait_until="domcontentloaded")
        return page

    def _browser(self, user: User | None) -> Page:
        """Coaches do without scripts here: it is quicker, and the pages are to say the same."""
        context = self.chromium.new_context(
            viewport={"width": PHONE, "height": HEIGHTS[PHONE]},
            locale="en-GB",
            timezone_id="UTC",
            service_workers="block",
            java_script_enabled=user is None or user.memberships.first().role == Role.RUNNER,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        page = context.new_page()
        page.clock.set_fixed_time(self.now)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        return page

    def _hear(self, said: Any) -> None:
        if said.type in {"error", "warning"} and EXPECTED not in said.text:
            self.complaints.append(said.text)

    # --- What stands there -----------------------------------------------------------------------
    def my_week(self, user: User) -> tuple[str, ...]:
        """Return what my week says to do now, and where the way back stands."""
        page = self.go(user, "/")
        now = page.locator("section[aria-labelledby=now] > :not(.small, details)")
        return tuple(words(one) for one in [*now.all_inner_texts(), *self._way_back(page)])

    def boards(self) -> tuple[str, ...]:
        """Return what each club's board says of its one runner: badges and reasons."""
        rows = [self.go(one, f"/c/{slug}/").locator("li.br") for slug, one in self.coaches.items()]
        said = [row.locator(".br-say, .br-why ul, .br-why p").all_inner_texts() for row in rows]
        return tuple(words(" / ".join(one)) for one in said)

    def plans(self) -> tuple[str, ...]:
        """Return what the runner's page in each club says about the way back."""
        said = []
        for slug, coach in self.coaches.items():
            link = self.go(coach, f"/c/{slug}/").locator(".br-who a").get_attribute("href")
            said.append(words(" ".join(self._way_back(self.go(coach, str(link))))))
        return tuple(said)

    def _way_back(self, page: Page) -> list[str]:
        """Return the heading and, for a coach, the phase."""
        card = page.locator("section[aria-labelledby=way-back]")
        return card.locator("h2, h2 + p").all_inner_texts()

    # --- What runs by itself ---------------------------------------------------------------------
    def monday(self) -> dict[str, str]:
        """Let the weekly jobs run; return each mail by address: its subject and what it asks."""
        for runner_id, week in runners_due(now=self.now):
            settle_weeks([runner_id], week=week, now=self.now)
        mail.outbox.clear()
        insert_due(now=self.now)
        for digest in Digest.objects.filter(state="due"):
            assert send_digest(digest.pk, now=self.now) == "sent"
        return {one.to[0]: self._in_short(one) for one in mail.outbox}

    def _in_short(self, letter: Any) -> str:
        """Return the subject and each thing to know or do, without its link."""
        items: list[str] = []
        for line in letter.body.splitlines():
            if line.startswith("Mean of"):
                break
            if line.startswith("* "):
                items.append(line[2:])
            elif line.startswith("  ") and items and "http" not in line:
                items[-1] += f" {line.strip()}"
        return " | ".join([letter.subject, *items])

    def link_in_mail_to(self, address: str, *, part: str) -> str:
        """Return the path of the link of a mail that has this part."""
        (letter,) = [one for one in mail.outbox if one.to == [address]]
        (link,) = set(re.findall(rf"https?://[^/\s]+(/{part}/\S+)", letter.body))
        return link
