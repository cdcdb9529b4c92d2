"""`manage.py demo`: what it prints, and how it refuses."""

import json

import pytest
from django.core.management import CommandError, call_command

from members.models import User
from tests.factories import UserFactory


def test_json_is_all_it_prints(db, capsys, settings):
    settings.SITE_URL = "http://127.0.0.1:8123"
    call_command("demo", "--members=2", "--weeks=4", "--json")
    printed = capsys.readouterr().out
    shown = json.loads(printed)
    assert printed.count("\n") == 1
    assert (shown["url"], shown["club"]) == ("http://127.0.0.1:8123", "harriers")
    assert [one["role"] for one in shown["logins"]] == ["runner", "coach", "admin"]
    assert all(set(one) == {"role", "email", "password"} for one in shown["logins"])


def test_people_read_the_address_and_the_logins(db, capsys):
    call_command("demo", "--members=1", "--weeks=4")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("/c/harriers/")
    assert [line.split()[0] for line in lines[1:]] == ["runner", "coach", "admin"]


def test_real_members_are_refused_with_one_line(db):
    UserFactory(email="real@example.org")
    with pytest.raises(CommandError, match=r"real members; .*\.$") as refused:
        call_command("demo")
    assert refused.value.returncode == 1
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--members=0"], "--members must be from 1 to 5000."),
        (["--weeks=3"], "--weeks must be from 4 to 520."),
        (["--with-year=year.zip"], "--with-year and --as go together."),
        (["--with-year=no.zip", "--as=a@example.org"], "no.zip: there is no such file."),
        (["--with-year=manage.py", "--as=nobody"], "--as must be an email address."),
    ],
)
def test_unusable_options_end_with_two(db, arguments, said):
    with pytest.raises(CommandError) as refused:
        call_command("demo", *arguments)
    assert str(refused.value) == said
    assert refused.value.returncode == 2
    assert not User.objects.exists()
