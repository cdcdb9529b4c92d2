"""What every mail of ours must be like, found out from the message as it is sent."""

import email
import email.policy
import re
from email.message import EmailMessage
from html.parser import HTMLParser

from django.core.mail import EmailMultiAlternatives

MOST_BYTES = 100_000
VOID = {"meta", "br", "img", "hr", "link"}
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def as_sent(mail: EmailMultiAlternatives) -> EmailMessage:
    """Return the message as a mail program reads it."""
    return email.message_from_bytes(mail.message().as_bytes(), policy=email.policy.default)


def part(message: EmailMessage, kind: str) -> str:
    """Return the decoded "plain" or "html" part."""
    return message.get_body((kind,)).get_content()


class Page(HTMLParser):
    """Reads HTML strictly: what is opened is closed, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.words: list[str] = []
        self.title = self.lang = ""
        self.schemes: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += [f"<{tag}> stays open" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.lang = given.get("lang") or ""
        if tag == "meta" and given.get("name") == "color-scheme":
            self.schemes.append(given["content"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag == "img":
            self.images.append(given)
        if tag in {"script", "form", "iframe", "link", "object"}:
            self.wrong.append(f"<{tag}> in a mail")
        if tag == "th" and "scope" not in given:
            self.wrong.append("a <th> without scope")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes nothing")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title":
            self.title += data
        elif not self.open or self.open[-1] != "style":
            self.words.append(data)


def wrong_with(mail: EmailMultiAlternatives, *, site: str) -> list[str]:
    """Return what is wrong with a mail; empty where nothing is."""
    message = as_sent(mail)
    text, html = part(message, "plain"), part(message, "html")
    page = Page(html)
    wrong = list(page.wrong)
    size = len(mail.message().as_bytes())
    if size >= MOST_BYTES:
        wrong.append(f"{size} bytes")
    if page.lang != "en" or page.title != message["subject"] or page.schemes != ["light dark"]:
        wrong.append("no language, title or colour scheme")
    if "prefers-color-scheme" not in html:
        wrong.append("nothing for dark readers")
    wrong += [f"an image {one}" for one in page.images if not _is_whole(one, message)]
    links = [*page.links, *ADDRESS.findall(text)]
    wrong += [f"a link to {link}" for link in links if not link.startswith(f"{site}/")]
    wrong += [f"{link} is not in the text" for link in page.links if link not in text]
    if message["Auto-Submitted"] != "auto-generated" or not message["Message-ID"]:
        wrong.append("a header is missing")
    return wrong


def _is_whole(image: dict[str, str | None], message: EmailMessage) -> bool:
    source = image.get("src") or ""
    sent = {one["Content-ID"] for one in message.walk() if one["Content-ID"]}
    return bool(image.get("alt")) and f"<{source.removeprefix('cid:')}>" in sent


def readable(mail: EmailMultiAlternatives) -> str:
    """Return all that anybody on a mail's way or over a shoulder could read, in small letters."""
    message = as_sent(mail)
    page = Page(part(message, "html"))
    alts = [image["alt"] or "" for image in page.images]
    headers = [str(value) for value in message.values()]
    said = [part(message, "plain"), *page.words, *page.links, *alts, page.title, *headers]
    return " ".join(" ".join(said).split()).lower()
