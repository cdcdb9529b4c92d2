"""Stopping a mail by its link, choosing mails, the demo's mailbox."""

import pytest
from django.test import Client
from django.urls import reverse_lazy

from dashboards.links import mail_off_link
from dashboards.models import MailHour, MailPreference

SETTINGS = reverse_lazy("dashboards:mail-settings")


@pytest.fixture
def link(runner):
    return mail_off_link(runner.pk, kind="runner").removeprefix("http://127.0.0.1:8000")


def test_looking_at_the_link_changes_nothing(link, runner):
    response = Client().get(link)

    assert response.status_code == 200
    assert not MailPreference.objects.exists()


def test_one_click_stops_the_mail_without_a_login_or_a_csrf_token(link, runner):
    client = Client(enforce_csrf_checks=True)

    response = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    preference = MailPreference.objects.get()
    assert (preference.user, preference.kind, preference.frequency) == (runner, "runner", "off")


@pytest.mark.parametrize("spoil", [lambda link: link[:-3] + "x/", lambda link: link + "x/"])
def test_a_link_that_was_not_made_here_is_not_there(link, spoil):
    assert Client().post(spoil(link)).status_code == 404
    assert not MailPreference.objects.exists()


def test_a_mail_that_cannot_be_wished_cannot_be_stopped(runner):
    link = mail_off_link(runner.pk, kind="invitation").removeprefix("http://127.0.0.1:8000")

    assert Client().get(link).status_code == 404
    assert Client().post(link).status_code == 404


WISHES = {
    "runner": "off", "morning": "daily", "reminder": "weekly", "import": "daily",
    "export": "at_once", "hour": "18",
}  # fmt: skip


def test_the_settings_store_each_kind_and_the_hour(client_of, runner):
    client = client_of(runner)

    response = client.post(SETTINGS, WISHES)

    assert response.status_code == 302
    said = dict(MailPreference.objects.values_list("kind", "frequency"))
    assert said | {"hour": str(MailHour.objects.get().hour)} == WISHES
    form = client.get(SETTINGS).context["form"]
    assert {name: str(form[name].value()) for name in WISHES} == WISHES


def test_only_coaches_are_asked_about_coaches_mail(client_of, runner, coach):
    assert {"coach", "urgent"} & set(
        client_of(runner).get(SETTINGS).context["form"].fields
    ) == set()
    assert list(client_of(coach).get(SETTINGS).context["form"].fields) == [
        "runner", "coach", "urgent", "morning", "reminder", "import", "export", "hour",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [("runner", "daily"), ("hour", "24"), ("morning", ""), ("hour", "")]
)
def test_an_odd_wish_is_refused_at_its_field_and_nothing_is_stored(client_of, runner, name, value):
    response = client_of(runner).post(SETTINGS, WISHES | {name: value})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [name])
    assert response.context["form"]["import"].value() == "daily"
    assert not MailPreference.objects.exists()
