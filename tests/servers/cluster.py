"""A PostgreSQL of one's own, in a folder: a shared one must not be restarted under others."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.servers.post import free_port


def pg_ctl() -> str:
    """Where the program that starts a server is; empty: not on this machine."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return shutil.which("pg_ctl") or (str(packaged[-1]) if packaged else "")


class Cluster:
    """A server with its data in a folder. PostgreSQL refuses to run as root, so root lends it."""

    def __init__(self) -> None:
        # A folder of its own: those of pytest are closed to everybody else again and again.
        self.folder = Path(tempfile.mkdtemp(prefix="surefoot-postgres-"))
        self.data, self.log, self.port = self.folder / "data", self.folder / "log", free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-o", "-A trust -U postgres -E UTF8")
        # fsync stays on: what was committed has to survive a crash.
        self._run("start", "-w", "-o", f"-p {self.port} -k '' -c listen_addresses=127.0.0.1")

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}"

    def crash_and_restart(self) -> None:
        """End it without a checkpoint, as a power cut does, and start it again."""
        self._run("stop", "-m", "immediate")
        self._run("start", "-w", "-o", f"-p {self.port} -k '' -c listen_addresses=127.0.0.1")

    def stop(self) -> None:
        """End it for good, and delete its data."""
        self._run("stop", "-m", "immediate")
        shutil.rmtree(self.folder)

    def _run(self, command: str, *options: str) -> None:
        lent = {"user": pwd.getpwnam("postgres").pw_uid} if os.geteuid() == 0 else {}
        subprocess.run(
            [pg_ctl(), command, "-s", "-D", str(self.data), "-l", str(self.log), *options],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            **lent,
        )
