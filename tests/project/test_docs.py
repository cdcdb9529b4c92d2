"""What the documents name exists: files, commands, addresses, variables. Nothing is left out."""

import importlib.util
import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLResolver, get_resolver

from injuries.risk.sentences import RUNNER

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    str(path.relative_to(ROOT)) for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
)
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "var"}


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(name):
    """Return what stands in a document as code: `spans` (also over a line's end) and blocks."""
    text = text_of(name)
    return re.findall(r"`([^`]+)`", text) + re.findall(r"^(?: {4}|\t)(.+)$", text, re.M)


def in_documents(pattern):
    """Return every (document, match) of a pattern in code."""
    return {
        (name, found)
        for name in DOCUMENTS
        for code in code_of(name)
        for found in re.findall(pattern, code)
    }


def section_of(name, heading):
    """Return the part of a document below a heading, up to the next one of the same depth."""
    _, _, rest = text_of(name).partition(f"\n## {heading}\n")
    assert rest, f"{name} has no part called {heading}"
    return rest.partition("\n## ")[0]


# --- Files ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name):
    text = text_of(name)
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    targets = {link.partition("#")[0] for link in links if "://" not in link}
    missing = [one for one in targets if one and not ((ROOT / name).parent / one).exists()]
    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_named_exists(name):
    words = {word.rstrip(".,:") for code in code_of(name) for word in code.split()}
    paths = {
        word.rstrip("/")
        for word in words
        if re.fullmatch(r"[\w./*-]+", word) and word.split("/")[0] in FOLDERS and "/" in word
    }
    made_by_install = {one for one in paths if one.startswith(".venv/")}
    missing = [one for one in paths - made_by_install if not list(ROOT.glob(one))]
    assert missing == []


def test_pictures_are_small_and_of_the_size_they_claim():
    sizes = {"board.png": (1280, 800), "my-week-phone.png": (390, 844)}
    for name, expected in sizes.items():
        content = (ROOT / "docs" / "screenshots" / name).read_bytes()
        assert len(content) < 200_000
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        assert (width, height) == expected


def test_the_index_of_decisions_is_whole():
    files = sorted(path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    assert re.findall(r"^\| \[\d{4}\]\((.+?)\)", text_of("docs/adr/README.md"), re.M) == files
    for name in files:
        parts = re.findall(r"^\*\*(\w+)\.\*\*", text_of(f"docs/adr/{name}"), re.M)
        assert parts == ["Context", "Decision", "Consequences"], name


# --- Commands -------------------------------------------------------------------------------------
def test_every_make_target_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.M))
    named = in_documents(r"(?<![\w-])make ([a-z][a-z-]*)")
    assert {one for one in named if one[1] not in targets} == set()
    assert {target for _, target in named} >= {"demo", "install", "serve", "test", "check"}


def test_every_management_command_named_exists():
    named = in_documents(r"manage\.py ([a-z_]+)")
    assert {one for one in named if one[1] not in get_commands()} == set()


def test_every_command_for_operators_is_named():
    own = {name for name, app in get_commands().items() if app in {"members", "injuries"}}
    named = {command for _, command in in_documents(r"manage\.py ([a-z_]+)")}
    assert own - named == set()


def test_every_module_to_run_exists():
    named = in_documents(r"python -m ([a-z_.]+)")
    assert {one for one in named if importlib.util.find_spec(one[1]) is None} == set()


# --- Variables ------------------------------------------------------------------------------------
SOURCES = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "clubsite").glob("*.py"))]
READERS = r'(?:env_\w+|environ\.get)\(\s*"([A-Z][A-Z_]+)"'
LITERAL_DEFAULTS = r'env_(?:int|str)\("([A-Z][A-Z_]+)", "?([\w/:.]+)"?\)'


def read_by_the_code():
    python = {name for source in SOURCES for name in re.findall(READERS, text_of(source))}
    compose = set(re.findall(r"\$\{([A-Z_]+)", text_of("docker-compose.yml")))
    return python | compose


def table_of_variables():
    """Return {name: default column}."""
    rows = section_of("docs/self-hosting.md", "Every variable")
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", rows, re.M))


def test_the_example_and_the_table_name_every_variable_and_no_other():
    example = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", text_of(".env.example"), re.M)
    assert len(example) == len(set(example))
    assert set(example) == read_by_the_code()
    assert set(table_of_variables()) == read_by_the_code()


def test_the_table_tells_the_defaults_of_the_code():
    table, told = table_of_variables(), {}
    for source in SOURCES:
        for name, default in re.findall(LITERAL_DEFAULTS, text_of(source)):
            told[name] = f"`{default.replace('_', '')}`"
    assert len(told) >= 8
    assert {name: table[name] for name in told if not table[name].startswith(told[name])} == {}


def test_secrets_that_may_stand_in_a_file_are_named():
    secrets = {
        name
        for source in SOURCES
        for name in re.findall(r'env_secret\("([A-Z_]+)"', text_of(source))
    }
    assert len(secrets) == 4
    for document in (".env.example", "docs/self-hosting.md"):
        text = text_of(document)
        assert [name for name in secrets if name not in text] == []
    named = re.findall(r"`([A-Z_]+)_FILE`", text_of("docs/self-hosting.md"))
    assert sorted(named) == sorted(secrets)


def test_every_check_of_an_installation_is_explained():
    ids = set(re.findall(r'id="surefoot\.(\w+)"', text_of("clubsite/checks.py")))
    part = section_of("docs/self-hosting.md", "Is it set up well?")
    assert set(re.findall(r"\b([EW]0\d\d)\b", part)) - {"W021", "W005"} == ids - {"W005"}
    assert len(ids) >= 10


# --- Addresses and rules --------------------------------------------------------------------------
def addresses(resolver=None, start="/"):
    """Yield every address of the site, its parts written <name>."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = start + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        else:
            bare = re.sub(r"<\w+:(\w+)>|\(\?P<(\w+)>[^)]*\)", r"<\1\2>", path)
            yield re.sub(r"[\^$]|\\(?=[.Zz])|\\[Zz]", "", bare).replace("<pk>", "<id>")


def test_every_address_named_exists():
    known = set(addresses())
    named = in_documents(r"^(/(?:[\w<>-]+/)*[\w<>-]*)$")
    files = ("/etc", "/var", "/opt", "/backup")
    ours = {one for one in named if not one[1].startswith(files)}
    assert len(ours) > 5
    wrong = {one for one in ours if not any(path.startswith(one[1]) for path in known)}
    assert wrong == set()


def test_the_api_is_told_whole():
    told = section_of("docs/api.md", "Endpoints")
    rows = re.findall(r"^\| (`.*?`) \|", told, re.M)
    named = {"/api/v1/" + one for row in rows for one in re.findall(r"`([^`]+)`", row)}
    assert named - {"/api/v1//api/v1/"} == {
        path for path in addresses() if path.startswith("/api/v1/")
    }


def test_every_rule_stands_in_the_risk_model():
    text = text_of("docs/risk-model.md")
    ids = {rule for rule, _ in RUNNER}
    in_a_range = {"RF1", "RF2", "RF3"}  # said as RF1-RF3
    assert "RF1-RF3" in text
    assert {one for one in ids - in_a_range if not re.search(rf"\b{one}\b", text)} == set()
