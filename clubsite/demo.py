"""`python -m clubsite.demo`: the believable club, running on this machine until stopped.

Everything it creates is under VAR_DIR (var/demo). Settings of a real installation that happen to
be in the environment are not used.
"""

import argparse
import json
import os
import sys
from typing import Any

from clubsite.launch import (
    ROOT,
    StartError,
    Stopped,
    choose_port,
    run,
    stop_on_signals,
    wait_for_page,
    web_process,
)

REAL_SETTINGS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY")


def demo_environment(*, port: int) -> dict[str, str]:
    """Return an environment in which nothing of a real installation is left."""
    left_out = {*REAL_SETTINGS, *(f"{name}_FILE" for name in REAL_SETTINGS), "WEB_CONCURRENCY"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {
        "VAR_DIR": os.environ.get("VAR_DIR") or str(ROOT / "var" / "demo"),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DEMO": "yes",
        "DEBUG": "no",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL") or "WARNING",
        "GUNICORN_CMD_ARGS": "--log-level=warning",
    }


def main(argv: list[str] | None = None) -> int:
    """Prepare, serve and print; return 0 when stopped, 1 where it could not start."""
    options = _parser().parse_args(argv)
    stop_on_signals()
    try:
        _serve(options)
    except Stopped:
        return 0
    except StartError as error:
        print(error, file=sys.stderr)  # noqa: T201
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m clubsite.demo", description=__doc__)
    parser.add_argument("--port", type=int, help="else 8000, or a free one where that is taken")
    parser.add_argument("--members", type=int, default=40, help="runners (default 40)")
    parser.add_argument("--weeks", type=int, default=52, help="weeks of history (default 52)")
    parser.add_argument("--seed", type=int, default=7, help="another seed, another club")
    parser.add_argument("--with-year", metavar="ZIP", help="activity files of one more runner")
    parser.add_argument("--as", dest="year_email", metavar="EMAIL", help="that runner's email")
    parser.add_argument("--move-to-now", action="store_true", help="let that year end now")
    parser.add_argument("--json", action="store_true", help="print one line of JSON only")
    return parser


def _serve(options: argparse.Namespace) -> None:
    port = choose_port(options.port)
    env = demo_environment(port=port)
    run(["migrate", "--noinput", "-v0"], env=env)
    run(["collectstatic", "--noinput", "-v0"], env=env)
    filled = json.loads(run(_demo_command(options), env=env))
    with web_process(port=port, env=env) as process:
        wait_for_page(process, port=port, path="/accounts/login/", site_url=filled["url"])
        _print(filled, as_json=options.json)
        process.wait()
    raise StartError(f"The web process ended with {process.returncode}.")


def _demo_command(options: argparse.Namespace) -> list[str]:
    figures = {"--members": options.members, "--weeks": options.weeks, "--seed": options.seed}
    command = ["demo", "--json", *(f"{name}={value}" for name, value in figures.items())]
    if options.with_year:
        command.append(f"--with-year={os.path.abspath(options.with_year)}")
    if options.year_email:
        command.append(f"--as={options.year_email}")
    if options.move_to_now:
        command.append("--move-to-now")
    return command


def _print(filled: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(filled), flush=True)  # noqa: T201
        return
    lines = [
        f"Surefoot's demo club: {filled['url']}",
        *(f"  {one['role']:<7} {one['email']}  {one['password']}" for one in filled["logins"]),
        "Stop it with Ctrl-C.",
    ]
    print("\n".join(lines), flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
