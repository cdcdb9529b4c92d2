"""Who we are (people), what we run (training, shoes), what came from files (imports), API keys."""

from members.models.club_runs import ClubRun, RunGroup, SoftRoute
from members.models.imports import (
    DifferentOuting,
    ImportBatch,
    ImportEntry,
    ImportFile,
    TableLayout,
)
from members.models.people import (
    COACHING,
    AuditEntry,
    Club,
    Consent,
    Invitation,
    JoinCode,
    Membership,
    Role,
    Sharing,
    Squad,
    User,
)
from members.models.plans import PlannedBreak, RoutineTick
from members.models.shoes import Shoe, ShoeCheck, ShoeComfort
from members.models.tokens import ApiToken
from members.models.training import Activity, DayStatus, Surface

__all__ = [
    "COACHING",
    "Activity",
    "ApiToken",
    "AuditEntry",
    "Club",
    "ClubRun",
    "Consent",
    "DayStatus",
    "DifferentOuting",
    "ImportBatch",
    "ImportEntry",
    "ImportFile",
    "Invitation",
    "JoinCode",
    "Membership",
    "PlannedBreak",
    "Role",
    "RoutineTick",
    "RunGroup",
    "Sharing",
    "Shoe",
    "ShoeCheck",
    "ShoeComfort",
    "SoftRoute",
    "Squad",
    "Surface",
    "TableLayout",
    "User",
]
