"""Shares of those who answered, and whom they must not point at."""

import datetime as dt

import pytest

from injuries.models import WeeklyCheck
from injuries.selectors.prevalence import prevalence
from members.models import Role, Sharing
from tests.factories import HeelProblemFactory, MembershipFactory, SquadFactory

ON = dt.date(2026, 3, 19)  # a Thursday: no more answers come about the week before
WEEK = dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)


def members(club, count, **fields):
    early = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    fields = {"sharing": Sharing.EVERYTHING, "joined_at": early} | fields
    return [MembershipFactory(club=club, **fields) for _ in range(count)]


def check(member, *answers, week=WEEK, after=6, problem=None):
    fields = ("participation", "volume", "performance", "pain")
    WeeklyCheck.objects.create(
        runner=member.user,
        problem=problem,
        week=week,
        answered_on=week + after * DAY,
        **dict(zip(fields, answers, strict=False)),
    )


def week_of(group, week=WEEK):
    (found,) = [each for each in group.weeks if each.week == week]
    return found


def all_in(coach, *, week=WEEK, on=ON):
    return week_of(prevalence(coach, on=on).everybody, week)


def figures(one):
    return (one.asked, one.answered, one.counted, one.problems, one.substantial)


def test_shares_are_of_those_who_answered(coach_membership, club):
    six = members(club, 6)
    for one, answers in zip(six, [(0,), (0,), (8, 0, 0, 8), (17, 17, 8, 8), (25,)], strict=False):
        check(one, *answers)
    found = all_in(coach_membership)
    assert figures(found) == (6, 5, 5, 3, 2)
    assert (found.response, found.problem_share, found.substantial_share) == (5 / 6, 0.6, 0.4)


def test_the_weeks_are_twelve_and_the_last_is_the_current_one(coach_membership, club):
    found = prevalence(coach_membership, on=ON).everybody
    assert [found.weeks[0].week, found.weeks[-1].week] == [
        dt.date(2025, 12, 29),
        dt.date(2026, 3, 16),
    ]
    assert (len(found.weeks), found.weeks[0].response) == (12, None)


def test_somebody_with_two_problems_is_one_person_and_the_worse_counts(coach_membership, club):
    one, *others = members(club, 5)
    for side, answers in (("left", (0,)), ("right", (8, 17, 0, 8))):
        check(one, *answers, problem=HeelProblemFactory(runner=one.user, side=side))
    for other in others:
        check(other, 0)
    assert figures(all_in(coach_membership)) == (5, 5, 5, 1, 1)


def test_what_was_not_answered_is_no_no(coach_membership, club):
    one, other, *others = members(club, 6)
    check(one, 8)
    check(other, 25)
    for each in others:
        check(each, 0)
    found = all_in(coach_membership)
    assert (found.unclear, found.problems, found.substantial) == (1, 2, 1)
    assert found.substantial_share == 1 / 5


def test_fewer_than_five_answers_are_not_shown(coach_membership, club):
    for one in members(club, 6)[:4]:
        check(one, 25)
    found = all_in(coach_membership)
    assert figures(found) == (6, 4, 0, None, None)
    assert (found.problem_share, found.substantial_share) == (None, None)


def test_with_too_few_that_say_it_substantial_is_not_shown(coach_membership, club):
    for one in members(club, 5):
        check(one, 8)
    assert figures(all_in(coach_membership)) == (5, 5, 5, 5, None)


def test_a_few_who_share_their_status_cannot_be_worked_out(coach_membership, club):
    """The coach knows the five, so the sixth would be what is left."""
    for one in members(club, 5):
        check(one, 0)
    (sixth,) = members(club, 1, sharing=Sharing.STATUS)
    check(sixth, 25)
    assert figures(all_in(coach_membership)) == (5, 5, 5, 0, 0)


def test_five_who_share_their_status_count_once_no_more_answers_come(coach_membership, club):
    five = members(club, 5, sharing=Sharing.STATUS)
    for one in five[:4]:
        check(one, 0)
    check(five[4], 25, after=9)
    assert figures(all_in(coach_membership, on=ON - DAY)) == (5, 5, 0, None, None)
    assert figures(all_in(coach_membership)) == (5, 5, 5, 1, 1)


def test_an_answer_that_comes_later_changes_no_figure(coach_membership, club):
    six = members(club, 6, sharing=Sharing.STATUS)
    for one in six[:5]:
        check(one, 0)
    check(six[5], 25, after=10)
    assert figures(all_in(coach_membership, on=ON + DAY)) == (6, 6, 5, 0, 0)


def test_squads_are_shown_where_they_do_not_give_a_small_one_away(coach_membership, club):
    big, small = SquadFactory(club=club, name="Big"), SquadFactory(club=club, name="Small")
    for squad, count in ((big, 6), (small, 4)):
        for one in members(club, count, squad=squad):
            check(one, 8 if squad == small else 0)
    found = prevalence(coach_membership, on=ON)
    assert week_of(found.everybody).problems == 4
    assert [(one.name, one.squad_id, week_of(one).problems) for one in found.squads] == [
        ("Big", big.pk, None),
        ("Small", small.pk, None),
    ]
    for one in members(club, 1, squad=small):
        check(one, 0)
    found = prevalence(coach_membership, on=ON)
    assert [week_of(one).problems for one in found.squads] == [0, 4]


def test_whether_one_of_a_few_answered_is_not_told(coach_membership, club):
    """Of those who share their status coaches do not learn when they last reported."""
    big, small = SquadFactory(club=club, name="Big"), SquadFactory(club=club, name="Small")
    for squad, sharing, count in (
        (big, Sharing.EVERYTHING, 6),
        (small, Sharing.STATUS, 4),
    ):
        for one in members(club, count, squad=squad, sharing=sharing):
            check(one, 0)
    found = prevalence(coach_membership, on=ON)
    assert figures(week_of(found.everybody)) == (6, 6, 6, 0, 0)
    assert [figures(week_of(one)) for one in found.squads] == [
        (6, 6, 6, 0, 0),
        (4, None, 0, None, None),
    ]
    assert week_of(found.squads[1]).response is None


def test_those_in_no_squad_come_last(coach_membership, club):
    members(club, 1, squad=SquadFactory(club=club, name="Zebras"))
    members(club, 1)
    found = prevalence(coach_membership, on=ON).squads
    assert [(one.name, week_of(one).asked) for one in found] == [("Zebras", 1), ("No squad", 1)]


def test_an_assistant_counts_their_own_squads(club):
    mine, other = SquadFactory(club=club), SquadFactory(club=club)
    (assistant,) = members(club, 1, role=Role.ASSISTANT)
    mine.coaches.add(assistant)
    for squad in (mine, other):
        for one in members(club, 5, squad=squad):
            check(one, 8 if squad == other else 0)
    found = prevalence(assistant, on=ON)
    assert figures(week_of(found.everybody)) == (5, 5, 5, 0, 0)
    assert [one.squad_id for one in found.squads] == [mine.pk]


@pytest.mark.parametrize(
    "fields",
    [
        {"sharing": Sharing.NOTHING},
        {"user__health_consent_at": None},
        {"joined_at": dt.datetime(2026, 3, 17, tzinfo=dt.UTC)},
        {"left_at": dt.datetime(2026, 3, 18, tzinfo=dt.UTC)},
    ],
)
def test_who_is_in_no_figure(fields, coach_membership, club):
    for one in members(club, 5):
        check(one, 0)
    (hidden,) = members(club, 1, **fields)
    check(hidden, 25)
    assert figures(all_in(coach_membership)) == (5, 5, 5, 0, 0)


def test_who_agreed_later_was_not_asked_and_who_agreed_anew_was(coach_membership, club):
    later = dt.datetime(2026, 3, 17, tzinfo=dt.UTC)
    anew, _ = members(club, 2, user__health_consent_at=later)
    for one in [anew, *members(club, 4)]:
        check(one, 0)
    assert figures(all_in(coach_membership)) == (5, 5, 5, 0, 0)


def test_an_admin_and_a_runner_see_nobody(admin_membership, membership):
    for asking in (admin_membership, membership):
        assert figures(all_in(asking)) == (0, 0, 0, None, None)


@pytest.mark.parametrize("runners", [1, 3])
def test_the_number_of_queries_does_not_grow(
    runners, coach_membership, club, django_assert_num_queries
):
    for one in members(club, runners, squad=SquadFactory(club=club)):
        check(one, 0)
    with django_assert_num_queries(2):
        assert all_in(coach_membership).asked == runners
