"""The rules from outside: many histories through `python -m injuries.risk --lines`.

The floor is plain Python reading and writing the same JSON, in the same run.
"""

import datetime as dt
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ON = dt.date(2026, 3, 15)
ROUNDS = 3
FLOOR = """import json, sys
for line in sys.stdin:
    sys.stdout.write(json.dumps(json.loads(line)) + chr(10))
"""
COMMANDS = {"floor": ["-c", FLOOR], "rules": ["-m", "injuries.risk", "--lines"]}


def rules_from_outside(histories: int) -> dict[str, Any]:
    """Return CPU seconds of the command and of the floor, by length of the histories."""
    with tempfile.TemporaryDirectory(prefix="surefoot-rules-") as folder:
        return {
            "histories": histories,
            "by_days": {days: _measure(Path(folder), histories, days) for days in (91, 364, 1092)},
        }


def _measure(folder: Path, histories: int, days: int) -> dict[str, Any]:
    file = folder / f"{days}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for seed in range(histories):
            out.write(json.dumps(history(seed, days=days)) + "\n")
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            seconds[name].append(_cpu_seconds(command, file))
    floor, rules = (min(seconds[name]) for name in ("floor", "rules"))
    return {"floor_s": floor, "rules_s": rules, "rules_to_floor": round(rules / floor, 2)}


def _cpu_seconds(command: list[str], file: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with file.open("rb") as lines:
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, stdin=lines, stdout=subprocess.DEVNULL, check=True
        )
    return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 2)


def history(seed: int, *, days: int) -> dict[str, Any]:
    """Return a history that ends on ON: a bit more than a run every second day, else rest."""
    rng = random.Random(seed)
    runs, rests = [], []
    for back in range(days - 1, -1, -1):
        day = ON - dt.timedelta(days=back)
        if rng.random() < 0.55:
            runs.append(_run(day, max(2_000, round(rng.gauss(9_000, 2_500))), rng))
        else:
            rests.append({"on": day.isoformat(), "status": "rest"})
    shoe = {"id": "s1", "start_m": 0, "limit_m": 700_000, "first_used": None, "retired": None}
    return {"on": ON.isoformat(), "adult": True, "activities": runs, "days": rests, "shoes": [shoe]}


def _run(day: dt.date, metres: int, rng: random.Random) -> dict[str, Any]:
    return {
        "on": day.isoformat(),
        "kind": "run",
        "started_at": f"{day}T18:{rng.randrange(60):02}:00+01:00",
        "distance_m": metres,
        "duration_s": metres // 3,
        "effort": rng.randrange(2, 9),
        "pain_during": None,
        "gait_changed": None,
        "painkiller": None,
        "shoe": "s1",
        "imputed": False,
    }


def one_in_memory() -> dict[int, float]:
    """Return milliseconds to judge one history that is in memory, by its days."""
    from injuries.risk import assess  # noqa: PLC0415 (measured alone)
    from injuries.risk.wire import history_from_json  # noqa: PLC0415

    found = {}
    for days in (91, 364, 1092):
        read = history_from_json(history(1, days=days))
        seconds = []
        for _ in range(300):
            began = time.perf_counter()
            assess(read)
            seconds.append(time.perf_counter() - began)
        found[days] = round(sorted(seconds)[len(seconds) // 2] * 1000, 3)
    return found
