"""A history as it stood on a day: what was said later is not in it."""

from injuries import risk
from injuries.selectors.history import Records
from members.models import User
from tests.injuries.risk.histories import ago


def test_how_a_pair_felt_later_is_not_seen():
    said = (risk.Comfort(ago(20), 8), risk.Comfort(ago(10), 7), risk.Comfort(ago(9), 5))
    records = Records(User(), shoes=[risk.Shoe("1", first_used=ago(40), comfort=said)])

    (shoe,) = records.as_of(ago(10)).shoes

    assert shoe == risk.Shoe("1", first_used=ago(40), comfort=said[:2])
    assert records.as_of(ago(9)).shoes[0].comfort == said
