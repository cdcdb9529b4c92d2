"""Which mail is due to whom and what became of it, who wants which, and downloads of one's data."""

from dashboards.models.data_exports import DataExport
from dashboards.models.heartbeats import Heartbeat
from dashboards.models.mail import (
    Digest,
    Frequency,
    MailHour,
    MailKind,
    MailPreference,
    Notice,
    Posting,
)
from dashboards.models.sheets import SharedSheet

__all__ = [
    "DataExport",
    "Digest",
    "Frequency",
    "Heartbeat",
    "MailHour",
    "MailKind",
    "MailPreference",
    "Notice",
    "Posting",
    "SharedSheet",
]
