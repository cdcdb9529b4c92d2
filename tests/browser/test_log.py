"""The log page on a phone: five actions at most, nothing lost without a network, a light page."""

import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, ROOT, Demo, Person, _free_port

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


def settled(page):
    page.wait_for_load_state("networkidle")


def offline_ready(page):
    """Wait until the service worker keeps the log page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match('/log/offline/').then((found) => Boolean(found))")


def log_one(page, *, distance, duration="45"):
    page.get_by_label("Distance").fill(distance)
    page.get_by_label("Time", exact=True).fill(duration)
    page.get_by_role("button", name="Save").click()


def newest(person, count):
    """Return the distances of the newest entries as the API tells them, newest first."""
    return person.page.evaluate(
        "n => fetch(`/api/v1/activities/?limit=${n}`).then((answer) => answer.json())"
        ".then((found) => found.results.map((one) => one.distance_m))",
        count,
    )


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


# --- Nothing is lost ------------------------------------------------------------------------------
def test_a_reload_keeps_the_draft_and_logging_out_forgets_it(demo, open_browser):
    runner = open_browser(width=PHONE)
    login = demo.logins["runner"]
    runner.log_in(email=login["email"], password=login["password"])
    page = runner.go("/log/")
    page.get_by_label("Distance").fill("9.9")
    page.get_by_role("group", name="Any heel pain?").get_by_label("yes").check()
    during = page.get_by_role("slider", name=re.compile("during the run"))
    during.focus()
    page.keyboard.press("ArrowRight")
    page.reload()
    settled(page)
    expect(page.get_by_label("Distance")).to_have_value("9.9")
    expect(during).to_have_attribute("aria-valuetext", "0 of 10")
    kept = page.evaluate("JSON.stringify({...localStorage})")
    assert "9.9" in kept
    assert "during" not in kept

    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(lambda url: "/log/" not in url)
    assert "9.9" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


def test_two_runs_logged_offline_are_there_once_and_in_order(somebody):
    runner = somebody("runner", width=PHONE)
    page = runner.go("/log/")
    offline_ready(page)
    runner.page.context.set_offline(True)

    log_one(page, distance="3.11")
    expect(page.locator("h1")).to_have_text("Kept on this device")
    page.get_by_role("link", name="Log another").click()
    expect(page.get_by_text("There is no connection right now.")).to_be_visible()
    assert runner.violations() == []
    log_one(page, distance="3.22")
    expect(page.get_by_role("heading", name="2 entries wait on this device")).to_be_visible()
    assert runner.violations() == []

    runner.page.context.set_offline(False)
    expect(page.get_by_role("link", name="See what it means")).to_have_count(2, timeout=20_000)
    runner.go("/")
    assert newest(runner, 3)[:2] == [3220, 3110]
    runner.go("/log/")
    assert newest(runner, 4).count(3220) == 1


def test_two_tabs_send_what_waits_once_and_in_order(somebody):
    runner = somebody("runner", width=PHONE)
    first = runner.go("/log/")
    offline_ready(first)
    second = first.context.new_page()
    second.goto(first.url)
    first.context.set_offline(True)
    for page, distance in ((first, "6.11"), (second, "6.22"), (first, "6.33")):
        log_one(page, distance=distance)
        expect(page.locator("h1")).to_have_text("Kept on this device")
        page.get_by_role("link", name="Log another").click()
        expect(page.get_by_text("There is no connection right now.")).to_be_visible()
    asked = []
    for page in (first, second):
        page.on("request", lambda one: asked.append(one.url) if "/log/send/" in one.url else None)

    first.context.set_offline(False)

    for page in (first, second):
        expect(page.get_by_text("wait on this device")).to_be_hidden(timeout=20_000)
    assert len(asked) == 3
    runner.go("/")
    assert newest(runner, 4)[:3] == [6330, 6220, 6110]
    assert [newest(runner, 20).count(metres) for metres in (6110, 6220, 6330)] == [1, 1, 1]
    second.close()


def test_what_is_refused_later_says_why_at_its_field_and_can_be_mended(somebody):
    runner = somebody("runner", width=PHONE)
    page = runner.go("/log/")
    offline_ready(page)
    runner.page.context.set_offline(True)
    log_one(page, distance="three")
    expect(page.locator("h1")).to_have_text("Kept on this device")
    runner.page.context.set_offline(False)
    waiting = page.locator("#waiting")
    expect(waiting).to_contain_text(
        "Distance: Write the distance as a number of km", timeout=20_000
    )
    waiting.get_by_role("link", name="Mend it").click()
    distance = page.get_by_label("Distance")
    expect(distance).to_have_value("three")
    expect(distance).to_have_attribute("aria-invalid", "true")
    assert runner.violations() == []
    distance.fill("3.33")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text("Saved: 3.3 km")
    expect(waiting).to_be_hidden()


def test_a_login_that_has_ended_loses_nothing(demo, open_browser):
    runner = open_browser(width=PHONE)
    login = demo.logins["runner"]
    runner.log_in(email=login["email"], password=login["password"])
    page = runner.go("/log/")
    page.context.clear_cookies()

    log_one(page, distance="4.44")

    waiting = page.locator("#waiting")
    expect(waiting).to_contain_text("1 entry waits on this device")
    waiting.get_by_role("link", name="Log in").click()
    page.get_by_label("Email").fill(login["email"])
    page.get_by_label("Password", exact=True).fill(login["password"])
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="See what it means")).to_be_visible(timeout=20_000)
    assert newest(runner, 2).count(4440) == 1


def test_somebody_else_on_the_same_device_neither_sees_nor_sends_it(demo, open_browser):
    runner = open_browser(width=PHONE)
    first, second = demo.logins["runner"], demo.logins["coach"]
    runner.log_in(email=first["email"], password=first["password"])
    page = runner.go("/log/")
    page.context.clear_cookies()
    log_one(page, distance="5.55")
    expect(page.locator("#waiting")).to_contain_text("1 entry waits")

    runner.log_in(email=second["email"], password=second["password"])
    runner.go("/log/")
    expect(page.locator("#waiting")).to_be_hidden()
    assert 5550 not in newest(runner, 5)
    page.context.clear_cookies()
    runner.log_in(email=first["email"], password=first["password"])
    expect(page.get_by_role("link", name="See what it means")).to_be_visible(timeout=20_000)
    assert newest(runner, 3).count(5550) == 1


@pytest.mark.timeout(180)
def test_a_server_that_dies_in_between_loses_nothing(chromium, tmp_path):
    port, env = _free_port(), os.environ | {"VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "clubsite.demo", "--port", port, "--members", "3"]
    command += ["--weeks", "8", "--json"]

    def start():
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        return process, process.stdout.readline()

    def stop(process):
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        process.stdout.close()

    process, said = start()
    shown = json.loads(said)
    demo = Demo(shown["url"], shown["club"], {one["role"]: one for one in shown["logins"]})
    context = chromium.new_context(viewport={"width": PHONE, "height": 844})
    context.set_default_timeout(15_000)
    try:
        person = Person(context.new_page(), demo.url)
        login = demo.logins["runner"]
        person.log_in(email=login["email"], password=login["password"])
        page = person.go("/log/")
        offline_ready(page)
        stop(process)
        for distance in ("2.11", "2.22"):
            log_one(page, distance=distance, duration="15")
            expect(page.locator("h1")).to_have_text("Kept on this device")
            page.get_by_role("link", name="Log another").click()
            expect(page.get_by_text("There is no connection right now.")).to_be_visible()
        process, _ = start()
        person.go("/")
        expect(page.get_by_role("link", name="See what it means")).to_have_count(2, timeout=40_000)
        assert newest(person, 3)[:2] == [2220, 2110]
    finally:
        context.close()
        stop(process)


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
