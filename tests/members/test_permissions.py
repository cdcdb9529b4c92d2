"""Who may do what, said once."""

import pytest

from members.models import Role
from members.permissions import ALLOWED, Permission, may
from tests.factories import MembershipFactory

HEALTH = {
    Permission.SEE_BOARD,
    Permission.SEE_RUNNER,
    Permission.DECIDE,
    Permission.SEE_TRENDS,
    Permission.PLAN_RUNS,
    Permission.SEE_INJURIES,
}


def test_an_admin_sees_no_health_data():
    assert not ALLOWED[Role.ADMIN] & HEALTH


def test_a_runner_sees_nobody():
    assert ALLOWED[Role.RUNNER] == frozenset()


def test_a_coach_changes_nobodys_membership():
    figures = {Permission.SEE_FLAG_QUALITY, Permission.SEE_MEMBERS, Permission.EDIT_ROUTES}
    assert ALLOWED[Role.COACH] == HEALTH | figures


def test_an_assistant_sees_their_squads_and_no_figures_of_the_whole_club():
    assert ALLOWED[Role.ASSISTANT] == HEALTH | {Permission.SEE_MEMBERS, Permission.EDIT_ROUTES}


def test_every_permission_is_somebodys_and_is_a_sentence():
    assert frozenset().union(*ALLOWED.values()) == set(Permission)
    assert all(one.value[0].isupper() and one.value.endswith(".") for one in Permission)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_may_asks_the_table(role):
    membership = MembershipFactory(role=role)
    assert {one for one in Permission if may(membership, one)} == ALLOWED[role]
