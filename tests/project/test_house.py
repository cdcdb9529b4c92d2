"""The repository as a whole: where things stand, how commands behave, what no file may hold."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import execute_from_command_line, get_commands
from django.db import connections

ROOT = Path(__file__).resolve().parents[2]
APPS = {"clubsite", "members", "injuries", "dashboards"}
OWN_TESTS = {"project", "browser", "servers"}  # tests about more than one folder

if not (ROOT / ".git").exists() or shutil.which("git") is None:
    pytest.skip("needs git and a checkout", allow_module_level=True)

FILES = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.splitlines()
TEMPLATES = [name for name in FILES if name.endswith(".html")]
COMMANDS = sorted(name for name, app in get_commands().items() if app in APPS)


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def with_parts(name):
    """Return the text of a template and of every template it includes."""
    text = text_of(name)
    parts = re.findall(r'{% include "([^"]+)"', text)
    found = [one for part in parts for one in TEMPLATES if one.endswith(f"/templates/{part}")]
    return text + "".join(with_parts(one) for one in found)


# --- Layout ---------------------------------------------------------------------------------------
def test_the_top_holds_what_the_design_says():
    folders = {name.split("/")[0] for name in FILES if "/" in name}
    assert folders == APPS | {".ci", "benchmarks", "docs", "tests"}
    files = {name for name in FILES if "/" not in name}
    assert files <= set(
        "README.md CONTRIBUTING.md CHANGELOG.md SECURITY.md LICENSE Makefile pyproject.toml "
        "requirements.in requirements.txt requirements-dev.in requirements-dev.txt "
        "docker-compose.yml Dockerfile manage.py .dockerignore .env.example .gitignore".split()
    )


def test_tests_mirror_the_code():
    folders = {Path(name).parent.relative_to("tests") for name in FILES if name.startswith("tests")}
    code = {Path(name).parent for name in FILES}
    mirrored = {one for one in folders if one.parts and one.parts[0] not in OWN_TESTS}
    assert mirrored - code == set()


def test_every_tests_folder_is_a_package():
    folders = {Path(name).parent for name in FILES if name.startswith("tests/")}
    packages = {folder for folder in folders if f"{folder}/__init__.py" in FILES}
    assert folders - packages == set()


def test_no_file_names_a_place_on_one_machine():
    machine = re.compile(r"(?<![\w.])/(?:work|tmp/team|root|home/\w+)/")
    kinds = (".py", ".md", ".html", ".txt", ".in", ".toml", ".yml", ".js", ".css", "Makefile")
    found = [name for name in FILES if name.endswith(kinds) and machine.search(text_of(name))]
    assert [name for name in found if not name.endswith("test_house.py")] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes(name):
    entries = re.split(r"\n(?=\S)", text_of(name).strip())
    packages = [one for one in entries if not one.startswith(("#", "-c "))]
    assert len(packages) > 20
    wrong = [one for one in packages if not re.match(r"[\w.\-\[\],]+==[\w.]+[^\n]* \\\n", one)]
    assert wrong == []
    assert [one for one in packages if "--hash=sha256:" not in one] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_asked_for_is_pinned(name):
    asked = re.findall(r"^[a-zA-Z][\w.-]*", text_of(f"{name}.in"), re.M)
    pinned = set(re.findall(r"^([\w.-]+)(?:\[.*\])?==", text_of(f"{name}.txt"), re.M))
    assert {one.lower() for one in asked} - pinned == set()


# --- Commands -------------------------------------------------------------------------------------
@pytest.fixture
def manage(monkeypatch, capsys, db):
    """Return a function that runs manage.py: (exit code, lines on stdout, lines on stderr)."""
    # A command closes its connections at the end; the test's own is still needed.
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(*arguments):
        code = 0
        try:
            execute_from_command_line(["manage.py", *arguments])
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        return code, out.splitlines(), err.splitlines()

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, manage):
    code, out, err = manage(command, "--help")
    assert (code, err) == (0, [])
    assert out[0].startswith(f"usage: manage.py {command}")
    own = " ".join(out).split("show this help message and exit")[0]
    assert len(own) > 60, "say what it does"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_call_ends_with_two_and_one_line(command, manage):
    code, out, err = manage(command, "--no-such-option")
    assert (code, out) == (2, [])
    errors = [line for line in err if not line.startswith(("usage:", " "))]
    assert len(errors) == 1
    assert errors[0].startswith(f"manage.py {command}: error: ")


WRONG = [
    (2, ["assess_week", "--club", "none"], "There is no club none."),
    (2, ["assess_week", "--week", "soon"], "'soon' is not a week; write it like 2026-W10."),
    (1, ["backtest", "--club", "none"], "There is no club none."),
    (2, ["backtest"], "Name files, or a club with --club."),
    (2, ["backtest", "x", "--club", "y"], "Name files or a club, not both."),
    (2, ["backtest", "nowhere.csv"], "nowhere.csv: there is no such file."),
    (2, ["backtest", "x", "--resamples", "0"], "--resamples must be from 1 to 100000."),
    (1, ["create_club", "Heath", "--admin", "nobody"], "email: Write one email address."),
    (2, ["demo", "--members", "0"], "--members must be from 1 to 5000."),
    (2, ["import_activities", "--member", "a@b.org", "x"], "Nobody here has the email a@b.org."),
    (2, ["send_digests", "--club", "none"], "There is no club none."),
]


@pytest.mark.parametrize(("expected", "arguments", "line"), WRONG)
def test_an_error_is_one_line(expected, arguments, line, manage):
    assert manage(*arguments) == (expected, [], [f"CommandError: {line}"])


# --- Templates ------------------------------------------------------------------------------------
INLINE = {
    "script": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "style": re.compile(r"<style|\sstyle\s*=", re.I),
    "handler": re.compile(r"""<[^>]*\s(?:on\w+|hx-on[\w:-]*)\s*=|javascript:""", re.I),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_code_and_no_style(name):
    """The Content-Security-Policy would refuse it, and so would a reader."""
    text = text_of(name)
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "name", [name for name in TEMPLATES if '{% extends "base.html" %}' in text_of(name)]
)
def test_a_page_has_one_heading_and_a_title(name):
    """The base has the only h1; a page fills it and names itself in the tab."""
    text = text_of(name)
    assert text.count("{% block heading %}") == 1 or "layouts" in name
    assert text.count("{% block title %}") == 1 or "layouts" in name
    assert "<h1" not in text or "{% block page_heading %}" in text


def test_a_page_loads_what_draws_charts_where_it_has_one_and_only_there():
    pages = [name for name in TEMPLATES if "{% extends" in text_of(name)]
    drawn = {
        name
        for name in pages
        # A part that is fetched at once is one of the page's: the course of a sore spot.
        if "data-chart=" in with_parts(name) or 'hx-trigger="load"' in text_of(name)
    }
    loading = {name for name in pages if '{% include "ui/charts.html" %}' in text_of(name)}

    assert drawn == loading
    assert len(drawn) >= 4
