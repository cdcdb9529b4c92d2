"""GET /api/v1/me/."""

import pytest
from rest_framework.test import APIClient

from tests.factories import ClubFactory, MembershipFactory, SquadFactory, UserFactory


def get_me(user):
    client = APIClient()
    client.force_login(user)
    return client.get("/api/v1/me/")


@pytest.mark.django_db
def test_nobody_is_told_to_log_in():
    assert APIClient().get("/api/v1/me/").status_code == 401


def test_me_with_my_clubs(membership, now):
    membership.squad = SquadFactory(club=membership.club, name="Sunday")
    membership.joined_at = now
    membership.save()
    MembershipFactory(user=membership.user, left_at=now)
    user = membership.user
    assert get_me(user).json() == {
        "id": user.pk,
        "email": user.email,
        "name": "Robin Runner",
        "time_zone": "UTC",
        "unit": "km",
        "keeps_pain": True,
        "memberships": [
            {
                "id": membership.pk,
                "club": "heath",
                "club_name": "Heath Harriers",
                "role": "runner",
                "squad": "Sunday",
                "sharing": "everything",
                "joined_at": "2026-03-18T12:00:00Z",
            }
        ],
    }


@pytest.mark.parametrize("clubs", [1, 3])
def test_costs_the_same_for_many_clubs(db, clubs, django_assert_num_queries):
    user = UserFactory(health_consent_at=None)
    for _ in range(clubs):
        MembershipFactory(user=user, club=ClubFactory())
    client = APIClient()
    client.force_authenticate(user)
    with django_assert_num_queries(1):
        said = client.get("/api/v1/me/").json()
    assert len(said["memberships"]) == clubs
    assert said["keeps_pain"] is False
    assert said["memberships"][0]["squad"] is None
