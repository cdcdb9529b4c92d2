"""`manage.py export_member`, `restore_member` and `erase_member`."""

import zipfile

import pytest
from django.core.management import CommandError, call_command

from members.models import Activity, User
from tests.factories import ActivityFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


def run(capsys, *arguments):
    call_command(*map(str, arguments))
    return capsys.readouterr().out.splitlines()


def refused(*arguments):
    with pytest.raises(CommandError) as error:
        call_command(*map(str, arguments))
    return error.value.returncode, str(error.value)


def test_out_and_into_another_account(runner, tmp_path, capsys):
    ActivityFactory(runner=runner)
    other, path = UserFactory(), tmp_path / "robin.zip"

    (said,) = run(capsys, "export_member", runner.email.upper(), path)
    lines = run(capsys, "restore_member", other.email, path)
    again = run(capsys, "restore_member", other.email, path)

    assert said.startswith("3 rows in ")
    assert path.stat().st_mode & 0o777 == 0o600
    assert zipfile.ZipFile(path).testzip() is None
    assert lines == ["activities: 1 added, 0 there", "1 rows added."]
    assert again == ["activities: 0 added, 1 there", "0 rows added."]
    assert Activity.objects.filter(runner=other).count() == 1


def test_wrong_calls_end_with_2_and_refusals_with_1(runner, tmp_path):
    path = tmp_path / "there.zip"
    path.write_bytes(b"no zip")
    assert refused("export_member", "nobody@example.org", path) == (
        2, "Nobody here has the email nobody@example.org.",
    )  # fmt: skip
    assert refused("export_member", runner.email, path) == (2, f"{path} is there already.")
    assert path.read_bytes() == b"no zip"
    assert refused("export_member", runner.email, tmp_path / "no" / "x.zip")[0] == 1
    assert refused("restore_member", runner.email, tmp_path / "no.zip")[0] == 2
    assert refused("restore_member", runner.email, path) == (
        1, f"{path}: It is no zip, or a damaged one.",
    )  # fmt: skip


def test_erasing_asks_for_the_address_again(runner, capsys, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "somebody@example.org")
    assert refused("erase_member", runner.email) == (1, "Nothing was deleted.")
    assert "1 person" in capsys.readouterr().out

    monkeypatch.setattr("builtins.input", lambda _: f" {runner.email.upper()} ")
    lines = run(capsys, "erase_member", runner.email)

    assert lines[-1] == "Deleted. Backups keep a copy until they are replaced."
    assert not User.objects.filter(pk=runner.pk).exists()


def test_nobody_at_the_keyboard_is_a_no(runner, monkeypatch):
    def nobody(_):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    assert refused("erase_member", runner.email) == (1, "Nothing was deleted.")


def test_the_last_admin_hands_over_first(admin_membership):
    MembershipFactory(club=admin_membership.club)
    code, why = refused("erase_member", admin_membership.user.email, "--yes")
    assert (code, why) == (
        1, "This is the only admin of Heath Harriers. Make somebody else an admin first.",
    )  # fmt: skip
