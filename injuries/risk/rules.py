"""The ordered registry: every rule the engine runs. To add one, write it, word it, list it here."""

from collections.abc import Callable, Iterator

from injuries.risk import load, pain, red_flags, shoes
from injuries.risk.facts import Facts
from injuries.risk.findings import Finding

Rule = Callable[[Facts], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    red_flags.red_flags,  # RF1, RF2, RF3
    pain.under_18,  # M9
    pain.during_run,  # P1
    pain.next_morning,  # P2
    pain.trend,  # P3
    pain.duration,  # P4
    pain.weekly_check,  # P5
    pain.silence,  # P6
    load.spike,  # L1
    load.returning,  # L3
    load.big_step,  # L4
    load.above_usual,  # L7
    shoes.wear,  # S1
    shoes.new_pain,  # S2
    shoes.rotation,  # S3
    shoes.comfort,  # S4
)
