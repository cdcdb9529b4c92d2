"""Files dropped, watched as they are read, and taken back, in a real browser."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.members.activity_files.builders import plain_run, zipped

READ_MS = 60_000
DAY = dt.timedelta(days=1)
NAME = "a-very-long-name-without-a-space-" * 5


def year(first: dt.datetime, count: int) -> bytes:
    """An archive of half-hour runs, a day apart, with a torn file among them."""
    runs = {f"{n:03d}.gpx": plain_run(first + n * DAY, seconds=1800) for n in range(count)}
    return zipped(runs | {f"{NAME}.gpx": b"<gpx>"})


def choose(page, *files: tuple[str, bytes]) -> None:
    """Choose files and send them."""
    page.get_by_label("Files").set_input_files(
        [
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            for name, content in files
        ]
    )
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/import/*/")


def test_a_file_is_imported_once_on_a_phone(somebody):
    runner = somebody("runner", width=PHONE)
    content = plain_run(dt.datetime(2026, 1, 11, 17, 3, 21, tzinfo=dt.UTC), seconds=1800)
    for came in ("1 added.", "1 already there."):
        page = runner.go("/import/")
        choose(page, ("evening.gpx", content))
        expect(page.locator("#import-live")).to_contain_text(came)
        expect(page.locator(".import-entry")).to_contain_text("Sun 11 Jan 2026, 17:03 · 6.0 km")
    assert runner.violations() == []
    assert runner.complaints == []


@pytest.mark.parametrize("onto", ["[type=file]", "h1"])
def test_files_are_dropped_onto_the_page(somebody, tmp_path, onto):
    """Two files from a folder, let go over the field or beside it."""
    day = 5 if onto == "h1" else 8  # far from what other tests import
    paths = [tmp_path / "morning.gpx", tmp_path / "evening.gpx"]
    for path, hour, minutes in zip(paths, (6, 18), (30, 40), strict=True):
        begin = dt.datetime(2020, 6, day, hour, 3, 21, tzinfo=dt.UTC)
        path.write_bytes(plain_run(begin, seconds=60 * minutes))
    runner = somebody("runner")
    page = runner.go("/import/")

    let_go(page, onto, paths)

    expect(page.locator("[data-chosen]")).to_contain_text("2 files, ")
    page.get_by_role("button", name="Import").click()
    expect(page.locator("#import-live")).to_contain_text("2 added.")
    expect(page.locator(".import-entry")).to_contain_text(
        [f"{day} Jun 2020, 07:03 · 6.0 km", f"{day} Jun 2020, 19:03 · 8.0 km"]
    )
    assert runner.violations() == []
    assert runner.complaints == []


def let_go(page, onto: str, paths) -> None:
    """Drag files over the page and let go, as the browser's own window does it."""
    box = page.locator(onto).first.bounding_box()
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    files = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    window = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        window.send("Input.dispatchDragEvent", {"type": step, **where, "data": files})


def test_an_archive_is_watched_while_it_is_read_looked_through_and_taken_back(somebody):
    runner = somebody("runner")
    page = runner.go("/import/")
    choose(page, ("year.zip", year(dt.datetime(2021, 1, 1, 7, 0, tzinfo=dt.UTC), 300)))
    live = page.locator("#import-live")
    expect(live).to_contain_text("300 added, 1 failed.", timeout=READ_MS)
    expect(page.locator("#import-live[hx-get]")).to_have_count(0)  # it has stopped looking
    expect(page.locator("#import-said")).to_contain_text("Finished. 300 added, 1 failed.")
    expect(page.locator(".import-entry")).to_have_count(50)
    for width in (PHONE, DESKTOP):
        for scheme in ("light", "dark"):
            runner.look(width=width, scheme=scheme)
            assert runner.overflow() <= 0
            assert runner.violations() == []

    page.get_by_role("link", name="failed 1").click()
    expect(page.locator(".import-entry")).to_have_count(1)
    expect(page.locator(".import-entry")).to_contain_text("breaks off or is damaged")
    assert runner.overflow() <= 0
    page.get_by_role("link", name="Undo this import").click()
    expect(page.locator("main")).to_contain_text("300 activities it added will be deleted")
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_role("status").first).to_contain_text("300 activities taken back.")
    assert runner.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_an_unknown_table_is_explained_with_its_rows_in_view(somebody, script):
    month = "04" if script else "05"
    runner = somebody("runner", width=PHONE, java_script_enabled=script)
    page = runner.page
    page.goto(f"{runner.url}/import/")
    rows = "".join(f"{day:02d}.{month}.2020;{day},5;4{day}:30\n" for day in range(1, 5))
    heading = "When;How far;How long\n" if script else "Wann so;Wie weit;Wie lange so\n"
    choose(page, (f"mine-{month}.csv", (heading + rows).encode()))
    page.get_by_role("link", name="Answer").click()
    if script:
        assert runner.violations() == []

    page.get_by_label("Day", exact=True).select_option(index=1)
    page.get_by_label("Distance", exact=True).select_option(index=2)
    page.get_by_label("Time taken", exact=True).select_option(index=3)
    page.get_by_label("Days in figures are written").select_option("dmy")
    page.get_by_label("Decimals follow").select_option(",")
    page.get_by_label("Distance is in").select_option("mi")
    if not script:
        page.get_by_role("button", name="Show the rows again").click()
    expect(page.locator("#preview")).to_contain_text("2.4 km")
    page.get_by_label("Distance is in").select_option("km")
    page.get_by_role("button", name="Read it so").click()

    expect(page.locator("#import-live")).to_contain_text("4 added.")
    assert runner.complaints == []
