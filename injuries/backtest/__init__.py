"""How good the flags are: recorded histories replayed through the rules. Pure, no Django."""

from injuries.backtest.figures import RESAMPLES, SEED
from injuries.backtest.lovdal import Logs, Malformed, read
from injuries.backtest.replay import Lived, Replayed, Spell, onsets_of, replay, spells_of
from injuries.backtest.runs import FORMAT, nothing_in, of_clubs, of_lives, of_logs
from injuries.backtest.tables import as_text

__all__ = [
    "FORMAT",
    "RESAMPLES",
    "SEED",
    "Lived",
    "Logs",
    "Malformed",
    "Replayed",
    "Spell",
    "as_text",
    "nothing_in",
    "of_clubs",
    "of_lives",
    "of_logs",
    "onsets_of",
    "read",
    "replay",
    "spells_of",
]
