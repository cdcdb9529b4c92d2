"""A mail as its reader's program takes it apart: headers, text, and a page that fetches nothing."""

import base64
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One mail. `html` has its pictures in it; empty where the mail is text only."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str

    def header(self, name: str) -> str:
        """The header of that name; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.header("subject")

    @property
    def to(self) -> str:
        """Whose it is."""
        return self.header("to")

    @property
    def date(self) -> str:
        """When it was sent."""
        return self.header("date")


def read_mail(content: bytes) -> ReadMail:
    """Take a mail apart, as it went out."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 (the policy makes it one)
    hidden = {"content-type", "mime-version", "content-transfer-encoding"}
    shown = ((key, str(value)) for key, value in message.items() if key.lower() not in hidden)
    return ReadMail(tuple(shown), _part(message, "plain"), _with_pictures(message))


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return "" if body is None else str(body.get_content())


def _with_pictures(message: EmailMessage) -> str:
    """Return the HTML part, each picture that travels in the mail put where it is named."""
    html = _part(message, "html")
    for part in message.walk():
        name = part["Content-ID"]
        if name and part.get_content_maintype() == "image":
            data = base64.b64encode(part.get_payload(decode=True)).decode()  # type: ignore[arg-type]
            source = f"data:{part.get_content_type()};base64,{data}"
            html = html.replace(f"cid:{name.strip('<>')}", source)
    return html
