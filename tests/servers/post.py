"""A real SMTP server inside the test process: counts, refuses and dawdles as it is told."""

import asyncio
import socket
from collections import Counter
from dataclasses import dataclass

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Arrival:
    """One mail this server took charge of."""

    to: str
    message_id: str


class PostOffice:
    """Takes mail for anybody. Nothing listens until `open()`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.arrivals: list[Arrival] = []
        self.asked: Counter[str] = Counter()  # RCPT commands by address
        self.waiting: list[str] = []  # addresses whose sender is kept waiting
        self.takes_s = 0.0  # how long the server thinks about a mail it has taken
        self.refuse_first = 0  # how many times each address is refused for now
        self.unknown: set[str] = set()  # addresses refused for good
        self.hung: set[str] = set()  # addresses whose mail is never answered
        self.drop_first = 0  # how often each address's connection is cut in the middle of its mail
        self.dropped: Counter[str] = Counter()
        self._hold_command = ""
        self._hold_after = 0
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def counts(self) -> Counter[str]:
        """How many mails arrived by address."""
        return Counter(mail.to for mail in self.arrivals)

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        self.release()
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def hold(self, command: str, *, after: int) -> None:
        """Once `after` mails are here, do not answer this command (RCPT or DATA) of the next.

        At RCPT such a mail is not here yet; at DATA it is, but its sender does not know.
        """
        self._hold_command, self._hold_after = command, after

    def release(self) -> None:
        """Answer everybody again."""
        self._hold_command = ""
        self.hung.clear()

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked[address] += 1
        await self._wait("RCPT", address)
        while address in self.hung:
            await asyncio.sleep(0.02)
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        if self.asked[address] <= self.refuse_first:
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        (address,) = envelope.rcpt_tos
        if self.dropped[address] < self.drop_first:
            self.dropped[address] += 1
            server.transport.abort()
            return "451 nobody hears this"
        must_wait = len(self.arrivals) >= self._hold_after
        self.arrivals.append(Arrival(address, _message_id(bytes(envelope.content or b""))))
        if must_wait:
            await self._wait("DATA", address)
        await asyncio.sleep(self.takes_s)
        return "250 OK"

    async def _wait(self, command: str, address: str) -> None:
        if self._hold_command != command or len(self.arrivals) < self._hold_after:
            return
        self.waiting.append(address)
        while self._hold_command == command:
            await asyncio.sleep(0.02)


def _message_id(content: bytes) -> str:
    lines = content.decode("utf-8", "replace").splitlines()
    return next(line for line in lines if line.lower().startswith("message-id:"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
