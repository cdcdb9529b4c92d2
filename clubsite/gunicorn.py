"""How gunicorn serves this project: `gunicorn -c clubsite/gunicorn.py clubsite.wsgi`.

Environment: BIND (host:port; else 127.0.0.1 and PORT, 8000), WEB_CONCURRENCY (processes),
WEB_THREADS. Without REDIS_URL worker and schedule run inside, so there is exactly one process.
"""

import sys
from typing import Any

from clubsite.env import env_int, env_secret, env_str

EMBEDDED = not env_secret("REDIS_URL")

bind = env_str("BIND", f"127.0.0.1:{env_int('PORT', 8000)}")
worker_class = "gthread"
workers = env_int("WEB_CONCURRENCY", 1)
threads = env_int("WEB_THREADS", 4 if EMBEDDED else 2)
# Embedded it stops within 5 s whatever is going on; the ledger in the database bears that.
graceful_timeout = 4 if EMBEDDED else 20
timeout = 60
control_socket_disable = True
accesslog = None
worker_tmp_dir = "/dev/shm" if sys.platform == "linux" else None  # noqa: S108 (no disk writes)


def on_starting(server: Any) -> None:
    """Refuse several processes where each would run its own worker and schedule."""
    if EMBEDDED and server.cfg.workers != 1:
        sys.exit(
            f"Surefoot: {server.cfg.workers} web processes need REDIS_URL; "
            "without it worker and schedule run inside the one process (WEB_CONCURRENCY=1)."
        )


def post_worker_init(worker: Any) -> None:
    """Start worker and schedule beside the web threads."""
    if EMBEDDED:
        from clubsite.embedded import Embedded  # noqa: PLC0415 (needs the loaded project)

        worker.embedded = Embedded()
        worker.embedded.start()


def worker_exit(server: Any, worker: Any) -> None:
    """Stop them with the process; gunicorn calls this in its main process too, which has none."""
    embedded = getattr(worker, "embedded", None)
    if embedded is not None:
        embedded.stop()
