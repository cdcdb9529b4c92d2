"""manage.py create_club."""

import json

import pytest
from django.core.management import CommandError, call_command

from dashboards.models import Notice
from members.links import invitation_id_of
from members.models import Club, Invitation
from tests.factories import ClubFactory

pytestmark = pytest.mark.django_db


def run(capsys, *arguments: str) -> str:
    call_command("create_club", *arguments)
    return capsys.readouterr().out


def test_creates_the_club_has_the_mail_sent_and_prints_the_link(capsys):
    out = run(capsys, "Heath Harriers", "--admin", "Alex@Example.org")
    club = Club.objects.get()
    assert (club.name, club.slug) == ("Heath Harriers", "heath-harriers")
    invitation = Invitation.objects.get()
    assert (invitation.club, invitation.role, invitation.email) == (
        club,
        "admin",
        "alex@example.org",
    )
    first, link = out.splitlines()
    assert first == "Heath Harriers is created. Invitation for alex@example.org:"
    assert link.startswith("http://127.0.0.1:8000/join/")
    [row] = Notice.objects.all()
    assert (row.kind, row.state, row.invitation) == ("invitation", "due", invitation)
    assert invitation.pk == invitation_id_of(link.rpartition("/join/")[2].strip("/"))


def test_json_is_all_there_is(capsys):
    said = json.loads(run(capsys, "Heath", "--admin", "a@b.org", "--slug", "hh", "--json"))
    assert set(said) == {"club", "admin", "link"}
    assert (said["club"], said["admin"]) == ("hh", "a@b.org")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Heath", "--admin", "nobody"], "email: Write one email address."),
        (["Heath", "--admin", "a@b.org", "--slug", "taken"], "slug: Club with this Slug"),
        (["", "--admin", "a@b.org", "--slug", "x"], "name: This field cannot be blank."),
    ],
)
def test_refuses_in_one_line_and_does_nothing(arguments, sentence):
    ClubFactory(slug="taken")
    with pytest.raises(CommandError) as error:
        call_command("create_club", *arguments)
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)
    assert Club.objects.count() == 1
    assert not Invitation.objects.exists()
    assert not Notice.objects.exists()
