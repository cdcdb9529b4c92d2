"""A history as it stood on a day: what was said later is not in it."""

import pytest

from injuries import risk
from injuries.selectors.history import Records, records_of
from members.models import ShoeComfort, User
from tests.factories import ShoeFactory
from tests.injuries.risk.histories import ago


def test_how_a_pair_felt_later_is_not_seen():
    said = (risk.Comfort(ago(20), 8), risk.Comfort(ago(10), 7), risk.Comfort(ago(9), 5))
    records = Records(User(), shoes=[risk.Shoe("1", first_used=ago(40), comfort=said)])

    (shoe,) = records.as_of(ago(10)).shoes

    assert shoe == risk.Shoe("1", first_used=ago(40), comfort=said[:2])
    assert records.as_of(ago(9)).shoes[0].comfort == said


@pytest.mark.parametrize("runners", [1, 3])
def test_what_was_said_about_each_pair_is_read_in_the_same_seven_queries(
    runners, db, django_assert_num_queries
):
    pairs = [ShoeFactory(first_used=ago(60)) for _ in range(runners)]
    for pair in pairs:
        ShoeComfort.objects.create(shoe=pair, on=ago(1), comfort=5)
        ShoeComfort.objects.create(shoe=pair, on=ago(40), comfort=8)
    unrated = ShoeFactory(owner=pairs[0].owner, start_m=1_000)

    with django_assert_num_queries(7):
        records = records_of([pair.owner for pair in pairs])

    said = (risk.Comfort(ago(40), 8), risk.Comfort(ago(1), 5))
    for pair in pairs:
        worn = risk.Shoe(str(pair.pk), 0, 800_000, ago(60), None, said)
        assert records[pair.owner_id].shoes[0] == worn
    assert records[unrated.owner_id].shoes[1:] == [risk.Shoe(str(unrated.pk), 1_000, 800_000)]
