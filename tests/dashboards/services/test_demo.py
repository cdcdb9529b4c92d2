"""Filling the demo club: believable, the same every time, and never among real people."""

import datetime as dt
from collections import Counter

import pytest
from django.contrib.auth import authenticate

from dashboards.demo.cast import CLUB_SLUG, cast
from dashboards.selectors.board import board
from dashboards.services import demo_rows
from dashboards.services.demo import RealMembersError, demo_password, fill_club
from injuries.models import CoachDecision, HeelProblem, RiskFlag, WeeklyAssessment
from members.models import Activity, AuditEntry, Club, Consent, Membership, Role, User
from tests.factories import ClubFactory, HeelProblemFactory, MembershipFactory, UserFactory

NOW = dt.datetime(2026, 3, 18, 12, 0, tzinfo=dt.UTC)  # a Wednesday
FIGURES = {"members": 22, "weeks": 30, "seed": 7}


def counts() -> list[int]:
    models = (User, Activity, WeeklyAssessment, RiskFlag, CoachDecision, AuditEntry, Consent)
    return [model.objects.count() for model in models]


def states_of(coach: Membership, now: dt.datetime) -> dict[str, set[str]]:
    """Return the board's states by the story behind each row."""
    stories = {one.email: one.story for one in cast(members=FIGURES["members"], seed=7)}
    emails = dict(User.objects.values_list("pk", "email"))
    found: dict[str, set[str]] = {}
    for row in board(coach, on=now.date()).rows:
        found.setdefault(stories[emails[row.who.user_id]], set()).update(row.states)
    return found


def first_coach() -> Membership:
    return Membership.objects.filter(role=Role.COACH).order_by("pk").first()


@pytest.mark.parametrize("weekday", [0, 3, 6])
def test_the_board_shows_every_state_on_any_weekday(db, weekday):
    now = NOW + dt.timedelta(days=weekday)
    fill_club(**FIGURES, now=now)
    found = states_of(first_coach(), now)
    assert "clinician" in found["night_pain"]
    assert "rest" in found["limping"]
    assert "cross_train" in found["unsettled"]
    assert "ease" in found["busy_month"]
    assert "ease" in found["doubled"]
    assert "shoes" in found["old_shoes"]
    assert "silent" in found["silent"]
    assert "returning" in found["returner"]
    assert "new" in found["newcomer"]
    assert found["steady"] == {"ok"}


def test_a_year_holds_problems_that_began_and_healed_and_what_coaches_did(db):
    fill_club(**FIGURES, now=NOW)
    assert HeelProblem.objects.filter(closed_on__isnull=False).count() >= 3
    kinds = Counter(CoachDecision.objects.values_list("kind", flat=True))
    assert set(kinds) == {"accepted", "changed", "dismissed"}
    assert CoachDecision.objects.exclude(note="").exists()
    assert AuditEntry.objects.filter(action="runner_viewed").exists()
    assert not WeeklyAssessment.objects.filter(settled_at__gt=NOW).exists()
    assert not CoachDecision.objects.filter(decided_at__gt=NOW).exists()


def test_what_came_back_is_linked_to_the_earlier_problem_of_its_spot(runner):
    days = [dt.date(2026, month, 1) for month in (1, 2, 3)]
    first, again, third = (
        HeelProblemFactory(runner=runner, since=day, closed_on=day) for day in days
    )
    others = [HeelProblemFactory(runner=runner, side="right"), HeelProblemFactory()]
    demo_rows._link_what_came_back([third, first, *others, again])
    linked = HeelProblem.objects.filter(follows__isnull=False).order_by("since")
    assert list(linked.values_list("pk", "follows")) == [(again.pk, first.pk), (third.pk, again.pk)]


def test_again_on_the_same_day_changes_nothing(db):
    first = fill_club(**FIGURES, now=NOW)
    before, last = counts(), Activity.objects.latest("pk").pk
    again = fill_club(**FIGURES, now=NOW + dt.timedelta(hours=3))
    assert again == first
    assert counts() == before
    assert Activity.objects.latest("pk").pk == last


def test_the_next_day_tells_the_same_stories_up_to_then(db):
    fill_club(**FIGURES, now=NOW)
    people = set(User.objects.values_list("email", flat=True))
    tomorrow = NOW + dt.timedelta(days=1)
    fill_club(**FIGURES, now=tomorrow)
    assert set(User.objects.values_list("email", flat=True)) == people
    assert Club.objects.count() == 1
    assert "ease" in states_of(first_coach(), tomorrow)["busy_month"]


def test_the_three_logins_work_without_a_second_step(db, rf):
    logins = fill_club(members=3, weeks=6, seed=7, now=NOW)
    assert [login.role for login in logins] == ["runner", "coach", "admin"]
    for login in logins:
        user = authenticate(rf.post("/"), email=login.email, password=login.password)
        assert user is not None
        assert user.emailaddress_set.get().verified
        assert user.memberships.get(club__slug=CLUB_SLUG).role == login.role


def test_passwords_are_this_installations_own(settings):
    ours = demo_password("a@harriers.example")
    assert ours != demo_password("b@harriers.example")
    settings.SECRET_KEY = "another installation"
    assert demo_password("a@harriers.example") != ours


def test_a_new_secret_key_brings_new_passwords_that_work(db, settings):
    fill_club(members=1, weeks=4, seed=7, now=NOW)
    settings.SECRET_KEY = "another installation"
    coach = fill_club(members=1, weeks=4, seed=7, now=NOW)[1]
    assert User.objects.get(email=coach.email).check_password(coach.password)


def test_a_real_member_is_never_mixed_with_made_up_ones(db):
    UserFactory(email="real@example.org")
    with pytest.raises(RealMembersError, match="real members"):
        fill_club(**FIGURES, now=NOW)
    assert User.objects.count() == 1


def test_a_real_club_without_members_yet_is_refused_as_well(db):
    ClubFactory()
    with pytest.raises(RealMembersError):
        fill_club(**FIGURES, now=NOW)


def test_somebody_who_joined_the_demo_club_is_its_guest_and_keeps_everything(db):
    fill_club(members=3, weeks=6, seed=7, now=NOW)
    guest = MembershipFactory(club=Club.objects.get(), user__email="guest@example.org")
    fill_club(members=3, weeks=6, seed=7, now=NOW + dt.timedelta(days=1))
    guest.refresh_from_db()
    assert guest.user.email == "guest@example.org"
