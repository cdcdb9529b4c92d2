"""Nothing typed is lost: by a reload, a network that is gone, another tab, a login that ended."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, ROOT, Demo, Person, _free_port
from tests.browser.log_steps import log_one, newest, offline_ready, settled


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
