"""manage.py backtest: files or a club in, figures out, and what its exit says."""

import json

import pytest
from django.core.management import CommandError, call_command

from injuries.backtest.lovdal import EVENTS
from tests.injuries.backtest.shared import LOVDAL, needs_lovdal
from tests.injuries.clubs import logging_runner

DAILY = "athlete,sessions,km,day,injury\n"


@pytest.fixture
def write(tmp_path):
    def write_file(name, text):
        (tmp_path / name).write_text(text)
        return str(tmp_path / name)

    return write_file


@pytest.fixture
def log(write):
    """Two athletes with 20 weeks of 40 km, and a run of 20 km in week 10."""
    rows = [
        f"{athlete},1,{20 if day == 73 else 10 if day % 7 in (0, 2, 4, 6) else 0},{day},\n"
        for athlete in (3, 4)
        for day in range(140)
    ]
    return write("daily_long.csv", DAILY + "".join(rows))


def said(capsys, *arguments):
    call_command("backtest", *arguments)
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_json_and_nothing_else(capsys, log):
    found = json.loads(said(capsys, log, "--json", "--seed", "5", "--resamples", "20"))
    assert (found["athletes"], found["seed"], found["resamples"]) == (2, 5, 20)
    assert found["events"] is None
    (l1,) = [row for row in found["replay"]["rules"] if row["rule"] == "L1"]
    assert (l1["episodes"], l1["runners"]) == (2, 2)
    assert l1["burden"]["value"] == round(2 / found["replay"]["athlete_weeks"], 4)


def test_the_same_seed_gives_the_same_figures(capsys, log):
    assert said(capsys, log, "--json") == said(capsys, log, "--json")


def test_a_table_for_people(capsys, log):
    text = said(capsys, log, "--resamples", "20")
    assert "2 runners, 34 athlete-weeks with 28 known days" in text
    assert "load only" in text
    assert "What came after cannot be told" in text
    assert "cannot" in text
    assert "prevent injuries" in text
    assert max(map(len, text.splitlines())) < 320


def test_a_folder_is_its_files(capsys, log, tmp_path):
    assert said(capsys, log, "--json") == said(capsys, str(tmp_path), "--json")


def test_one_clear_line_for_a_malformed_file(write):
    path = write("events.csv", ",".join(EVENTS) + "\n" + "1,x" + ",0" * (len(EVENTS) - 2) + "\n")
    with pytest.raises(CommandError) as error:
        call_command("backtest", path)
    assert error.value.returncode == 2
    assert str(error.value) == f"{path}: line 2, column day: 'x' is not a whole number of days."


def test_nothing_to_judge_is_a_failure(write):
    path = write("daily_long.csv", DAILY + "1,1,10,1,\n")
    with pytest.raises(CommandError) as error:
        call_command("backtest", path)
    assert (error.value.returncode, str(error.value)) == (1, "Not a week or day could be judged.")


@pytest.mark.django_db
def test_a_club_of_too_few_is_a_failure_that_says_so(club):
    with pytest.raises(CommandError) as error:
        call_command("backtest", "--club", "heath")
    assert error.value.returncode == 1
    assert str(error.value).startswith("fewer than 5 runners share everything")


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["--club", "heath"], []])
def test_a_club_by_its_name_or_the_only_one(capsys, club, now, time_machine, arguments):
    time_machine.move_to(now, tick=False)
    for _ in range(5):
        logging_runner(club, jump_in={8})
    found = json.loads(said(capsys, *arguments, "--json", "--resamples", "20"))
    assert (found["club"], found["replay"]["runners"]) == ("heath", 5)


@needs_lovdal
def test_the_public_logs_are_replayed(capsys):
    found = json.loads(said(capsys, str(LOVDAL), "--json"))
    assert found["athletes"] == 64
