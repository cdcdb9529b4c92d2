"""A view behind a club's door cannot forget to say who may pass."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from members.access import ClubAPIMixin, ClubMixin
from members.permissions import Permission


@pytest.mark.parametrize("door", [ClubMixin, ClubAPIMixin])
def test_a_view_without_a_permission_does_not_import(door):
    with pytest.raises(ImproperlyConfigured, match="Forgetful must name the permission"):
        type("Forgetful", (door,), {})


@pytest.mark.parametrize("door", [ClubMixin, ClubAPIMixin])
def test_a_word_is_no_permission(door):
    with pytest.raises(ImproperlyConfigured):
        type("Mistyped", (door,), {"permission": "board"})


@pytest.mark.parametrize("door", [ClubMixin, ClubAPIMixin])
def test_a_view_that_names_one_does(door):
    permission = next(iter(Permission))
    assert type("Careful", (door,), {"permission": permission}).permission is permission
