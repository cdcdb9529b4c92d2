"""My data: the download for its owner alone, the restore that explains itself, the way out."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dashboards.models import DataExport
from dashboards.services import data_exports
from dashboards.services.export import TABLES
from members.models import Activity, User
from tests.factories import ActivityFactory, MembershipFactory

pytestmark = pytest.mark.django_db
DATA, ASK, DOWNLOAD = "/data/", "/data/export/", "/data/export/download/"
RESTORE, ERASE = "/data/restore/", "/data/erase/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def words(response):
    return " ".join(response.content.decode().split())


def downloaded(client):
    return b"".join(client.get(DOWNLOAD).streaming_content)


def upload(client, content, name="surefoot.zip"):
    return client.post(RESTORE, {"file": SimpleUploadedFile(name, content)})


# --- Download -------------------------------------------------------------------------------------
def test_a_small_download_is_there_at_once(page, runner):
    ActivityFactory(runner=runner)

    response = page.post(ASK, follow=True)

    assert [str(one) for one in response.context["messages"]] == ["Your download is ready."]
    assert "Kept until 25 March 2026" in words(response)
    answer = page.get(DOWNLOAD)
    assert answer["Content-Disposition"] == 'attachment; filename="surefoot-2026-03-18.zip"'
    assert "no-store" in answer["Cache-Control"]
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert len(names) == 2 * len(TABLES) + 2


def test_a_large_one_is_written_by_a_job_and_the_page_waits(
    page, runner, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(data_exports, "AT_ONCE_ROWS", 0)
    page.post(ASK)
    waiting = page.get(DATA)
    part = page.get(DATA, headers={"HX-Request": "true", "HX-Target": "download"})

    assert "It is being written." in words(waiting)
    assert words(part).startswith('<div id="download"')
    assert 'hx-trigger="every 3s"' in words(part)
    assert page.get(DOWNLOAD).status_code == 404

    data_exports.write_now(DataExport.objects.get().pk, now=dt.datetime.now(dt.UTC))
    assert "Download the zip" in words(page.get(DATA))


def test_nobody_gets_anothers_download(page, client_of, coach, admin_membership):
    page.post(ASK)
    for other in (coach, admin_membership.user):
        assert client_of(other).get(DOWNLOAD).status_code == 404
        assert "Download the zip" not in words(client_of(other).get(DATA))


def test_an_expired_or_lost_file_is_offered_anew(page, time_machine, now):
    page.post(ASK)
    time_machine.move_to(now + dt.timedelta(days=8), tick=False)
    assert page.get(DOWNLOAD).status_code == 404
    assert "Make my download" in words(page.get(DATA))
    page.post(ASK)
    for path in data_exports.folder().iterdir():
        path.unlink()
    assert "Make my download" in words(page.get(DATA))
    page.post(ASK)
    assert "Download the zip" in words(page.get(DATA))


# --- Restore --------------------------------------------------------------------------------------
def test_a_download_comes_back_and_says_what_became_of_it(page, runner):
    run = ActivityFactory(runner=runner)
    page.post(ASK)
    content = downloaded(page)
    run.delete()

    first, second = upload(page, content), upload(page, content)

    assert first.status_code == second.status_code == 200
    assert "Restored: 1 row added" in words(first)
    assert "Nothing to add" in words(second)
    assert Activity.objects.get().runner == runner
    assert "A club decides who is a member" in words(first)


def test_what_is_wrong_is_said_and_nothing_changes(page, runner):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("manifest.json", '{"format": "surefoot-export", "version": 1}')
        packed.writestr("activities.json", '[{"id": 1, "kind": "<b>fly</b>"}]')

    response = upload(page, out.getvalue())

    assert response.status_code == 422
    text = words(response)
    assert "Nothing was restored" in text
    assert "activities.json, row 1: kind: Value &#x27;&lt;b&gt;fly&lt;/b&gt;&#x27;" in text
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GPX", "It is no zip, or a damaged one."),
        (b"", "The submitted file is empty."),
        (b"x" * (16 * 1024 * 1024 + 1), "It is larger than 16 MB."),
    ],
)
def test_what_is_no_download_is_an_error_at_the_field(content, why, page):
    response = upload(page, content)
    assert response.status_code == 422
    assert response.context["form"].errors == {"file": [why]}


# --- Delete ---------------------------------------------------------------------------------------
@pytest.fixture
def confirmed(client, runner):
    """A client whose owner has just said the password again."""
    runner.set_password(PASSWORD)
    runner.save()
    client.force_login(runner)
    answer = client.get(ERASE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    client.post(answer["Location"], {"password": PASSWORD})
    return client


def test_deleting_wants_the_password_again(client_of, runner):
    runner.set_password(PASSWORD)
    runner.save()
    response = client_of(runner).post(ERASE, {"email": runner.email})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=runner.pk).exists()


def test_who_logs_in_by_code_types_the_address_alone(page, runner):
    runner.set_unusable_password()
    runner.save()
    client = page
    client.force_login(runner)
    assert client.get(ERASE).status_code == 200


def test_the_page_offers_a_copy_and_says_what_goes_and_stays(confirmed, runner):
    ActivityFactory(runner=runner)
    text = words(confirmed.get(ERASE))
    assert "First, take a copy" in text
    assert "<li>activities: 1</li>" in text
    assert "without your name" in text


@pytest.mark.parametrize("typed", ["", "robin", "somebody@example.org"])
def test_another_address_deletes_nothing(typed, confirmed, runner):
    response = confirmed.post(ERASE, {"email": typed})
    assert response.status_code == 422
    assert "email" in response.context["form"].errors
    assert User.objects.filter(pk=runner.pk).exists()


def test_the_right_address_deletes_and_logs_out(confirmed, runner):
    response = confirmed.post(ERASE, {"email": runner.email.upper()}, follow=True)
    assert response.redirect_chain == [("/accounts/login/", 302)]
    assert "Your account and everything in it is deleted." in words(response)
    assert not User.objects.filter(pk=runner.pk).exists()
    assert "sessionid" not in {name for name, one in confirmed.cookies.items() if one.value}


def test_the_last_admin_is_told_what_to_do_first(client_of, admin_membership):
    admin = admin_membership.user
    MembershipFactory(club=admin_membership.club)
    admin.set_unusable_password()
    admin.save()
    client = client_of(admin)

    page, response = client.get(ERASE), client.post(ERASE, {"email": admin.email})

    assert "You are the only admin of <strong>Heath Harriers</strong>" in words(page)
    assert "Delete my account for good" not in words(page)
    assert response.status_code == 422
    assert User.objects.filter(pk=admin.pk).exists()
