"""What makes the site an app on a phone: the manifest, its icons, the service worker."""

import re
import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from clubsite.views import KEPT_OFFLINE

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_there(client):
    answer = client.get("/manifest.webmanifest")
    told = answer.json()

    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        content = Path(finders.find(icon["src"].removeprefix("/static/"))).read_bytes()
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert "{}x{}".format(*struct.unpack(">II", content[16:24])) == icon["sizes"]


def test_the_service_worker_sees_the_whole_site_and_keeps_what_the_log_form_needs(client):
    answer = client.get("/sw.js")
    script = answer.content.decode()

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    for name in KEPT_OFFLINE:
        assert finders.find(name), name
    kept = set(re.findall(r'"/static/([^"]+)"', script.replace(r"\u002D", "-")))
    assert kept == set(KEPT_OFFLINE)
    shell = client.get("/log/offline/").content.decode()
    needed = set(
        re.findall(
            r'<(?:script|link rel="stylesheet"|img)[^>]*(?:src|href)="/static/([^"]+)"', shell
        )
    )
    assert needed <= kept


def test_another_page_is_another_version(client, monkeypatch):
    before = client.get("/sw.js").content
    assert client.get("/sw.js").content == before

    monkeypatch.setattr("clubsite.views.shell", lambda: "another page")

    assert client.get("/sw.js").content != before


def test_every_page_names_the_manifest_and_colours_for_light_and_dark(client):
    page = client.get("/accounts/login/").content.decode()

    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    for scheme in ("light", "dark"):
        assert re.search(
            rf'name="theme-color" content="#\w+" media="\(prefers-color-scheme: {scheme}\)"', page
        )
