"""Every number of the return-to-run plan with its source (evidence 3.6), as in the risk rules."""

from injuries.risk.thresholds import OURS, SILBERNAGEL, Number, Threshold

TRIAL = "10.1186/s13063-023-07502-x"
CLINIC = "clinic sheet (evidence 3.6)"

TABLE: list[Threshold] = []


def _row(
    id: str, value: Number, unit: str, meaning: str, source: str, grade: str, basis: str
) -> Number:
    TABLE.append(Threshold(id, value, unit, meaning, source, grade, basis))
    return value


WALK_S = _row("walk", 1800, "s", "walk before the first session", CLINIC, "D", "source")
WALK_DAYS = _row("walk_days", 7, "days", "an earlier walk still counts", OURS, "D", "choice")
MORNINGS = _row("mornings", 2, "mornings", "settled after that walk", OURS, "D", "choice")
LIMIT = _row("limit", 2, "0-10", "most pain of a session that counts", OURS, "D", "choice")
LIMIT_ACHILLES = _row(
    "limit_achilles",
    5,
    "0-10",
    "the same, named by a clinician",
    SILBERNAGEL,
    "A",
    "source",
)
LIMIT_UNDER_18 = _row("limit_under_18", 0, "0-10", "the same under 18", OURS, "D", "choice")
STOP = _row("stop", 5, "0-10", "more than this is a step back", SILBERNAGEL, "A", "source")
TIMES = _row("times", 2, "sessions", "good ones in a row for the next phase", TRIAL, "D", "source")
LAST_TIMES = _row("last_times", 3, "sessions", "good ones in a row to leave", CLINIC, "D", "source")
REST_DAYS = _row("rest_days", 1, "days", "without a run between sessions", TRIAL, "D", "source")
SHORT_PERCENT = _row("short", 90, "%", "of the distance make a session", OURS, "D", "choice")
LONG_PERCENT = _row("long", 125, "%", "of the distance and no longer", OURS, "D", "choice")
UNSETTLED_DAYS = _row("unsettled", 7, "days", "two within this: step back", OURS, "D", "choice")
STEP_BACK_DAYS = _row("step_backs", 14, "days", "two within this: book", OURS, "D", "choice")
BREAK_DAYS = _row("break", 14, "days", "without a session: phase 1 again", OURS, "D", "choice")
WEEK_SHARE_PERCENT = _row(
    "unlock", 50, "%", "of the week before it began, for hills and speed", CLINIC, "D", "source"
)
BEFORE_DAYS = _row("before", 28, "days", "before it began, for that week", OURS, "D", "choice")
LOCKED_DAYS = _row("locked", 28, "days", "without such a week to compare", OURS, "D", "choice")
WALKING_M_PER_MIN = _row("walking", 83, "m/min", "walking, to count turns", OURS, "D", "choice")
RUNNING_M_PER_MIN = _row(
    "running", 133, "m/min", "easy running where no own pace is known", OURS, "D", "choice"
)
