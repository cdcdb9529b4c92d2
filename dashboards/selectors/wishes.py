"""Who wants which mail how often, and at which hour. Who asks comes first."""

from collections.abc import Iterable

from dashboards.mail_kinds import KINDS, KindRow, default_of
from dashboards.models import Frequency, MailHour, MailKind, MailPreference
from dashboards.models.mail import DEFAULT_HOUR
from members.models import COACHING, Membership, User


def frequency_of(user: User, *, kind: str) -> Frequency:
    """Return how often somebody gets this kind of mail; who never said anything gets the default.

    Weekly in place of at once means with the weekly mail; without that one it is once a day.
    """
    return frequencies_of([user.pk], kind=kind)[user.pk]


def frequencies_of(user_ids: Iterable[int], *, kind: str) -> dict[int, Frequency]:
    """Return the same for many people. One query."""
    said = _said(set(user_ids), {kind, MailKind.COACH} if kind == MailKind.URGENT else {kind})
    return {pk: _frequency(said.get(pk, {}), kind) for pk in user_ids}


def _said(user_ids: set[int], kinds: set[str]) -> dict[int, dict[str, str]]:
    said: dict[int, dict[str, str]] = {}
    rows = MailPreference.objects.filter(user__in=user_ids, kind__in=kinds)
    for user_id, kind, frequency in rows.values_list("user_id", "kind", "frequency"):
        said.setdefault(user_id, {})[kind] = frequency
    return said


def _frequency(said: dict[str, str], kind: str) -> Frequency:
    frequency = Frequency(said.get(kind, default_of(kind)))
    has_no_weekly = said.get(MailKind.COACH) == Frequency.OFF
    if kind == MailKind.URGENT and frequency == Frequency.WEEKLY and has_no_weekly:
        return Frequency.DAILY
    return frequency


def is_wanted(user: User, *, kind: str) -> bool:
    """Tell whether somebody gets this kind of mail."""
    return frequency_of(user, kind=kind) != Frequency.OFF


def kinds_for(user: User) -> dict[MailKind, KindRow]:
    """Return the kinds of mail that may come to somebody; those for coaches only to coaches."""
    coaches = Membership.objects.active().filter(user=user, role__in=COACHING).exists()
    return {kind: row for kind, row in KINDS.items() if coaches or not row.is_for_coaches}


def said_by(user: User) -> dict[str, str]:
    """Return what somebody gets of each kind, as they said or by default."""
    said = _said({user.pk}, set(KINDS)).get(user.pk, {})
    return {kind: said.get(kind, row.default) for kind, row in KINDS.items()}


def hour_of(user: User) -> int:
    """Return the hour by the reader's clock for what comes neither at once nor at the club's."""
    return hours_of([user.pk])[user.pk]


def hours_of(user_ids: Iterable[int]) -> dict[int, int]:
    """Return the same for many people. One query."""
    ids = set(user_ids)
    said = dict(MailHour.objects.filter(user__in=ids).values_list("user_id", "hour"))
    return {pk: said.get(pk, DEFAULT_HOUR) for pk in ids}
