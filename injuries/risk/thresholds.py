"""Every number a rule uses, in one table: value, unit, meaning, source, grade, basis.

`basis` says whether the source states the number ("source") or we chose it ("choice", evidence
0.1). Grades are those of evidence 0.2: A trial, B large cohort, C one cohort or small trial,
D opinion or convention, X evidence against it.
"""

from dataclasses import dataclass
from typing import TypeVar

RUNSAFE = "10.1136/bjsports-2024-109380"
SILBERNAGEL = "10.1177/0363546506298279"
LANDORF = "Landorf 2010, J Foot Ankle Res 3:7"
CLARSEN = "10.1136/bjsports-2019-101337"
NHS = "NHS advice on heel pain (evidence 2.4)"
DESAI = "10.2519/jospt.2021.9673"
NIELSEN = "10.2519/jospt.2014.5164"
FARRAR = "10.1016/S0304-3959(01)00349-9"
KRABAK = "10.1136/bjsports-2020-102518"
CONVENTION = "convention (evidence 4)"
MALISOUX = "10.1002/ejsc.70063"
LOVDAL = "10.34894/UWU9PV"
OURS = "design choice"

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number with where it comes from."""

    id: str
    value: float
    unit: str
    meaning: str
    source: str
    grade: str
    basis: str


TABLE: list[Threshold] = []


def _row(
    id: str, value: Number, unit: str, meaning: str, source: str, grade: str, basis: str
) -> Number:
    TABLE.append(Threshold(id, value, unit, meaning, source, grade, basis))
    return value


# --- Data (evidence 0.4) -------------------------------------------------------------------------
MERGE_GAP_S = _row(
    "merge_gap", 1800, "s", "runs closer than this are one session", OURS, "D", "choice"
)
COVERAGE_DAYS = _row(
    "coverage_days", 30, "days", "window of coverage and of L1's base", RUNSAFE, "B", "source"
)
COVERAGE_MIN = _row(
    "coverage_min", 0.8, "share", "known days needed to judge load", OURS, "D", "choice"
)
IMPUTE_DAYS = _row(
    "impute_days",
    90,
    "days",
    "window of the median pace that fills a distance",
    OURS,
    "D",
    "choice",
)

# --- Load (evidence 1) ---------------------------------------------------------------------------
SPIKE_PERCENT = _row(
    "L1_over_10", 110, "%", "a run beyond this share of the base is a spike", RUNSAFE, "B", "source"
)
SPIKE_DOUBLE_PERCENT = _row(
    "L1_over_100", 200, "%", "a run beyond this share is a large spike", RUNSAFE, "B", "source"
)
SPIKE_MIN_EXCESS_M = _row(
    "L1_min_excess", 1000, "m", "smaller excesses are within logging error", OURS, "D", "choice"
)
SPIKE_OPEN_DAYS = _row(
    "L1_open", 14, "days", "a spike stays open, its own day included", OURS, "D", "choice"
)
SPIKE_PAIN = _row(
    "L1_pain", 3, "0-10", "heel pain that turns an open spike into cross-train", OURS, "D", "choice"
)
LAYOFF_DAYS = _row(
    "L3_layoff", 7, "days", "known days without a run that make a break", OURS, "D", "choice"
)
LONG_LAYOFF_DAYS = _row(
    "L3_long", 14, "days", "from here the return is as long as the break", OURS, "D", "choice"
)
VERY_LONG_LAYOFF_DAYS = _row(
    "L3_very_long", 28, "days", "beyond this the return starts at a third", OURS, "D", "choice"
)
FIRST_WEEK_DAYS = _row(
    "L3_first_week", 7, "days", "the return after a short break", OURS, "D", "choice"
)
LONGEST_RETURN_DAYS = _row(
    "L3_longest_return", 84, "days", "no return lasts longer than this", OURS, "D", "choice"
)
FIRST_WEEK_PERCENT = _row(
    "L3_first_week_share", 75, "%", "of the longest run before the break", OURS, "D", "choice"
)
BIG_STEP = _row(
    "L4_big_step",
    0.30,
    "share",
    "rise of weekly distance",
    NIELSEN,
    "X",
    "source",
)
BIG_STEP_MIN_WEEK_M = _row(
    "L4_min_week", 10_000, "m", "smaller weeks are no base", OURS, "D", "choice"
)
RECOVERY_WEEK_SHARE = _row(
    "L4_recovery_week",
    0.6,
    "share",
    "less, of the four weeks before, is recovery",
    OURS,
    "D",
    "choice",
)
QUIET_AFTER_LAYOFF_DAYS = _row(
    "L4_quiet", 28, "days", "no weekly change after a long break", OURS, "D", "choice"
)
USUAL_WEEKS_MIN = _row(
    "L7_min_sums", 28, "sums", "earlier 7-day sums needed", LOVDAL, "C", "choice"
)
ABOVE_USUAL_Z = _row(
    "L7_above_usual", 1.5, "SD", "above one's own usual week", LOVDAL, "C", "source"
)

# --- Pain (evidence 2) ---------------------------------------------------------------------------
PAIN_LIMIT = _row(
    "P1_limit", 2, "0-10", "limit during a run where the spot is unknown", OURS, "D", "choice"
)
PAIN_STOP = _row(
    "P1_stop", 5, "0-10", "more than this during a run: stop", SILBERNAGEL, "A", "source"
)
PAIN_RUN_DAYS = _row("P1_window", 14, "days", "how long a run's pain speaks", OURS, "D", "choice")
SETTLED_RISE = _row(
    "P2_rise", 2, "0-10", "a morning this far above its base is not settled", LANDORF, "C", "source"
)
SETTLED_WITHOUT_BASE = _row(
    "P2_no_base", 2, "0-10", "settled at most here where there is no base", OURS, "D", "choice"
)
BASE_DAYS = _row("P2_base_days", 7, "days", "window of the morning base", OURS, "D", "choice")
BASE_VALUES = _row(
    "P2_base_values", 3, "values", "mornings needed in a window", OURS, "D", "choice"
)
UNSETTLED_DAYS = _row(
    "P2_window", 7, "days", "twice within this is cross-train", OURS, "D", "choice"
)
UNSETTLED_KEEP_PERCENT = _row(
    "P2_keep", 75, "%", "of the run that did not settle, for the next one", OURS, "D", "choice"
)
UNSETTLED_LOOK_BACK_DAYS = _row(
    "P2_look_back",
    28,
    "days",
    "how long twice-unsettled waits for two good mornings",
    OURS,
    "D",
    "choice",
)
HURT = _row(
    "P2_hurt",
    3,
    "0-10",
    "a run that hurt this much needs its next morning",
    SILBERNAGEL,
    "A",
    "source",
)
TREND_CHANGE = _row(
    "P3_change", 2, "0-10", "change of the weekly median people notice", LANDORF, "C", "source"
)
TREND_BETTER_SHARE = _row(
    "P3_better_share",
    0.3,
    "share",
    "or this share, from 4 upwards",
    FARRAR,
    "C",
    "source",
)
TREND_BETTER_FROM = _row(
    "P3_better_from", 4, "0-10", "from where a share counts", OURS, "D", "choice"
)
DRIFT_STEP = _row(
    "P3_drift_step", 1, "0-10", "rise of each of three weekly medians", OURS, "D", "choice"
)
NOT_BETTER_DAYS = _row(
    "P4_days", 14, "days", "a sore heel that long and not better", NHS, "D", "source"
)
SAME_SPOT_CHECKS = _row(
    "P4_checks", 3, "checks", "weekly checks in a row with the same spot", OURS, "D", "choice"
)
SUBSTANTIAL = _row("P5_substantial", 17, "score", "moderate or worse", CLARSEN, "B", "source")
MAJOR = _row("P5_major", 25, "score", "major, or could not", CLARSEN, "B", "source")
ANSWER_DAYS = _row("answer_days", 10, "days", "how long an answer counts", OURS, "D", "choice")

# --- People, shoes (evidence 4, 5) ---------------------------------------------------------------
PREVIOUS_INJURY_DAYS = _row(
    "M1_window", 365, "days", "a closed problem counts as previous injury", DESAI, "B", "source"
)
WATCH_DAYS = _row(
    "watch_days",
    42,
    "days",
    "after a problem or long break pain rules go one step up",
    OURS,
    "D",
    "choice",
)
MINOR_PAIN_DAYS = _row(
    "M9_days",
    2,
    "days",
    "heel pain longer than this under 18",
    KRABAK,
    "D",
    "choice",
)
CHECK_WEAR_M = _row(
    "S1_check_wear",
    500_000,
    "m",
    "look at wear and comfort",
    CONVENTION,
    "D",
    "source",
)
REPLACE_M = _row(
    "S1_replace",
    800_000,
    "m",
    "consider replacing, unless the pair has its own limit",
    CONVENTION,
    "D",
    "source",
)
NEW_PROBLEM_DAYS = _row(
    "S2_problem", 14, "days", "a problem no older than this is new", OURS, "D", "choice"
)
NEW_PAIR_DAYS = _row(
    "S2_new_pair", 21, "days", "a pair first used within this is new", OURS, "D", "choice"
)
ROTATION_DAYS = _row(
    "S3_window", 60, "days", "pairs used within this", "10.1111/sms.12154", "C", "choice"
)
COMFORT_DROP = _row(
    "S4_drop", 2, "0-10", "comfort this far below the pair's first value", MALISOUX, "D", "choice"
)
COMFORT_DAYS = _row(
    "S4_fresh", 60, "days", "how long a pair's newest comfort counts", OURS, "D", "choice"
)

# Evidence 3.2 and design 4: where running through pain up to 5 was never tried.
CAREFUL_SPOTS = frozenset({"whole_heel", "elsewhere"})
