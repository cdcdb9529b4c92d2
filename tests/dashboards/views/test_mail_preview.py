"""The weekly mail as it would be sent now, and the demo's mailbox."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.mail.backends.filebased import EmailBackend

from dashboards.models import Digest
from members.emails import compose
from members.models import Role
from tests.dashboards.services.mails import SUNDAY, judged, mail, run
from tests.factories import ImportBatchFactory, MembershipFactory
from tests.mail_checks import Page

MONDAY = dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def page(client_of, membership):
    """The runner's client, after a run on Sunday."""
    run(membership.user, 12, on=SUNDAY)
    judged(membership.user)
    return client_of(membership.user)


def test_a_preview_shows_page_text_and_headers_of_the_mail_that_would_be_sent(page, membership):
    response = page.get(f"/mail/preview/{membership.pk}/")

    read = response.context["mail"]
    sent = mail(membership)
    assert read.subject == sent.subject == "Your week: 12.0 km"
    assert read.to == membership.user.email
    assert read.text.split("\n\n")[:2] == sent.body.split("\n\n")[:2]
    assert read.header("list-id") == "Surefoot weekly <runner.weekly.127.0.0.1>"
    said = response.content.decode()
    assert f'<iframe src="/mail/preview/{membership.pk}/html/"' in said
    assert "Your week: 12.0 km" in said


def test_a_preview_stores_and_sends_nothing(page, membership, mailoutbox):
    page.get(f"/mail/preview/{membership.pk}/")
    page.get(f"/mail/preview/{membership.pk}/html/")

    assert not Digest.objects.exists()
    assert mailoutbox == []


def test_no_link_of_a_preview_works_without_a_login(page, membership, client):
    html = page.get(f"/mail/preview/{membership.pk}/html/").content.decode()
    text = page.get(f"/mail/preview/{membership.pk}/").context["mail"].text

    links = set(re.findall(r'href="([^"]+)"', html)) | set(re.findall(r"http://\S+", text))
    paths = {link.removeprefix("http://127.0.0.1:8000") for link in links}
    assert {"/days/?week=2026-W11", "/check/", "/mail/settings/"} <= paths
    for path in paths:
        assert client.get(path).status_code == 302
        assert page.get(path).status_code == 200


def test_the_frame_fetches_nothing_and_has_its_picture_in_it(page, membership):
    response = page.get(f"/mail/preview/{membership.pk}/html/")

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "img-src data:" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    html = response.content.decode()
    assert 'src="data:image/png;base64,iVBOR' in html
    assert "cid:" not in html


def test_a_preview_of_nothing_says_so(client_of, membership):
    client = client_of(membership.user)

    response = client.get(f"/mail/preview/{membership.pk}/")
    assert response.status_code == 200
    assert "nothing would be sent" in response.content.decode()
    assert client.get(f"/mail/preview/{membership.pk}/html/").status_code == 404


def test_a_coachs_preview_and_the_list_of_ones_own(client_of, page, coach_membership):
    client = client_of(coach_membership.user)
    also = MembershipFactory(user=coach_membership.user, role=Role.ADMIN)

    preview = client.get(f"/mail/preview/{coach_membership.pk}/").context["mail"]
    assert preview.subject == "Heath Harriers: 0 to check, 0 silent"
    settings = client.get("/mail/settings/")
    assert f"/mail/preview/{coach_membership.pk}/" in settings.content.decode()
    assert settings.context["weekly"] == [(coach_membership, "Who needs me")]
    assert client.get(f"/mail/preview/{also.pk}/").status_code == 404


def test_nobody_previews_anybody_elses_mail(client_of, page, membership, coach_membership):
    client = client_of(coach_membership.user)

    assert client.get(f"/mail/preview/{membership.pk}/").status_code == 404
    assert client.get(f"/mail/preview/{membership.pk}/html/").status_code == 404


SUBJECTS = {
    "urgent": "Heath Harriers: please look at the board today",
    "morning": "Good morning: one question",
    "reminder": "Nothing is logged for last week",
    "import": "Your import has ended",
    "export": "Your download is ready",
}


def test_every_other_kind_has_a_preview_without_a_live_link(client_of, client, coach):
    ImportBatchFactory(runner=coach)
    page = client_of(coach)

    kinds = [kind for kind, _ in page.get("/mail/settings/").context["notices"]]
    shown = {kind: page.get(f"/mail/preview/{kind}/").context["mail"] for kind in kinds}

    assert {kind: read.subject for kind, read in shown.items()} == SUBJECTS
    for kind, read in shown.items():
        html = page.get(f"/mail/preview/{kind}/html/").content.decode()
        for link in Page(html).links:
            assert link in read.text
            path = link.removeprefix("http://127.0.0.1:8000")
            assert client.get(path).status_code == 302
            assert page.get(path).status_code == 200


def test_what_has_no_preview(client_of, runner):
    page = client_of(runner)

    assert page.get("/mail/preview/urgent/").status_code == 404  # only coaches get it
    assert page.get("/mail/preview/invitation/").status_code == 404
    assert "nothing would be sent" in page.get("/mail/preview/import/").content.decode()


# --- The demo's mailbox --------------------------------------------------------------------------
@pytest.fixture
def mailbox(settings, tmp_path, page, membership):
    """A demo that has sent a runner's weekly mail and a plain one."""
    settings.DEMO = True
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    sent = [mail(membership), compose(subject="Hello", text="plain words", to="a@b.org")]
    EmailBackend(file_path=settings.EMAIL_FILE_PATH).send_messages(sent)
    (file,) = (tmp_path / "mail").glob("*.log")
    return [f"{file.stem}.0", f"{file.stem}.1"]


def test_the_demo_shows_its_mails_with_their_pictures(page, mailbox, runner):
    weekly, plain = mailbox

    listed = page.get("/demo/mail/").content.decode()
    assert listed.index("Hello") < listed.index("Your week: 12.0 km")
    assert runner.email in listed
    assert "Was it as usual?" in page.get(f"/demo/mail/{weekly}/").context["mail"].text
    assert "plain words" in page.get(f"/demo/mail/{plain}/").content.decode()
    html = page.get(f"/demo/mail/{weekly}/html/")
    assert "data:image/png" in html.content.decode()
    assert "default-src 'none'" in html["Content-Security-Policy"]
    assert page.get("/demo/mail/other/").status_code == 404


def test_outside_the_demo_there_is_no_mailbox(page, mailbox, settings):
    settings.DEMO = False

    assert page.get("/demo/mail/").status_code == 404
    assert page.get(f"/demo/mail/{mailbox[0]}/html/").status_code == 404
