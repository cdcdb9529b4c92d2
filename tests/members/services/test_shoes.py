"""Adding, editing and retiring pairs."""

from members.services.shoes import add_shoe, edit_shoe, retire_shoe


def test_only_one_pair_is_the_default_and_a_retired_one_never(runner, now):
    first = add_shoe(runner, now=now, name="A", is_default=True)
    second = add_shoe(runner, now=now, name="B", is_default=True)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)

    retire_shoe(second, on=now.date(), now=now)
    assert (second.is_default, second.retired_on) == (False, now.date())
    edit_shoe(second, now=now, is_default=True)
    assert not second.is_default
