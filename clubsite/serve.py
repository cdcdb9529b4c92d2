"""`python -m clubsite.serve`: a small club on one machine, one command, until stopped.

Brings the database and static files up to date, then serves with worker and schedule inside (or,
with REDIS_URL, web only). Settings come from the environment: see .env.example.
"""

import argparse
import os
import sys

from clubsite.launch import (
    StartError,
    Stopped,
    choose_port,
    run,
    stop_on_signals,
    wait_for_page,
    web_process,
)


def main(argv: list[str] | None = None) -> int:
    """Prepare and serve; return 0 when stopped, 1 where it could not start."""
    parser = argparse.ArgumentParser(prog="python -m clubsite.serve", description=__doc__)
    parser.add_argument("--port", type=int, help="else 8000, or a free one where that is taken")
    options = parser.parse_args(argv)
    stop_on_signals()
    try:
        _serve(options.port)
    except Stopped:
        return 0
    except StartError as error:
        print(error, file=sys.stderr)  # noqa: T201
    return 1


def _serve(wanted: int | None) -> None:
    port = choose_port(wanted)
    env = {"SITE_URL": f"http://127.0.0.1:{port}"} | {
        name: value for name, value in os.environ.items() if value
    }
    run(["migrate", "--noinput", "-v0"], env=env)
    run(["collectstatic", "--noinput", "-v0"], env=env)
    with web_process(port=port, env=env) as process:
        wait_for_page(process, port=port, path="/healthz", site_url=env["SITE_URL"])
        print(f"Surefoot: {env['SITE_URL']}", flush=True)  # noqa: T201
        process.wait()
    raise StartError(f"The web process ended with {process.returncode}.")


if __name__ == "__main__":
    sys.exit(main())
