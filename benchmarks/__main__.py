"""`python -m benchmarks [--json]`: pages against a floor, rules, a federation's Monday, files."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.load import Measured, Request, form, measure, page
from benchmarks.rules import one_in_memory, rules_from_outside
from clubsite.launch import ROOT, StartError, choose_free_port, wait_for_page, web_process

ROUNDS = 3
THREADS = 4
NAMES = {
    "floor": "floor: one-query page",
    "fifty": "floor: page of 50 rows",
    "board": "board of {members} runners",
    "log": "log a run (POST)",
}


def main(argv: list[str] | None = None) -> int:
    """Measure and print; return 0, or 1 where something could not be measured."""
    options = _parser().parse_args(argv)
    try:
        with tempfile.TemporaryDirectory(prefix="surefoot-bench-") as folder:
            measured = {
                "machine": {"cpus": os.cpu_count(), "python": sys.version.split()[0]},
                **_pages(options, Path(folder) / "club"),
                "rules": rules_from_outside(options.histories) | {"one_ms": one_in_memory()},
                "federation": _federation(options.runners, Path(folder) / "federation"),
                "imports": _imports(options.files, Path(folder) / "imports"),
            }
    except (StartError, RuntimeError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(measured) if options.json else table(measured))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--members", type=int, default=200, help="runners of the club (200)")
    parser.add_argument("--weeks", type=int, default=52, help="weeks behind each of them (52)")
    parser.add_argument("--seconds", type=float, default=4, help="each burst of requests lasts (4)")
    parser.add_argument("--runners", type=int, default=10_000, help="of the federation (10000)")
    parser.add_argument("--histories", type=int, default=2_000, help="through the rules (2000)")
    parser.add_argument("--files", type=int, default=1_000, help="of an hour to import (1000)")
    parser.add_argument("--json", action="store_true", help="print one line of JSON only")
    return parser


# --- Pages ---------------------------------------------------------------------------------------
def _pages(options: argparse.Namespace, var_dir: Path) -> dict[str, Any]:
    port = choose_free_port()
    env = _environment(var_dir, site_url=f"http://127.0.0.1:{port}")
    ready = _child(["benchmarks.prepare", str(options.members), str(options.weeks)], env=env)
    with web_process(port=port, env=env) as process:
        wait_for_page(process, port=port, path="/floor/", site_url=env["SITE_URL"])
        bursts = _measure_in_turn(_requests(ready), port=port, seconds=options.seconds)
    floor = bursts["floor"]
    return {
        "members": options.members,
        "pages": {
            name: asdict(burst)
            | {
                "queries": ready["queries"][name],
                "per_s_to_floor": round(burst.per_s / floor.per_s, 4),
                "p95_to_floor": round(burst.p95_ms / floor.p95_ms, 2),
                "p95_to_fifty": round(burst.p95_ms / bursts["fifty"].p95_ms, 2),
            }
            for name, burst in bursts.items()
        },
        "assessment": ready["assessment"],
    }


def _requests(ready: dict[str, Any]) -> dict[str, Callable[[int], Request]]:
    runners, fields = ready["runners"], ready["run_form"]
    return {
        "floor": lambda number: page("/floor/"),
        "fifty": lambda number: page("/fifty/", session=ready["coach"]),
        "board": lambda number: page(ready["board"], session=ready["coach"]),
        "log": lambda number: form("/log/", fields, session=runners[number % len(runners)]),
    }


def _measure_in_turn(
    requests: dict[str, Callable[[int], Request]], *, port: int, seconds: float
) -> dict[str, Measured]:
    """Measure each in turn, several times, and return each one's median burst.

    In turn, so that whatever else the machine does meanwhile falls on all of them.
    """
    bursts: dict[str, list[Measured]] = {name: [] for name in requests}
    for _ in range(ROUNDS):
        for name, next_request in requests.items():
            found = measure(next_request, port=port, seconds=seconds, threads=THREADS)
            bursts[name].append(found)
    return {name: _median(found) for name, found in bursts.items()}


def _median(bursts: list[Measured]) -> Measured:
    middle = statistics.median_low(burst.per_s for burst in bursts)
    return next(burst for burst in bursts if burst.per_s == middle)


# --- A federation's Monday -----------------------------------------------------------------------
def _federation(runners: int, var_dir: Path) -> dict[str, Any]:
    env = _environment(var_dir, site_url="http://127.0.0.1:8000")
    env["EMAIL_URL"] = f"smtp://127.0.0.1:{choose_free_port()}"
    done = {
        what: _child(["benchmarks.federation", what, str(runners)], env=env)
        for what in ("fill", "read", "assess")
    }
    return {
        "mails": _child(["benchmarks.mails", "all", str(runners)], env=env),
        "runners": runners,
        "rows": done["read"]["done"],
        "read_s": done["read"]["seconds"],
        "read_peak_mb": done["read"]["peak_mb"],
        "assess_s": done["assess"]["seconds"],
        "assess_peak_mb": done["assess"]["peak_mb"],
        "assess_to_read": round(done["assess"]["seconds"] / done["read"]["seconds"], 2),
    }


def _imports(files: int, var_dir: Path) -> dict[str, Any]:
    env = _environment(var_dir, site_url="http://127.0.0.1:8000")
    return _child(["benchmarks.imports", str(files)], env=env)


# --- Processes and paper -------------------------------------------------------------------------
def _environment(var_dir: Path, *, site_url: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "VAR_DIR": str(var_dir),
        "SITE_URL": site_url,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "LOG_LEVEL": "WARNING",
        "GUNICORN_CMD_ARGS": "--log-level=warning",
    }


def _child(arguments: list[str], *, env: dict[str, str]) -> dict[str, Any]:
    """Run a module to its end and return the JSON it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return dict(json.loads(done.stdout))


def table(measured: dict[str, Any]) -> str:
    """Return what was measured as people read it."""
    one, all_, rules = measured["assessment"], measured["federation"], measured["rules"]
    imports, mails = measured["imports"], all_["mails"]
    lines = [
        f"{measured['machine']['cpus']} CPUs, Python {measured['machine']['python']}; one gunicorn "
        f"process on SQLite, {THREADS} client threads, median of {ROUNDS} bursts",
        "",
        f"{'page':<28}{'requests/s':>12}{'p95 ms':>10}{'queries':>9}{'of floor':>10}"
        f"{'p95 x floor':>13}{'p95 x 50 rows':>15}",
        *(
            f"{NAMES[name].format(**measured):<28}{row['per_s']:>12}{row['p95_ms']:>10}"
            f"{row['queries']:>9}{row['per_s_to_floor']:>10}{row['p95_to_floor']:>13}"
            f"{row['p95_to_fifty']:>15}"
            for name, row in measured["pages"].items()
        ),
        "",
        f"One runner's year ({one['activities']} activities): rules {one['rules_ms']} ms, "
        f"read, judged and stored {one['stored_ms']} ms",
        *(
            f"{rules['histories']} histories of {days} days through the command: "
            f"{row['rules_s']} s of CPU, {row['rules_to_floor']} times plain reading and writing; "
            f"one in memory {rules['one_ms'][days]} ms"
            for days, row in rules["by_days"].items()
        ),
        f"{all_['runners']} runners' week with a year behind each ({all_['rows']} rows): "
        f"{all_['assess_s']} s, peak {all_['assess_peak_mb']} MB; "
        f"only reading the rows: {all_['read_s']} s ({all_['assess_to_read']} times as long)",
        "",
        f"{mails['mails']} weekly mails by 2 processes to a mail server: {mails['per_s']}/s, "
        f"bare SMTP sending of the same bytes {mails['floor_per_s']}/s "
        f"({mails['to_floor']} times as long); at most {mails['queries']} queries "
        f"and {mails['bytes'] // 1000} kB a mail",
        "",
        f"{imports['files']} one-hour files into the database, {imports['to_floor']} times as long "
        "as bare libraries read them:",
        *(
            f"  {kind.upper()}: {imports[kind]['per_s']} files/s; {library} alone "
            f"{imports[kind]['floor_per_s']} ({imports[kind]['to_floor']} times as long)"
            for kind, library in (("fit", "fitdecode"), ("gpx", "gpxpy"))
        ),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
