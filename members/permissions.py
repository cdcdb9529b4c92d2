"""One table: role -> what it may do in its club. Whatever is not here is forbidden."""

from enum import StrEnum

from members.models import Membership, Role


class Permission(StrEnum):
    """What somebody may do in a club, a sentence each."""

    SEE_BOARD = "See who should rest, cross-train, ease off, check shoes or see a clinician."
    SEE_RUNNER = "Open one runner's page, as far as that runner shares."
    DECIDE = "Accept, change or dismiss what the rules say about a runner."
    SEE_TRENDS = "See the club's trends over weeks."
    SEE_INJURIES = "See the list of sore heels of runners who share everything, and take it along."
    SEE_FLAG_QUALITY = "See how good the club's flags are, as figures of five runners or more."
    PLAN_RUNS = "Plan the club's runs, and see for whom a group is too long, as far as each shares."
    EDIT_ROUTES = "Keep the club's list of routes on soft ground."
    SEE_MEMBERS = "See who is in the club, without any health data."
    MANAGE_MEMBERS = "Invite people, change roles and squads, end memberships."
    SEE_MAIL = "See which mail was sent to whom or why not, and have one sent again."
    MANAGE_CLUB = "Change the club's name and when its digest is sent."


ALLOWED: dict[str, frozenset[Permission]] = {
    Role.RUNNER: frozenset(),
    Role.COACH: frozenset(
        {
            Permission.SEE_BOARD,
            Permission.SEE_RUNNER,
            Permission.DECIDE,
            Permission.SEE_TRENDS,
            Permission.SEE_INJURIES,
            Permission.SEE_FLAG_QUALITY,
            Permission.PLAN_RUNS,
            Permission.EDIT_ROUTES,
            Permission.SEE_MEMBERS,
        }
    ),
    # An assistant coach does a coach's work for the squads they are named for, and no others.
    Role.ASSISTANT: frozenset(
        {
            Permission.SEE_BOARD,
            Permission.SEE_RUNNER,
            Permission.DECIDE,
            Permission.SEE_INJURIES,
            Permission.SEE_TRENDS,
            Permission.PLAN_RUNS,
            Permission.EDIT_ROUTES,
            Permission.SEE_MEMBERS,
        }
    ),
    # An admin runs the club and sees no health data of anybody.
    Role.ADMIN: frozenset(
        {
            Permission.SEE_FLAG_QUALITY,
            Permission.SEE_MEMBERS,
            Permission.MANAGE_MEMBERS,
            Permission.SEE_MAIL,
            Permission.MANAGE_CLUB,
            Permission.EDIT_ROUTES,
        }
    ),
}


def may(membership: Membership, permission: Permission) -> bool:
    """Tell whether this member may do this in their club."""
    return permission in ALLOWED[membership.role]
