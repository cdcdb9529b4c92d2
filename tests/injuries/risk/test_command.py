"""`python -m injuries.risk`: the JSON both ways, the errors, no Django."""

import json
import subprocess
import sys

import pytest

from injuries.risk.wire import Malformed, history_from_json

EXAMPLE = {
    "on": "2026-03-15",
    "adult": True,
    "previous_injury_12m": None,
    "declared_longest_30d_m": 13_000,
    "activities": [
        {
            "on": "2026-03-14",
            "kind": "run",
            "started_at": "2026-03-14T09:00:00+01:00",
            "distance_m": 16_000,
            "duration_s": 5_400,
            "effort": 6,
            "pain_during": 2,
            "gait_changed": False,
            "painkiller": False,
            "shoe": "s1",
            "imputed": False,
        }
    ],
    "days": [{"on": "2026-03-13", "status": "rest"}],
    "pain": [{"on": "2026-03-15", "first_step": 2, "after": None}],
    "problems": [],
    "checks": [{"week": "2026-W10", "answered_on": "2026-03-08", "answers": [8, 0, 8, 8]}],
    "red_flags": [{"on": "2026-03-10", "answers": {"night_pain": False, "numbness": None}}],
    "shoes": [{"id": "s1", "start_m": 0, "limit_m": 700_000, "first_used": "2025-10-01"}],
}


def ask(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "injuries.risk", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_one_history_in_one_assessment_out():
    done = ask(json.dumps(EXAMPLE))

    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(answer) == [
        "on", "engine", "training", "shoes", "clinician", "coverage_30", "ceiling_m",
        "ceiling_until", "measures", "flags", "not_assessed",
    ]  # fmt: skip
    assert (answer["training"], answer["ceiling_m"], answer["ceiling_until"]) == (
        "ease",
        14_300,
        "2026-03-27",
    )
    assert answer["measures"] == {
        "L1": {"ratio": 1.2308},
        "L4": {"change": None},
        "L7": {"z": None},
    }
    assert answer["flags"][0] == {
        "rule": "L1",
        "level": "over_10",
        "action": "ease",
        "values": {
            "distance_m": 16_000,
            "longest_30d_m": 13_000,
            "ratio": 1.2308,
            "run_on": "2026-03-14",
            "declared": True,
        },
        "text": "Saturday's 16.0 km was longer than the longest you told us of (13.0 km).",
    }


def test_lines_answer_in_order_and_name_the_bad_line():
    lines = [json.dumps({"on": day}) for day in ("2026-03-15", "2026-03-14")]

    done = ask("\n".join(lines) + "\n", "--lines")
    assert [json.loads(line)["on"] for line in done.stdout.splitlines()] == [
        "2026-03-15",
        "2026-03-14",
    ]

    broken = ask("\n".join([*lines, '{"on": 3}']), "--lines")
    assert broken.returncode == 2
    assert broken.stderr == "line 3: on: must be a date like 2026-03-15, from 1900 to 2999.\n"


def test_the_same_input_in_another_order_gives_the_same_bytes():
    runs = [{"on": f"2026-03-{day:02d}", "kind": "run", "distance_m": day} for day in range(1, 9)]
    one = json.dumps({"on": "2026-03-15", "activities": runs})
    other = json.dumps({"activities": runs[::-1], "on": "2026-03-15"})

    assert ask(one).stdout == ask(other).stdout


def test_explain_is_for_people():
    done = ask(json.dumps(EXAMPLE), "--explain")

    assert done.stdout.splitlines()[:2] == [
        "2026-03-15: ease",
        "  next run up to 14.3 km until 2026-03-27",
    ]


def changed(path: str, value: object) -> str:
    """Return the example with one field replaced, for example `activities.0.distance_m`."""
    data = json.loads(json.dumps(EXAMPLE))
    at = data
    *parents, last = path.split(".")
    for key in parents:
        at = at[int(key) if key.isdigit() else key]
    at[int(last) if last.isdigit() else last] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("path", "value", "error"),
    [
        ("on", None, "on: is required."),
        ("on", "15 March", "on: must be a date like 2026-03-15, from 1900 to 2999."),
        ("weight", 70, "weight: is not a field of this format."),
        ("adult", "yes", "adult: must be true or false."),
        ("activities", {}, "activities: must be a list."),
        ("activities.0", 3, "activities[0]: must be an object."),
        (
            "activities.0.distance_m",
            -1,
            "activities[0].distance_m: must be a whole number of metres, 0 to 10000000.",
        ),
        (
            "activities.0.distance_m",
            True,
            "activities[0].distance_m: must be a whole number of metres, 0 to 10000000.",
        ),
        (
            "activities.0.pain_during",
            11,
            "activities[0].pain_during: must be a whole number, 0 to 10.",
        ),
        (
            "activities.0.kind",
            "jog",
            "activities[0].kind: must be one of run, ride, swim, strength, mobility, walk, other.",
        ),
        (
            "activities.0.started_at",
            "2026-03-14T09:00:00",
            "activities[0].started_at: must name its offset, like +01:00.",
        ),
        ("activities.0.on", "2026-03-16", "activities[0].on: 2026-03-16 is after on (2026-03-15)."),
        (
            "days.0.status",
            "lazy",
            "days[0].status: must be one of rest, ill, injured, holiday, unknown.",
        ),
        ("checks.0.answers", [0, 0], "checks[0].answers: must be a list of four answers."),
        ("checks.0.answers.1", 9, "checks[0].answers[1]: must be 0, 8, 17, 25 or null."),
        (
            "checks.0.week",
            "2026-W60",
            "checks[0].week: must be a week like 2026-W10, from 1900 to 2999.",
        ),
        (
            "red_flags.0.answers.itch",
            True,
            "red_flags[0].answers.itch: is not a red-flag question.",
        ),
        (
            "red_flags.0.answers.wound",
            1,
            "red_flags[0].answers.wound: must be true, false or null.",
        ),
        ("shoes.0.id", "", "shoes[0].id: must be a text."),
        (
            "shoes.0.limit_m",
            0,
            "shoes[0].limit_m: must be a whole number of metres, 1 to 10000000.",
        ),
        ("shoes.0.comfort", 8, "shoes[0].comfort: must be a list."),
        (
            "shoes.0.comfort",
            [{"on": "2026-03-01", "value": 8}, {"on": "2026-03-16", "value": 8}],
            "shoes[0].comfort[1].on: 2026-03-16 is after on (2026-03-15).",
        ),
        (
            "shoes.0.comfort",
            [{"on": "2026-03-01", "value": 8.5}],
            "shoes[0].comfort[0].value: must be a whole number, 0 to 10.",
        ),
        ("shoes.0.comfort", [{"on": "2026-03-01"}], "shoes[0].comfort[0].value: is required."),
    ],
)
def test_malformed_input_names_its_field(path, value, error):
    with pytest.raises(Malformed) as refused:
        history_from_json(json.loads(changed(path, value)))
    assert str(refused.value) == error


@pytest.mark.parametrize("text", ["", "{", "[]", "nan", "x", "[" * 100_000])
def test_what_is_no_history_ends_with_two_and_one_line(text):
    done = ask(text)

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("input: ")


def test_the_engine_runs_without_django():
    code = (
        "import sys; sys.modules['django'] = None; sys.modules['celery'] = None\n"
        "import injuries.risk, injuries.risk.__main__\n"
        "assert not any(name.startswith('django.') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_help_ends_with_zero():
    assert ask("", "--help").returncode == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("on", "0001-01-01"),
        ("on", "9999-12-31"),
        ("declared_longest_30d_m", 10**400),
        ("activities", [{"on": "1899-12-31", "kind": "run"}]),
        ("activities", [{"on": "2026-03-15", "kind": "run", "distance_m": 10_000_001}]),
    ],
)
def test_what_no_calendar_and_no_figure_can_hold_is_malformed(field, value):
    with pytest.raises(Malformed, match=rf"^{field}"):
        history_from_json(EXAMPLE | {"activities": []} | {field: value})


@pytest.mark.parametrize("on", ["1900-01-01", "2999-12-31"])
def test_the_ends_of_the_calendar_are_judged_like_any_day(on):
    history = {
        "on": on,
        "declared_longest_30d_m": 10_000_000,
        "activities": [{"on": on, "kind": "run", "distance_m": 10_000_000}],
        "days": [{"on": on, "status": "rest"}],
    }
    assert ask(json.dumps(history)).returncode == 0


def test_a_reader_who_leaves_early_sees_no_traceback():
    line = json.dumps(EXAMPLE) + "\n"
    with subprocess.Popen(
        [sys.executable, "-m", "injuries.risk", "--lines"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdout.close()
        _, said = process.communicate(line * 2_000, timeout=60)
    assert (process.returncode, said) == (0, "")
