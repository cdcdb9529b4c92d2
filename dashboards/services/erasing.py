"""Delete a person and everything about them, in one transaction; files go after the commit."""

import datetime as dt
import logging
from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from dashboards.emails import send_erased
from dashboards.services.data_exports import delete_file_of
from dashboards.services.export import TABLES
from injuries.models import CoachDecision
from members.models import Club, ImportBatch, Invitation, Membership, Role, User
from members.services.imports.uploads import delete_folder

log = logging.getLogger(__name__)
CHUNK = 1000


def clubs_without_another_admin(person: User) -> list[Club]:
    """Return the clubs that would be left without an admin while others are still in them."""
    active = Membership.objects.active()
    own = active.filter(user=person, role=Role.ADMIN).select_related("club")
    others = active.exclude(user=person)
    return [
        one.club
        for one in own
        if others.filter(club=one.club).exists()
        and not others.filter(club=one.club, role=Role.ADMIN).exists()
    ]


def what_goes(person: User) -> list[tuple[str, int]]:
    """Return how many rows of which table would be deleted; tables without any are left out."""
    counts = [(table.title, table.rows_of(person).count()) for table in TABLES]
    return [(title, count) for title, count in counts if count]


def erase(person: User, *, now: dt.datetime) -> None:
    """Delete the person; what they did for others stays, without their name.

    Raises ValidationError for the last admin of a club that others are in. One mail confirms it.
    """
    email, pk = person.email, person.pk
    with transaction.atomic():
        _lock(person)
        stranded = clubs_without_another_admin(person)
        if stranded:
            names = ", ".join(club.name for club in stranded)
            raise ValidationError(
                f"This is the only admin of {names}. Make somebody else an admin first."
            )
        _delete_decisions_about(person)
        _end_sessions(pk)
        _delete_files(person)
        Invitation.objects.filter(Q(email__iexact=email) | Q(accepted_by=person)).delete()
        LogEntry.objects.filter(
            Q(content_type__app_label="members", content_type__model="user", object_id=str(pk))
            | Q(object_repr__icontains=email)
        ).delete()
        person.delete()
        transaction.on_commit(partial(_confirm, email))


def _confirm(email: str) -> None:
    """The account is gone whether or not the mail can be sent."""
    log.info("An account was erased.")
    try:
        send_erased(email)
    except OSError:
        log.warning("The mail that confirms an erased account could not be sent.")


def _lock(person: User) -> None:
    """Wait for whoever changes an admin of the same clubs, and for assessors."""
    clubs = Membership.objects.filter(user=person).values("club")
    list(Club.objects.select_for_update().filter(pk__in=clubs).order_by("pk"))
    list(User.objects.select_for_update().filter(pk=person.pk))


def _delete_files(person: User) -> None:
    """Rows go with the person; what they name on disk goes after the commit."""
    delete_file_of(person)
    for folder in ImportBatch.objects.filter(runner=person).values_list("folder", flat=True):
        transaction.on_commit(partial(delete_folder, folder))


def _delete_decisions_about(person: User) -> None:
    """A decision may not go before the one that replaces it: newest first."""
    chains = CoachDecision.objects.filter(assessment__runner=person)
    while chains.filter(replaced_by__isnull=True).delete()[0]:
        pass


def _end_sessions(pk: int) -> None:
    """A session names its person only inside, so each is opened; one query a thousand."""
    own = [
        session.pk
        for session in Session.objects.iterator(chunk_size=CHUNK)
        if session.get_decoded().get("_auth_user_id") == str(pk)
    ]
    Session.objects.filter(pk__in=own).delete()
