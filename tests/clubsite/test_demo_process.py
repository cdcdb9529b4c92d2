"""`python -m clubsite.demo` and `python -m clubsite.serve` as real processes."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"runner": "/", "coach": "/c/{club}/", "admin": "/c/{club}/members/"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(module: str, *arguments: str, var_dir: Path) -> subprocess.Popen[str]:
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=env | {"VAR_DIR": str(var_dir), "TMPDIR": str(var_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stop(process: subprocess.Popen[str]) -> tuple[int, float]:
    """Return the exit status and how many seconds the end took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    try:
        status = process.wait(20)
    finally:
        process.kill()
        process.communicate()
    return status, time.monotonic() - began


class Visitor:
    """A browser without the browser: cookies, forms and addresses."""

    def __init__(self, url: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> tuple[int, str, str]:
        with self.opener.open(self.url + path, timeout=20) as answer:
            return answer.status, answer.url, answer.read().decode()

    def log_in(self, *, email: str, password: str) -> str:
        """Return the address the login leads to."""
        _, _, page = self.get("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = {"login": email, "password": password, "csrfmiddlewaretoken": token[1]}
        request = urllib.request.Request(  # noqa: S310 (our own server)
            self.url + "/accounts/login/",
            data=urllib.parse.urlencode(form).encode(),
            headers={"Referer": self.url + "/accounts/login/"},
        )
        with self.opener.open(request, timeout=20) as answer:
            return str(answer.url)


def says_its_name(page: str) -> bool:
    return len(re.findall(r"<h1[\s>]", page)) == 1


@pytest.mark.timeout(110)
def test_demo_serves_three_roles_and_stops_within_ten_seconds(tmp_path):
    port = free_port()
    process = start(
        "clubsite.demo", "--port", str(port), "--members", "8", "--weeks", "12", "--json",
        var_dir=tmp_path,
    )  # fmt: skip
    try:
        shown = json.loads(process.stdout.readline())
        assert shown["url"] == f"http://127.0.0.1:{port}"
        assert [login["role"] for login in shown["logins"]] == ["runner", "coach", "admin"]
        for login in shown["logins"]:
            visitor = Visitor(shown["url"])
            landed = visitor.log_in(email=login["email"], password=login["password"])
            assert "/accounts/" not in landed, f"{login['role']} needs a second step: {landed}"
            status, _, page = visitor.get(PAGES[login["role"]].format(club=shown["club"]))
            assert status == 200
            assert says_its_name(page)
    finally:
        status, seconds = stop(process)
    assert status == 0
    assert seconds < 10
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "something still listens"


def test_demo_is_stopped_while_it_prepares(tmp_path):
    process = start("clubsite.demo", "--port", str(free_port()), var_dir=tmp_path)
    until = time.monotonic() + 60
    while not any(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.1)  # its first step has begun
    status, seconds = stop(process)
    assert status == 0
    assert seconds < 10


def test_demo_says_in_one_line_that_the_wanted_port_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start("clubsite.demo", "--port", str(port), var_dir=tmp_path)
        printed, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert printed == ""
    assert said == f"Port {port} is taken; choose another with --port.\n"


@pytest.mark.timeout(60)
def test_serve_starts_an_empty_installation(tmp_path):
    port = free_port()
    process = start("clubsite.serve", "--port", str(port), var_dir=tmp_path)
    try:
        assert process.stdout.readline() == f"Surefoot: http://127.0.0.1:{port}\n"
        status, landed, _ = Visitor(f"http://127.0.0.1:{port}").get("/")
        assert status == 200
        assert landed.startswith(f"http://127.0.0.1:{port}/accounts/login/")
    finally:
        status, seconds = stop(process)
    assert status == 0
    assert seconds < 10
