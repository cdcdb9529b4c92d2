"""Whose membership ends loses the club in the same moment: pages, endpoints, old sessions."""

import pytest

from members.models import Membership
from members.services.memberships import change_role, end_membership
from members.services.tokens import create_token
from tests.factories import MembershipFactory
from tests.project.test_routes import CLUB_PAGES


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def leaving(request, club):
    return MembershipFactory(club=club, role=request.param)


def _statuses(client, address_of, **headers):
    return {name: client.get(address_of(name), headers=headers).status_code for name in CLUB_PAGES}


@pytest.mark.parametrize("leaving", ["runner", "coach", "assistant", "admin"], indirect=True)
def test_no_page_of_the_club_is_left(
    leaving,
    address_of,
    admin_membership,
    client_of,
    now,
):
    client = client_of(leaving.user)
    _, key = create_token(leaving.user, name="watch", now=now)
    end_membership(leaving, by=admin_membership, now=now)
    assert set(_statuses(client, address_of).values()) == {404}
    by_key = {"authorization": f"Bearer {key}"}
    api = {name for name in CLUB_PAGES if name.startswith("api")}
    assert api
    for name in api:
        assert client.get(address_of(name), headers=by_key).status_code == 404, name


@pytest.mark.parametrize("leaving", ["coach", "assistant"], indirect=True)
def test_who_is_no_coach_any_more_sees_no_runner(
    leaving,
    address_of,
    admin_membership,
    client_of,
    now,
):
    client = client_of(leaving.user)
    change_role(leaving, role="runner", by=admin_membership, now=now)
    assert client.get(address_of("dashboards:board")).status_code == 403
    assert client.get(address_of("dashboards:runner")).status_code == 403
    assert client.get(address_of("dashboards:plan")).status_code == 403


def test_a_runner_who_leaves_is_on_no_page_of_a_coach(
    membership,
    coach_membership,
    address_of,
    client_of,
    now,
):
    client = client_of(coach_membership.user)
    assert client.get(address_of("dashboards:runner")).status_code == 200
    end_membership(membership, by=membership, now=now)
    assert Membership.objects.get(pk=membership.pk).left_at == now
    pages = {
        name: client.get(address_of(name)) for name in CLUB_PAGES if not name.startswith("api")
    }
    assert pages["dashboards:runner"].status_code == 404
    assert pages["dashboards:board"].status_code == 200
    named = {name for name, page in pages.items() if b"Robin Runner" in page.content}
    assert named == set()
