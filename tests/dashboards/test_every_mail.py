"""What holds for every mail there is: whole, readable as text alone, each link works, https."""

import re

import pytest
import time_machine
from django.test import Client

from dashboards.models import MailKind
from tests.dashboards.services.mails import SEVEN, SITE
from tests.dashboards.services.pains import WORDS
from tests.every_mail import every_mail
from tests.mail_checks import ADDRESS, Page, as_sent, part, readable, wrong_with

LISTED = set(MailKind.values) - {MailKind.INVITATION}
# These are for whoever has the mail; every other link asks for the login.
OPEN = re.compile(r"^/(days/link|check|morning|mail/off|join|accounts)/.")


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(SEVEN, tick=False):
        yield


@pytest.fixture
def mails(membership, coach_membership, admin_membership):
    return every_mail(membership, coach_membership, admin_membership)


def test_there_is_one_of_every_kind(mails):
    assert set(mails) >= set(MailKind.values)


def test_every_mail_is_whole(mails):
    wrong = {kind: wrong_with(sent, site=SITE) for kind, (sent, _) in mails.items()}
    assert {kind: found for kind, found in wrong.items() if found} == {}


def test_every_link_works_for_its_reader_and_only_signed_ones_without_a_login(mails, client_of):
    seen = set()
    for kind, (sent, whose) in mails.items():
        for link in ADDRESS.findall(sent.body):
            path = link.removeprefix(SITE)
            alone = Client().get(path, follow="/accounts/password/reset/" in path)
            assert alone.status_code == (200 if OPEN.match(path) else 302), (kind, path)
            if whose is not None and "/accounts/" not in path:
                assert client_of(whose.user).get(path).status_code == 200, (kind, path)
            seen.add(path.split("/")[1])
    assert seen >= {"days", "check", "morning", "mail", "join", "c", "shoes", "import", "data"}


def test_who_may_stop_a_mail_can(mails):
    for kind, (sent, _) in mails.items():
        message = as_sent(sent)
        listed = kind in LISTED or kind == "a day's"
        assert (message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") is listed, kind
        assert bool(message["List-ID"]) is listed, kind
        if listed:
            assert message["List-Unsubscribe"].strip(" <>") in sent.body


def test_every_message_id_is_ours_and_its_own(mails):
    ids = [as_sent(sent)["Message-ID"] for kind, (sent, _) in mails.items() if kind != "a day's"]

    assert all(one.endswith("@127.0.0.1>") for one in ids)
    assert len(set(ids)) == len(ids)


def test_the_text_alone_is_enough(mails):
    for kind, (sent, _) in mails.items():
        page = Page(part(as_sent(sent), "html"))
        text = " ".join(part(as_sent(sent), "plain").split())
        said = [" ".join(words.split()) for words in page.words]
        foot = ("Sent by Surefoot", "No more weekly mail of this kind", "No more mail")
        missing = [
            words
            for words in said
            if words
            and words not in text
            and not words.startswith(foot)
            and words not in page.title
        ]
        preheader = [said[3]] if kind in {"runner", "coach"} else []
        assert [words for words in missing if words not in preheader] == [], kind


def test_with_an_https_site_every_link_is_https(
    settings, membership, coach_membership, admin_membership
):
    settings.SITE_URL = "https://club.example"
    settings.ALLOWED_HOSTS = ["*"]

    for kind, (sent, _) in every_mail(membership, coach_membership, admin_membership).items():
        assert wrong_with(sent, site="https://club.example") == [], kind
        assert "http://" not in sent.body
        assert "http://" not in part(as_sent(sent), "html")
        assert as_sent(sent)["Message-ID"].endswith("@club.example>")


def test_no_mail_has_a_word_of_a_heel(mails):
    found = {
        kind: [word for word in WORDS if word in readable(sent)]
        for kind, (sent, _) in mails.items()
    }
    assert {kind: words for kind, words in found.items() if words} == {}
