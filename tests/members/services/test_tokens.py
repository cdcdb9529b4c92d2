"""Keys: shown once, stored as a hash, revocable."""

import datetime as dt

import pytest
from rest_framework.test import APIClient

from members.models import ApiToken
from members.services.tokens import create_token, revoke_token


def test_only_a_hash_is_stored(runner, now):
    token, key = create_token(runner, name=" watch ", now=now)
    assert key.startswith("surefoot_")
    assert len(key) == 52
    stored = ApiToken.objects.values().get(pk=token.pk)
    assert stored["name"] == "watch"
    assert key not in stored.values()


def test_two_keys_differ(runner, now):
    assert create_token(runner, name="a", now=now)[1] != create_token(runner, name="a", now=now)[1]


def test_revoking_keeps_the_first_moment(runner, now):
    token, _ = create_token(runner, name="a", now=now)
    revoke_token(token, now=now)
    revoke_token(token, now=now + dt.timedelta(days=1))
    assert token.revoked_at == now


@pytest.mark.parametrize("active", [True, False])
def test_a_key_opens_the_api_until_revoked_or_its_owner_may_not_log_in(runner, active, now):
    token, key = create_token(runner, name="a", now=now)
    runner.is_active = active
    runner.save()
    client = APIClient(headers={"Authorization": f"Bearer {key}"})
    assert client.get("/api/schema/").status_code == (200 if active else 401)
    revoke_token(token, now=now)
    assert client.get("/api/schema/").status_code == 401
