"""The command inside this process: every option, stream, error and exit status."""

import gc
import io
import json

import pytest

from injuries.risk import __main__ as command
from injuries.risk.schema import both_schemas
from tests.injuries.risk.test_command import EXAMPLE

BARE = '{"on": "2026-03-15"}'
EXPLAINED = [
    "2026-03-15: ease",
    "  next run up to 14.3 km until 2026-03-27",
    "  L1 over_10: Saturday's 16.0 km was longer than the longest you told us of (13.0 km).",
    "  S3 one_pair: Your only run of the last 60 days was in one pair. Runners who alternate "
    "two pairs were injured less often in one study.",
    "  L4 not judged: the last two weeks are not both known and comparable",
    "  L7 not judged: fewer than 28 earlier weeks of seven known days",
    "  P3 not judged: fewer than 3 morning reports in each of the two weeks",
]


@pytest.fixture(autouse=True)
def _collector():
    yield
    gc.enable()


@pytest.fixture(params=["orjson", "plain"])
def reader(request, monkeypatch):
    """Read as quickly as can be, and as where orjson is not installed."""
    if request.param == "plain":
        monkeypatch.setattr(command, "quick_loads", None)
    else:
        pytest.importorskip("orjson")
        assert command.quick_loads is not None
    return request.param


@pytest.fixture
def ask(monkeypatch, capsys):
    def run(text, *arguments):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        status = command.main(list(arguments))
        return status, *capsys.readouterr()

    return run


def test_one_history(ask, reader):
    status, out, err = ask(json.dumps(EXAMPLE))
    assert (status, err) == (0, "")
    assert json.loads(out)["training"] == "ease"
    assert out.endswith("}\n")


def test_lines_one_by_one_without_the_empty_ones(ask, reader):
    status, out, err = ask(f"{BARE}\n\n  \n{json.dumps(EXAMPLE)}\n", "--lines")
    assert (status, err) == (0, "")
    assert [json.loads(line)["training"] for line in out.splitlines()] == ["not_assessed", "ease"]
    assert not gc.isenabled()


def test_answers_before_a_bad_line_are_printed_and_empty_lines_are_counted(ask, reader):
    status, out, err = ask(f"{BARE}\n\n{{}}\n{BARE}\n", "--lines")
    assert (status, len(out.splitlines()), err) == (2, 1, "line 3: on: is required.\n")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "input: is not JSON (Expecting value).\n"),
        ("{", "input: is not JSON (Expecting property name enclosed in double quotes).\n"),
        ("[" * 100_000, "input: is not JSON (nested too deeply).\n"),
        ("[]", "input: must be an object.\n"),
        ('{"on": NaN}', "on: must be a date like 2026-03-15, from 1900 to 2999.\n"),
        (
            f'{{"on": "2026-03-15", "declared_longest_30d_m": 1{"0" * 400}}}',
            "declared_longest_30d_m: must be a whole number of metres, 1 to 10000000.\n",
        ),
        (
            '{"on": "2026-03-15", "declared_longest_30d_m": 18446744073709551616}',
            "declared_longest_30d_m: must be a whole number of metres, 1 to 10000000.\n",
        ),
        (
            '{"on": "2026-03-15", "declared_longest_30d_m": 5000.0}',
            "declared_longest_30d_m: must be a whole number of metres, 1 to 10000000.\n",
        ),
    ],
)
def test_both_ways_of_reading_refuse_with_the_same_words(ask, reader, text, error):
    assert ask(text) == (2, "", error)


def test_what_only_plain_reading_knows_is_read(ask, reader):
    """A lone half of a character: no UTF-8, so orjson refuses it."""
    status, out, _ = ask('{"on": "2026-03-15", "shoes": [{"id": "\\ud800"}]}')
    assert (status, json.loads(out)["shoes"]) == (0, False)


def test_the_last_of_two_fields_of_one_name_counts(ask, reader):
    _, out, _ = ask('{"on": "2026-03-14", "on": "2026-03-15"}')
    assert json.loads(out)["on"] == "2026-03-15"


def test_letters_of_all_alphabets_come_out_as_they_went_in(ask, reader):
    shoe = {"id": "Läufer 靴", "start_m": 600_000}
    _, out, _ = ask(json.dumps({"on": "2026-03-15", "shoes": [shoe]}))
    assert '"shoe": "Läufer 靴"' in out


def test_explained_for_people(ask):
    said = "".join(f"{line}\n" for line in EXPLAINED)
    assert ask(json.dumps(EXAMPLE), "--explain") == (0, said, "")


def test_a_long_ceiling_is_explained_to_the_metre(ask):
    far = {"on": "2026-03-15", "declared_longest_30d_m": 90_950}
    assert "up to 100.0 km" in ask(json.dumps(far), "--explain")[1]


def test_each_line_explained(ask):
    _, out, _ = ask(f"{BARE}\n{BARE}\n", "--lines", "--explain")
    assert out.count("2026-03-15: not assessed\n") == 2


def test_a_clinician_and_shoes_are_said_first(ask):
    history = {
        "on": "2026-03-15",
        "red_flags": [{"on": "2026-03-15", "answers": {"night_pain": True}}],
        "shoes": [{"id": "s1", "start_m": 800_000}],
    }
    _, out, _ = ask(json.dumps(history), "--explain")
    assert out.splitlines()[0] == "2026-03-15: rest, clinician within days, check shoes"


def test_the_schema(ask):
    status, out, err = ask("not read", "--schema")
    assert (status, err) == (0, "")
    assert out == json.dumps(both_schemas(), indent=2) + "\n"


def test_help_names_what_there_is(ask, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as ended:
        ask("", "--help")
    assert ended.value.code == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "usage: python -m injuries.risk [-h] [--lines] [--schema] [--explain]"
    assert 'ask "why?" of any history, without Django.' in said[2]
    assert said[-3:] == [
        "  --lines     one history, one answer a line",
        "  --schema    print the JSON Schema of both ways",
        "  --explain   print sentences instead of JSON",
    ]


def test_it_is_read_the_quick_way_where_there_is_one(ask, monkeypatch):
    read = []
    monkeypatch.setattr(command, "quick_loads", lambda text: read.append(text) or json.loads(text))
    assert ask(BARE)[0] == 0
    assert read == [BARE]


def test_bytes_that_are_no_text(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff"), encoding="utf-8"))
    assert command.main([]) == 2
    assert capsys.readouterr() == ("", "input: is not UTF-8 text.\n")
