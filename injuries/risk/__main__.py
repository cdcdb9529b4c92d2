"""`python -m injuries.risk < history.json`: ask "why?" of any history, without Django."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from injuries.risk.engine import assess
from injuries.risk.schema import both_schemas
from injuries.risk.types import Assessment
from injuries.risk.wire import Malformed, assessment_to_json, history_from_json

# Reading is a quarter of the work on many histories; plain Python answers the same.
quick_loads: Callable[[str], Any] | None
try:
    import orjson

    quick_loads = orjson.loads
except ImportError:
    quick_loads = None


def main(argv: list[str] | None = None) -> int:
    """Read histories from stdin, print assessments. 0; 2 with one line for malformed input."""
    parser = argparse.ArgumentParser(prog="python -m injuries.risk", description=__doc__)
    parser.add_argument("--lines", action="store_true", help="one history, one answer a line")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of both ways")
    parser.add_argument("--explain", action="store_true", help="print sentences instead of JSON")
    options = parser.parse_args(argv)
    if options.schema:
        sys.stdout.write(json.dumps(both_schemas(), indent=2) + "\n")
        return 0
    try:
        if options.lines:
            _answer_lines(sys.stdin, explain=options.explain)
        else:
            _print(_assess(sys.stdin.read()), explain=options.explain)
    except Malformed as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except UnicodeDecodeError:
        print("input: is not UTF-8 text.", file=sys.stderr)
        return 2
    return 0


def _answer_lines(lines: Iterable[str], *, explain: bool) -> None:
    gc.disable()  # nothing here refers in circles: each history goes when the next one comes
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            _print(_assess(line), explain=explain)
        except Malformed as error:
            raise Malformed(f"line {number}: {error}") from None


def _assess(text: str) -> Assessment:
    return assess(history_from_json(_read(text)))


def _read(text: str) -> Any:
    """Read JSON: with orjson where it is installed, and what that refuses once more without."""
    if quick_loads is not None:
        try:
            return quick_loads(text)
        except ValueError:
            pass  # the other one says why, or knows better: infinities, numbers without end
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply")
        raise Malformed(f"input: is not JSON ({reason}).") from None


def _print(assessment: Assessment, *, explain: bool, out: TextIO | None = None) -> None:
    out = out or sys.stdout
    if explain:
        out.write(explanation(assessment) + "\n")
    else:
        out.write(json.dumps(assessment_to_json(assessment), ensure_ascii=False) + "\n")


def explanation(assessment: Assessment) -> str:
    """Return the assessment in sentences."""
    lines = [f"{assessment.on}: {assessment.training.replace('_', ' ')}"]
    if assessment.clinician:
        lines[0] += f", clinician {assessment.clinician.replace('_', ' ')}"
    if assessment.shoes:
        lines[0] += ", check shoes"
    if assessment.ceiling_m is not None:
        until = assessment.ceiling_until
        lines.append(f"  next run up to {assessment.ceiling_m / 1000:.1f} km until {until}")
    lines += [f"  {flag.rule} {flag.level}: {flag.text}" for flag in assessment.flags]
    lines += [f"  {one.rule} not judged: {one.why}" for one in assessment.not_assessed]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
