"""Erasing leaves no trace of a person in any table or file, and what they did for others."""

import logging
import smtplib

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from dashboards.services.data_exports import ask_for_export, folder, write_now
from dashboards.services.erasing import clubs_without_another_admin, erase, what_goes
from injuries.models import CoachDecision, WeeklyAssessment
from members.models import AuditEntry, Club, Invitation, Membership, Role, User
from members.services.audit import record
from members.services.memberships import change_role
from tests.dashboards.services.full_person import fill
from tests.factories import AssessmentFactory, MembershipFactory, SquadFactory

pytestmark = pytest.mark.django_db
PK, EMAIL, NAME = 987_654_321, "vanishing.runner@example.org", "Vera Vanishing"


@pytest.fixture
def leaver(club):
    """A membership of somebody whose number, address and name stand nowhere by chance."""
    return MembershipFactory(
        club=club, user__pk=PK, user__email=EMAIL, user__name=NAME, sharing="everything"
    )


def traces():
    """Return (table, column) of every value in the database that holds the person."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a table's own name)
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = str(value).lower()
                    if any(one.lower() in text for one in (str(PK), EMAIL, NAME)):
                        found.append((table, name))
    return found


def test_no_table_and_no_file_holds_the_person_afterwards(
    leaver,
    coach,
    admin_membership,
    client_of,
    now,
    mailoutbox,
    settings,
    django_capture_on_commit_callbacks,
):
    fill(leaver, coach, now=now)
    client, other = client_of(leaver.user), client_of(coach)
    write_now(ask_for_export(leaver.user, now=now).pk, now=now)
    uploads = settings.VAR_DIR / "imports" / ("ab" * 16)
    uploads.mkdir(parents=True)
    (uploads / "0").write_bytes(b"a run")
    Invitation.objects.create(club=leaver.club, email=EMAIL.upper(), expires_at=now)
    for model, pk, said in ((User, PK, NAME), (Membership, leaver.pk, EMAIL)):
        LogEntry.objects.create(
            user=coach, content_type=ContentType.objects.get_for_model(model), object_id=pk,
            object_repr=said, action_flag=CHANGE,
        )  # fmt: skip
    assert len(traces()) > 30
    assert len(list(folder().iterdir())) == 1

    with django_capture_on_commit_callbacks(execute=True):
        erase(leaver.user, now=now)

    assert traces() == []
    assert list(folder().iterdir()) == []
    assert not uploads.exists()
    assert client.get("/").status_code == 302
    assert other.get("/settings/").status_code == 200
    assert Session.objects.count() == 1
    (mail,) = mailoutbox
    assert mail.to == [EMAIL]
    assert mail.subject == "Your Surefoot account is deleted"
    assert NAME not in mail.body


def test_what_a_coach_did_for_others_stays_without_the_name(leaver, membership, club, now):
    Membership.objects.filter(pk=leaver.pk).update(role=Role.COACH)
    SquadFactory(club=club).coaches.add(leaver)
    decision = CoachDecision.objects.create(
        assessment=AssessmentFactory(runner=membership.user), club=club, kind="accepted",
        note="take it gently", decided_at=now, decided_by=leaver.user, owner=leaver.user,
    )  # fmt: skip
    record("runner_viewed", by=leaver.user, about=membership.user, club=club, now=now)

    erase(leaver.user, now=now)

    decision.refresh_from_db()
    assert (decision.decided_by, decision.owner, decision.note) == (None, None, "take it gently")
    assert AuditEntry.objects.get().by is None
    assert traces() == []


def test_decisions_that_replace_each_other_go_with_their_runner(leaver, coach, now):
    fill(leaver, coach, now=now)
    erase(leaver.user, now=now)
    assert not CoachDecision.objects.exists()
    assert not WeeklyAssessment.objects.exists()


def test_the_last_admin_hands_over_first(admin_membership, membership, now, mailoutbox):
    admin = admin_membership.user
    assert clubs_without_another_admin(admin) == [admin_membership.club]
    with pytest.raises(ValidationError, match="only admin of Heath Harriers"):
        erase(admin, now=now)
    assert User.objects.filter(pk=admin.pk).exists()

    change_role(membership, role=Role.ADMIN, by=admin_membership, now=now)
    erase(admin, now=now)
    assert not User.objects.filter(pk=admin.pk).exists()


def test_whoever_is_alone_in_a_club_may_go_and_the_club_stays(admin_membership, now):
    MembershipFactory(club=admin_membership.club, left_at=now)
    erase(admin_membership.user, now=now)
    assert Club.objects.get() == admin_membership.club


def test_nobody_else_loses_anything(leaver, membership, coach, now):
    fill(membership, coach, now=now)
    before = what_goes(membership.user)
    erase(leaver.user, now=now)
    assert what_goes(membership.user) == before


def test_what_goes_is_counted(leaver, coach, now):
    fill(leaver, coach, now=now)
    goes = dict(what_goes(leaver.user))
    assert [goes[title] for title in ("person", "activities", "pairs of shoes")] == [1, 31, 2]
    assert goes["reports of pain"] == 6
    assert dict(what_goes(MembershipFactory().user)) == {"person": 1, "memberships": 1}


def test_a_mail_that_cannot_be_sent_brings_nobody_back(
    leaver, now, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(*args):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    caplog.set_level(logging.INFO)
    with django_capture_on_commit_callbacks(execute=True):
        erase(leaver.user, now=now)
    assert traces() == []
    assert "could not be sent" in caplog.text
    assert EMAIL not in caplog.text
    assert str(PK) not in caplog.text
