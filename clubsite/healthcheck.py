"""Container health: asks the web process, or with --beat whether the schedule is alive."""

import argparse
import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import redis


def web_answers(port: str) -> bool:
    """Tell whether /healthz answers 200 on this machine; asks for it by the site's own name."""
    site = urlsplit(os.environ.get("SITE_URL") or f"http://127.0.0.1:{port}")
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/healthz", headers={"Host": site.netloc}
    )
    try:
        with urllib.request.urlopen(asked, timeout=4) as answer:  # noqa: S310 (this machine)
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False


def beat_holds_lock(redis_url: str, queue: str) -> bool:
    """Tell whether some beat is alive: redbeat keeps its lock renewed while it works."""
    return bool(redis.Redis.from_url(redis_url).exists(f"{queue}:beat::lock"))


def main(argv: list[str] | None = None) -> int:
    """Return 0 where healthy, 1 where not."""
    parser = argparse.ArgumentParser(prog="python -m clubsite.healthcheck", description=__doc__)
    parser.add_argument("--beat", action="store_true", help="ask for the schedule's lock instead")
    options = parser.parse_args(argv)
    if options.beat:
        queue = os.environ.get("CELERY_QUEUE", "surefoot")
        healthy = beat_holds_lock(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"), queue)
    else:
        healthy = web_answers(os.environ.get("PORT", "8000"))
    return 0 if healthy else 1


if __name__ == "__main__":
    sys.exit(main())
