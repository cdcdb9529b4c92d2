"""The coach's weekly mail: who may need them, who is silent, what became of last week's."""

import datetime as dt

import pytest

from dashboards.emails import Figure, Item
from dashboards.services.letters import letter_of
from injuries.models import CoachDecision, FlagReport
from members.models import Role, Sharing
from tests.dashboards.services.mails import MONDAY, SEVEN, SITE, SUNDAY, WEEK, judged, row, run
from tests.dashboards.services.mails import letter as letter_to
from tests.dashboards.services.mails import mail as mail_to
from tests.factories import FlagFactory, MembershipFactory, SquadFactory
from tests.mail_checks import wrong_with

DAY = dt.timedelta(days=1)
BOARD = f"{SITE}/c/heath/"


def letter(coach_membership):
    return letter_to(coach_membership, kind="coach")


def mail(coach_membership):
    return mail_to(coach_membership, kind="coach")


@pytest.fixture
def runner_of(club):
    """Return a function that adds a runner with a run this week, and flags."""

    def make(name="Robin Runner", *, week=WEEK, training="ease", clinician="", flags=(), **fields):
        member = MembershipFactory(
            club=club, user__name=name, **{"sharing": Sharing.STATUS} | fields
        )
        run(member.user, 10, on=SUNDAY)
        member.judged = judged(member.user, week=week, training=training, clinician=clinician)
        for flag in flags:
            FlagFactory(assessment=member.judged, **flag)
        return member

    return make


LONG = {"level": "over_100", "for_coach": True}
PAIN = {"rule": "P1", "level": "over_limit", "values": {"during": 4, "run_on": "2026-03-14"}}
WORN = {
    "rule": "S1",
    "level": "consider_replacing",
    "action": "shoe_check",
    "for_coach": True,
    "values": {"shoe": "1", "distance_m": 812_000, "limit_m": 800_000},
}


def test_who_has_load_or_shoes_to_tell_is_named_with_answer_reason_and_link(
    coach_membership, runner_of
):
    robin = runner_of(flags=[LONG])

    found = letter(coach_membership)

    assert found.subject == "Heath Harriers: 1 to check, 0 silent"
    assert found.items == (
        Item(
            "Long jump in distance: 16.0 km on Saturday after a longest of 13.0 km.",
            "Open Robin Runner",
            f"{BOARD}runners/{robin.pk}/",
            title="Robin Runner ● ease off",
        ),
    )


@pytest.mark.parametrize(
    "week",
    [
        {"flags": [PAIN]},
        {"flags": [LONG, PAIN]},  # a runner who shares status only is not named by the first either
        {"flags": [LONG], "training": "rest"},
        {"flags": [LONG], "clinician": "book"},
        {"flags": [{**LONG, "action": "cross_train"}], "training": "cross_train"},
        {"flags": [{"level": "over_10", "for_coach": True}]},  # only after an injury is it shown
        {"flags": [{"rule": "L3", "level": "after_problem", "values": {"days": 20}}]},
        {"flags": []},
    ],
)
@pytest.mark.parametrize("sharing", [Sharing.STATUS, Sharing.EVERYTHING])
def test_who_has_anything_else_to_tell_is_a_count(coach_membership, runner_of, week, sharing):
    runner_of(sharing=sharing, **week)

    found = letter(coach_membership)

    assert found.items == (
        Item("1 member would like a check-in.", "Open the board", f"{BOARD}?show=waiting"),
    )
    assert "Robin" not in mail(coach_membership).message().as_string()


def test_counts_first_then_the_named_by_need_and_no_more_than_a_dozen(coach_membership, runner_of):
    for number in range(13):
        runner_of(f"Runner {number:02d}", flags=[LONG])
    runner_of("Wanda Worn", training="carry_on", flags=[WORN])
    runner_of("Pat Pain", training="rest", flags=[PAIN])

    items = letter(coach_membership).items

    assert items[0].text == "1 member would like a check-in."
    assert [one.title[:9] for one in items[1:13]] == [f"Runner {n:02d}" for n in range(12)]
    assert items[13:] == (Item("And 2 more.", "See them all", f"{BOARD}?show=waiting"),)


def test_a_club_that_wants_counts_names_nobody(club, coach_membership, runner_of):
    club.digest_names = False
    club.save()
    runner_of(flags=[LONG])
    silent = MembershipFactory(club=club, user__name="Sil Ent", sharing=Sharing.STATUS)
    run(silent.user, 5, on=MONDAY - 20 * DAY)
    coach_membership.club.refresh_from_db()

    assert [one.text for one in letter(coach_membership).items] == [
        "1 member would like a check-in.",
        "1 member without an entry lately.",
    ]
    assert "Robin" not in mail(coach_membership).message().as_string()


def test_the_silent_are_counted_and_named(club, coach_membership):
    for number in range(14):
        quiet = MembershipFactory(
            club=club, user__name=f"Quiet {number:02d}", sharing=Sharing.STATUS
        )
        run(quiet.user, 5, on=MONDAY - 20 * DAY)
    MembershipFactory(club=club, user__name="Hid Den", sharing=Sharing.NOTHING)

    found = letter(coach_membership)

    names = ", ".join(f"Quiet {number:02d}" for number in range(12))
    assert found.subject == "Heath Harriers: 0 to check, 14 silent"
    assert found.items == (
        Item(
            f"14 members without an entry lately: {names} and 2 more.",
            "See who is silent",
            f"{BOARD}?show=silent",
        ),
    )
    assert found.figures == (
        Figure("Runners you look after", "15"),
        Figure("Share at least their status", "14"),
    )


def test_nobody_needs_the_coach(coach_membership, runner_of):
    runner_of(training="carry_on")

    assert [one.text for one in letter(coach_membership).items] == [
        "Nobody needs you, as far as it was logged."
    ]


def decide(coach_membership, member, **fields):
    given = {"kind": "accepted", "decided_at": SEVEN - 7 * DAY, "owner": coach_membership.user}
    return CoachDecision.objects.create(
        assessment=member.judged,
        club=coach_membership.club,
        decided_by=coach_membership.user,
        said_training=member.judged.training,
        **given | fields,
    )


def test_what_became_of_last_weeks(coach_membership, runner_of):
    before = WEEK - 7 * DAY
    answered, noted, later, _open = (
        runner_of(f"Runner {n}", week=before, flags=[LONG]) for n in range(4)
    )
    runner_of("Fine", week=before, training="carry_on")
    decide(coach_membership, answered)
    decide(coach_membership, noted, outcome_kind="better", outcome_at=SEVEN)
    decide(coach_membership, later, kind="snoozed", snoozed_until=MONDAY + 20 * DAY)

    found = letter(coach_membership)

    said = "4 to check: 2 answered, 1 open, 1 may wait, an outcome noted for 1."
    assert found.answers[1] == Figure("What became of last week's?", said)
    assert found.preheader == said


def test_decisions_that_are_due_are_counted_and_ones_own_among_them(coach_membership, runner_of):
    other = MembershipFactory(club=coach_membership.club, role=Role.COACH)
    robin, pat = runner_of(flags=[LONG]), runner_of("Pat", flags=[PAIN])
    decide(coach_membership, robin, due_on=MONDAY)
    decide(coach_membership, pat, due_on=MONDAY - DAY, owner=other.user)

    found = letter(coach_membership)

    assert found.answers[0].value == "0 to check, 0 silent, 2 follow-ups due."
    assert found.items == (
        Item(
            "2 follow-ups due, 1 of them yours.",
            "Say what came of it",
            f"{BOARD}?show=due",
        ),
    )


def test_an_assistant_reads_of_the_own_squads_only(club, coach_membership, runner_of):
    squad = SquadFactory(club=club)
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    squad.coaches.add(assistant)
    runner_of("In Squad", flags=[LONG], squad=squad)
    runner_of("Out Side", flags=[LONG])

    assert [one.title for one in letter(assistant).items] == ["In Squad ● ease off"]
    assert len(letter(coach_membership).items) == 2
    squad.coaches.clear()
    assert letter(assistant) is None


def test_a_coach_without_runners_gets_no_mail(coach_membership):
    assert letter(coach_membership) is None


def test_a_shorter_list_of_alerts_is_a_shorter_mail(club, coach_membership, runner_of):
    runner_of(training="carry_on", flags=[{**WORN, "level": "check_wear"}])
    assert letter(coach_membership).subject == "Heath Harriers: 1 to check, 0 silent"

    FlagReport.objects.create(club=club, made_at=SEVEN, figures={}, coach_step=3)
    assert letter(coach_membership).subject == "Heath Harriers: 0 to check, 0 silent"


def test_the_mail_is_whole_and_its_text_alone_is_enough(coach_membership, runner_of):
    runner_of("Robin <b>Runner</b>", flags=[LONG])
    runner_of("Pat", flags=[PAIN])
    sent, found = mail(coach_membership), letter(coach_membership)

    assert wrong_with(sent, site=SITE) == []
    for one in (*found.answers, *found.figures):
        assert f"{one.name}" in sent.body
        assert one.value in sent.body
    for item in found.items:
        assert item.text in sent.body
        assert item.title in sent.body


@pytest.mark.parametrize("runners", [1, 3])
def test_one_runner_or_three_cost_as_many_queries(
    coach_membership, runner_of, runners, django_assert_num_queries
):
    for number in range(runners):
        member = runner_of(f"Runner {number}", flags=[LONG, PAIN])
        decide(coach_membership, member)
    digest = row(coach_membership, kind="coach")

    with django_assert_num_queries(20):
        letter_of(digest, on=MONDAY)
