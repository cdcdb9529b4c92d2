"""What a member allows is kept answer by answer."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from members.models import AuditEntry, Consent
from members.services.consents import set_health_consent, set_sharing
from members.signals import training_changed
from tests.factories import UserFactory


@pytest.fixture
def changes():
    seen = []

    def listen(sender, **kwargs):
        seen.append((kwargs["runner"], kwargs["first_day"]))

    training_changed.connect(listen)
    yield seen
    training_changed.disconnect(listen)


def test_sharing_is_changed_and_every_answer_kept(membership, now):
    set_sharing(membership, sharing="nothing", now=now)
    set_sharing(membership, sharing="status", now=now + dt.timedelta(days=1))
    membership.refresh_from_db()
    assert membership.sharing == "status"
    answers = Consent.objects.order_by("given_at").values_list("kind", "club", "answer")
    assert list(answers) == [
        ("sharing", membership.club_id, "nothing"),
        ("sharing", membership.club_id, "status"),
    ]


def test_sharing_knows_three_answers(membership, now):
    with pytest.raises(ValidationError) as error:
        set_sharing(membership, sharing="some", now=now)
    assert list(error.value.message_dict) == ["sharing"]


def test_health_consent_is_given_and_withdrawn(db, now, changes):
    user = UserFactory(health_consent_at=None)
    set_health_consent(user, given=True, now=now)
    user.refresh_from_db()
    assert user.health_consent_at == now
    set_health_consent(user, given=False, now=now)
    user.refresh_from_db()
    assert user.health_consent_at is None
    assert list(Consent.objects.order_by("id").values_list("kind", "answer", "club")) == [
        ("store_health", "yes", None),
        ("store_health", "no", None),
    ]
    # What the rules said this week is said again, without or with the answers.
    assert changes == [(user, dt.date(2026, 3, 16))] * 2


def test_under_age_a_guardian_agrees_and_that_is_kept(db, now):
    user = UserFactory(health_consent_at=None, adult_from=dt.date(2027, 1, 1))
    with pytest.raises(ValidationError):
        set_health_consent(user, given=True, now=now)
    assert not Consent.objects.exists()
    set_health_consent(user, given=True, guardian_agrees=True, now=now)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.about, entry.details) == ("guardian_agreed", user, {})


def test_taking_back_needs_no_guardian(db, now):
    user = UserFactory(adult_from=dt.date(2027, 1, 1))
    set_health_consent(user, given=False, now=now)
    assert user.health_consent_at is None
