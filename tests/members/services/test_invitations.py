"""The link into a club: signed, mailed, used once, expiring, revocable."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError

from members.emails import invitation_mail
from members.links import join_link, join_token
from members.models import AuditEntry, Consent, Invitation, Membership, User
from members.services.invitations import (
    Answers,
    InvitationGone,
    WrongPerson,
    accept_invitation,
    invitation_of,
    invite,
    invite_first_admin,
    revoke,
)
from tests.factories import ClubFactory, MembershipFactory, SquadFactory, UserFactory

DAY = dt.timedelta(days=1)
ANSWERS = Answers(sharing="status", health=True, name="Nell New", time_zone="Europe/Vienna")


@pytest.fixture
def invitation(admin_membership, now) -> Invitation:
    return invite(admin_membership, email="New@Example.org", role="runner", now=now)


class TestInvite:
    def test_stores_a_row_and_words_the_mail_with_the_link(self, invitation, club, now):
        assert invitation.email == "new@example.org"
        assert invitation.expires_at == now + 14 * DAY
        mail = invitation_mail(invitation, message_name="notice-1")
        assert mail.to == ["new@example.org"]
        assert mail.subject == "Your invitation to Heath Harriers"
        assert join_link(invitation.pk) in mail.body
        assert "Alex Admin invites you to Heath Harriers as a runner." in mail.body
        assert "until 1 April 2026" in mail.body

    def test_is_audited_without_the_address(self, invitation, admin_membership):
        entry = AuditEntry.objects.get(action="invited")
        assert entry.by == admin_membership.user
        assert entry.details == {"invitation": invitation.pk, "role": "runner"}

    def test_a_second_one_ends_the_first(self, invitation, admin_membership, now):
        second = invite(admin_membership, email="new@example.org", role="coach", now=now + DAY)
        invitation.refresh_from_db()
        assert invitation.revoked_at == now + DAY
        assert second.is_open(now=now + DAY)

    def test_refuses_a_member(self, admin_membership, membership, now):
        with pytest.raises(ValidationError) as error:
            invite(admin_membership, email=membership.user.email.upper(), role="runner", now=now)
        assert error.value.message_dict == {"email": ["This person is in the club already."]}

    def test_refuses_another_clubs_squad(self, admin_membership, now):
        with pytest.raises(ValidationError) as error:
            invite(admin_membership, email="a@b.org", role="runner", squad=SquadFactory(), now=now)
        assert list(error.value.message_dict) == ["squad"]

    @pytest.mark.parametrize("email", ["", "nobody", "a@b.org, c@d.org", "a@b.org\nBcc: x@y.org"])
    def test_refuses_what_is_no_address(self, admin_membership, email, now):
        with pytest.raises(ValidationError) as error:
            invite(admin_membership, email=email, role="runner", now=now)
        assert error.value.message_dict == {"email": ["Write one email address."]}
        assert not Invitation.objects.exists()

    def test_refuses_coaches_and_other_clubs_admins(self, coach_membership, invitation, now):
        with pytest.raises(PermissionDenied):
            invite(coach_membership, email="a@b.org", role="runner", now=now)
        stranger = MembershipFactory(role="admin")
        with pytest.raises(PermissionDenied):
            revoke(invitation, by=stranger, now=now)
        assert invitation_of(join_token(invitation.pk)).is_open(now=now)

    def test_the_first_admin_of_a_new_club_is_invited_by_nobody(self, db, now):
        club = ClubFactory(name="Heath")
        invitation = invite_first_admin(club, email="first@example.org", now=now)
        assert (invitation.role, invitation.invited_by) == ("admin", None)
        mail = invitation_mail(invitation, message_name="notice-1")
        assert "You are invited to Heath as an admin." in mail.body


class TestAccept:
    def test_makes_the_person_the_membership_and_the_consents(self, invitation, club, now):
        answers = Answers(
            sharing="everything",
            health=True,
            name=" Nell New ",
            password="long and winding",
            time_zone="Europe/Vienna",
            unit="mi",
            previous_injury=False,
            declared_longest_m=12_000,
        )
        membership = accept_invitation(join_token(invitation.pk), answers=answers, now=now)

        user = membership.user
        assert (user.name, user.email, user.unit) == ("Nell New", "new@example.org", "mi")
        assert user.check_password("long and winding")
        assert user.adult_from is None
        assert (user.previous_injury, user.previous_injury_answered_on) == (False, now.date())
        assert (user.declared_longest_m, user.declared_on) == (12_000, now.date())
        assert user.health_consent_at == now
        assert (membership.club, membership.role, membership.sharing, membership.joined_at) == (
            club,
            "runner",
            "everything",
            now,
        )
        assert set(Consent.objects.values_list("kind", "answer", "club", "given_at")) == {
            ("store_health", "yes", None, now),
            ("sharing", "everything", club.pk, now),
        }

    def test_the_link_verifies_the_address(self, invitation, now):
        membership = accept_invitation(join_token(invitation.pk), answers=ANSWERS, now=now)
        address = EmailAddress.objects.get(user=membership.user)
        assert (address.email, address.verified, address.primary) == (
            "new@example.org",
            True,
            True,
        )

    def test_without_a_password_nobody_can_log_in_by_one(self, invitation, now):
        user = accept_invitation(join_token(invitation.pk), answers=ANSWERS, now=now).user
        assert not user.has_usable_password()

    def test_a_no_is_an_answer_and_is_kept(self, invitation, now):
        answers = Answers(sharing="nothing", health=False, name="Nell")
        membership = accept_invitation(join_token(invitation.pk), answers=answers, now=now)
        assert membership.user.health_consent_at is None
        assert set(Consent.objects.values_list("kind", "answer")) == {
            ("store_health", "no"),
            ("sharing", "nothing"),
        }

    def test_works_once(self, invitation, now):
        token = join_token(invitation.pk)
        accept_invitation(token, answers=ANSWERS, now=now)
        with pytest.raises(InvitationGone):
            accept_invitation(token, answers=ANSWERS, now=now)
        assert User.objects.filter(email="new@example.org").count() == 1

    def test_expires(self, invitation, now):
        token = join_token(invitation.pk)
        with pytest.raises(InvitationGone):
            accept_invitation(token, answers=ANSWERS, now=now + 14 * DAY)
        accept_invitation(token, answers=ANSWERS, now=now + 14 * DAY - dt.timedelta(seconds=1))

    def test_can_be_revoked(self, invitation, admin_membership, now):
        revoke(invitation, by=admin_membership, now=now)
        revoke(invitation, by=admin_membership, now=now + DAY)
        invitation.refresh_from_db()
        assert invitation.revoked_at == now
        assert AuditEntry.objects.filter(action="invitation_revoked").count() == 1
        with pytest.raises(InvitationGone):
            accept_invitation(join_token(invitation.pk), answers=ANSWERS, now=now)

    def test_a_race_for_one_link_has_one_winner(self, invitation, now, monkeypatch):
        stale = invitation_of(join_token(invitation.pk))
        accept_invitation(join_token(invitation.pk), answers=ANSWERS, now=now)
        User.objects.filter(email="new@example.org").update(email="moved@example.org")
        monkeypatch.setattr("members.services.invitations.invitation_of", lambda token: stale)
        with pytest.raises(InvitationGone):
            accept_invitation("any", answers=ANSWERS, now=now)
        assert not User.objects.filter(email="new@example.org").exists()

    @pytest.mark.parametrize("token", ["", "1", "1.x", "x.y", "1.AAAA", "é.ü"])
    def test_a_made_up_link_is_unknown(self, invitation, token):
        assert invitation_of(token) is None

    def test_only_for_the_invited_address(self, invitation, outsider, now):
        with pytest.raises(WrongPerson):
            accept_invitation(join_token(invitation.pk), answers=ANSWERS, user=outsider, now=now)
        assert not Membership.objects.filter(user=outsider).exists()

    def test_an_account_there_is_must_log_in_first(self, invitation, now):
        UserFactory(email="new@example.org")
        with pytest.raises(WrongPerson):
            accept_invitation(join_token(invitation.pk), answers=ANSWERS, now=now)

    def test_who_comes_back_shares_nothing_until_they_say(self, admin_membership, club, now):
        gone = MembershipFactory(
            club=club, sharing="everything", left_at=now, user__email="back@example.org"
        )
        again = invite(admin_membership, email="back@example.org", role="coach", now=now)
        membership = accept_invitation(
            join_token(again.pk), answers=Answers(), user=gone.user, now=now
        )
        assert membership.pk == gone.pk
        assert (membership.role, membership.sharing, membership.left_at) == (
            "coach",
            "nothing",
            None,
        )

    def test_under_age_a_guardian_has_to_agree(self, invitation, now):
        young = Answers(health=True, name="Yara", adult_from=now.date() + 400 * DAY)
        with pytest.raises(ValidationError):
            accept_invitation(join_token(invitation.pk), answers=young, now=now)
        assert not User.objects.filter(name="Yara").exists()
        assert invitation_of(join_token(invitation.pk)).is_open(now=now)

    def test_a_wrong_answer_leaves_the_link_good(self, invitation, now):
        with pytest.raises(ValidationError):
            accept_invitation(
                join_token(invitation.pk), answers=Answers(name="N", time_zone="Moon"), now=now
            )
        assert invitation_of(join_token(invitation.pk)).is_open(now=now)
