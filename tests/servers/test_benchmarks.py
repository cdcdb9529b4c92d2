"""`make bench`, from its first line to its last, with next to nothing to measure."""

import json
import subprocess
import sys

import pytest

from benchmarks.__main__ import ROOT, table

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

SMALL = "--members 3 --weeks 2 --seconds 1 --runners 3 --histories 200 --files 4".split()


def test_everything_is_measured_against_its_floor() -> None:
    command = [sys.executable, "-m", "benchmarks", *SMALL, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert set(told["pages"]) == {"floor", "fifty", "board", "log"}
    assert all(page["per_s_to_floor"] > 0 for page in told["pages"].values())
    assert (told["federation"]["runners"], told["federation"]["rows"]) == (3, 3 * 364)
    assert told["federation"]["assess_to_read"] > 0
    mails = told["federation"]["mails"]
    assert (mails["mails"], mails["to_floor"] > 0) == (3, True)
    assert 0 < mails["queries"] < 40
    assert told["imports"]["files"] == 4
    for figures in (told["imports"], told["imports"]["fit"], told["imports"]["gpx"]):
        assert figures["to_floor"] > 0
    assert "4 one-hour files into the database" in table(told)
