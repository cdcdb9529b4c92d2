"""Of who somebody is: the person, clubs, consents, keys, and who looked."""

from collections.abc import Mapping

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db import models

from members.models import (
    ApiToken,
    AuditEntry,
    ClubRun,
    Consent,
    Invitation,
    JoinCode,
    Membership,
    RunGroup,
    SoftRoute,
    Squad,
    User,
)
from members.selectors.audit import in_words
from members.services.export.shared import FOR_LOGIN_ONLY, THE_PROGRAM
from members.services.portable import Table, names

PERSON = Table(
    name="person",
    model=User,
    of="pk",
    columns=names(
        "email name time_zone unit adult_from health_consent_at previous_injury "
        "previous_injury_answered_on declared_longest_m declared_on "
        "beginner_until date_joined"
    ),
    left_out={
        "password": FOR_LOGIN_ONLY,
        "last_login": THE_PROGRAM,
        "is_superuser": "Said by whoever runs the machine.",
        "is_staff": "Said by whoever runs the machine.",
        "is_active": "Whoever can export is.",
    },
    why_not_restored="Only what the account has not said yet is filled in, and time zone and "
    "unit where nothing is logged yet; consents need an answer of their own.",
)

TABLES: tuple[Table, ...] = (
    Table(
        name="consents",
        model=Consent,
        of="user",
        columns=("kind", "club", "answer", "given_at"),
        values={"club": lambda row: row.club.name if row.club else ""},
        related=("club",),
        why_not_restored="A consent is given, not copied. Answer again in the settings.",
    ),
    Table(
        name="memberships",
        model=Membership,
        of="user",
        columns=("club", "role", "squad", "sharing", "joined_at", "left_at"),
        values={
            "club": lambda row: row.club.name,
            "squad": lambda row: row.squad.name if row.squad else "",
        },
        related=("club", "squad"),
        why_not_restored="A club decides who is a member; ask for an invitation.",
    ),
    Table(
        name="who_looked",
        words="rows of who looked",
        model=AuditEntry,
        of="about",
        columns=("at", "by", "what", "club"),
        left_out={
            "action": "Said in words as “what”.",
            "details": "Numbers of rows inside the program; what matters is said in “what”.",
        },
        values={
            "by": lambda row: in_words(row, reader=row.about).who,
            "what": lambda row: in_words(row, reader=row.about).what,
            "club": lambda row: row.club.name if row.club else "",
        },
        related=("by", "club", "about"),
        why_not_restored="A record of what others did here; nobody can write it but they.",
    ),
    Table(
        name="keys",
        words="keys for programs",
        model=ApiToken,
        of="user",
        columns=("name", "created_at", "last_used_at", "revoked_at"),
        left_out={"key_hash": FOR_LOGIN_ONLY},
        why_not_restored="A key opens one account only; make a new one.",
    ),
    Table(
        name="addresses",
        words="email addresses",
        model=EmailAddress,
        of="user",
        columns=("email", "verified", "primary"),
        why_not_restored="An address has to be confirmed by whoever reads its mail.",
    ),
    Table(
        name="second_steps",
        words="passkeys and second steps",
        model=Authenticator,
        of="user",
        columns=("type", "created_at", "last_used_at"),
        left_out={"data": FOR_LOGIN_ONLY},
        why_not_restored="A second step has to be set up by whoever holds it.",
    ),
)

LEFT_OUT: Mapping[type[models.Model], str] = {
    Invitation: "An invitation is the club's: who was asked, by whom. Joining is in memberships.",
    ClubRun: "What the club plans together is the club's.",
    RunGroup: "What the club plans together is the club's.",
    SoftRoute: "A route is the club's.",
    JoinCode: "A club's code is the club's.",
    Squad: "A squad is the club's; one's own stands in memberships.",
    EmailConfirmation: "A code on its way to the mailbox; a secret for some minutes.",
    LogEntry: "What an operator did on the operator's site.",
}
