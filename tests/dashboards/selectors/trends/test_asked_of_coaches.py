"""Whether a week asks coaches for something: the same as what presses them on the board."""

import datetime as dt
import itertools
from types import SimpleNamespace

import pytest

from dashboards.selectors.board_rows import ASKING, Logged, pressing, states
from injuries.selectors.sharing import asks_coaches, what_coach_sees
from members.models import Sharing

ON = dt.date(2026, 3, 18)


def flag(rule, level, action, *, ratio=1.2, for_coach=False):
    """Return a flag as the rules make it."""
    values = {
        "distance_m": int(10_000 * ratio), "longest_30d_m": 10_000, "ratio": ratio,
        "run_on": "2026-03-14", "limit_m": 800_000, "during": 4, "limit": 2,
        "days": 9, "break_days": 9, "problem": "left heel", "shoe": "1",
        "last_on": "2026-03-01", "back_on": "2026-03-14", "rises": 3,
    }  # fmt: skip
    return SimpleNamespace(
        rule=rule, level=level, action=action, values=values, for_coach=for_coach
    )


FLAGS = (
    (),
    (flag("L1", "over_10", "ease"),),
    (flag("L1", "over_10", "ease", for_coach=True),),
    (flag("L1", "over_100", "ease", ratio=2.4, for_coach=True),),
    (flag("P1", "over_limit", "ease"),),
    (flag("S1", "check_wear", "shoe_check"),),
    (flag("S1", "consider_replacing", "shoe_check"),),
    (flag("L1", "over_10", "ease"), flag("S1", "check_wear", "shoe_check")),
    (flag("L1", "over_10", "ease"), flag("P1", "over_limit", "ease")),
)


@pytest.mark.parametrize("sharing", Sharing.values)
@pytest.mark.parametrize("keeps_health", [True, False])
@pytest.mark.parametrize("step", range(5))
def test_it_asks_where_the_board_presses(sharing, keeps_health, step):
    member = SimpleNamespace(sharing=sharing, keeps_health=keeps_health)
    trainings = ("carry_on", "not_assessed", "ease", "cross_train", "rest")
    for training, clinician, flags in itertools.product(trainings, ("", "book"), FLAGS):
        week = SimpleNamespace(
            on=ON,
            training=training,
            clinician=clinician,
            shoes=any(one.rule == "S1" for one in flags),
        )
        view = what_coach_sees(member, week, flags=flags, step=step)
        where = states(view, Logged(last_entry=ON), away=None, is_new=False, on=ON)
        expected = pressing(where, view) in ASKING
        found = asks_coaches(member, week, flags=flags, step=step)
        assert found is expected, (training, clinician, [one.rule for one in flags])
