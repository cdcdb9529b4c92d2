"""How every mail is put together, those of allauth as well."""

import pytest
from django.core import mail
from django.test import Client

from members.emails import compose, invitation_mail
from members.services.invitations import invite
from tests.mail_checks import Page, as_sent, part, wrong_with

SITE = "http://127.0.0.1:8000"


def test_a_text_alone_becomes_a_page_with_its_links():
    composed = compose(
        subject="Two\nlines <b>",
        text=f"Hello <you>,\n\n{SITE}/x/\n--\nbelow the line",
        to="a@b.org",
    )

    assert wrong_with(composed, site=SITE) == []
    message = as_sent(composed)
    assert message["Subject"] == "Two lines <b>"
    assert message["Message-ID"].endswith("@127.0.0.1>")
    page = Page(part(message, "html"))
    assert "Hello <you>," in "".join(page.words)
    assert "below the line" not in "".join(page.words)
    assert page.links[0] == f"{SITE}/x/"


def test_a_mail_keeps_its_style_for_dark_readers_in_the_head_and_the_rest_on_the_elements():
    html = part(as_sent(compose(subject="Hello", text="you", to="a@b.org")), "html")

    head, _, body = html.partition("</head>")
    assert "@media (prefers-color-scheme: dark)" in head
    assert "576px" not in head
    assert "max-width: 576px" in body


def test_the_invitation_is_whole(admin_membership, now):
    invitation = invite(admin_membership, email="new@example.org", role="runner", now=now)

    sent = invitation_mail(invitation, message_name="notice-1")
    assert wrong_with(sent, site=SITE) == []
    assert sent.extra_headers["Message-ID"] == "<notice-1@127.0.0.1>"


@pytest.mark.parametrize(
    ("path", "said"),
    [("/accounts/login/code/", "Sign-In Code"), ("/accounts/password/reset/", "Password Reset")],
)
def test_allauths_mails_look_like_ours(path, said, runner, settings):
    settings.SITE_URL = SITE

    Client().post(path, {"email": runner.email})

    (sent,) = mail.outbox
    assert said in sent.subject
    assert wrong_with(sent, site=SITE) == []
    assert "Surefoot" in part(as_sent(sent), "html")


def test_who_has_no_account_is_not_asked_to_sign_up(db):
    Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})

    (sent,) = mail.outbox
    assert "ask your club for an invitation" in sent.body
    assert "/signup/" not in sent.body
