"""The runner's weekly mail: was it as usual, what changed, what now."""

import datetime as dt

import pytest

from dashboards.emails import Figure, Item
from dashboards.services.letters import letter_of
from dashboards.services.runner_letter import LOOK
from injuries.models import CoachDecision, PainReport, WeeklyCheck
from members.models import DayStatus, Shoe, ShoeCheck
from tests.dashboards.services.mails import (
    MONDAY,
    SEVEN,
    SITE,
    SUNDAY,
    WEEK,
    judged,
    letter,
    mail,
    row,
    run,
)
from tests.factories import (
    ActivityFactory,
    DayStatusFactory,
    FlagFactory,
    HeelProblemFactory,
    MorningFactory,
    ReturnPlanFactory,
    ShoeFactory,
)
from tests.mail_checks import as_sent, part, wrong_with

DAY = dt.timedelta(days=1)
PAIN = {"during": 4, "run_on": "2026-03-14", "limit": 2}
BACK = {"days": 20, "back_on": None}
SEVEN_DAYS = 7 * DAY


@pytest.fixture
def steady(membership):
    """Five weeks of 40 km in four runs, and a judged week of 42 km that asks for nothing."""
    for back in range(1, 6):
        for place, km in enumerate((8, 8, 10, 14)):
            run(membership.user, km, on=WEEK - back * SEVEN_DAYS + 2 * place * DAY)
    for place, km in enumerate((8, 8, 11, 15)):
        run(membership.user, km, on=WEEK + 2 * place * DAY)
    for day in (1, 3, 5):
        DayStatusFactory(runner=membership.user, on=WEEK + day * DAY)
    membership.assessment = judged(
        membership.user, ceiling_m=16_500, ceiling_until=SUNDAY + 30 * DAY
    )
    return membership


def texts(found):
    return [item.text for item in found.items]


def test_a_steady_week_answers_all_three_questions(steady):
    found = letter(steady)

    assert found.subject == "All steady: 42.0 km"
    assert found.answers == (
        Figure("Was it as usual?", "As usual: 42.0 km, against 40.0 km on average."),
        Figure(
            "What changed?",
            "2.0 km more than the week before. "
            "Your longest run was 15.0 km, 14.0 km the week before.",
        ),
        Figure("What now?", "Carry on. Next run: 16.5 km at most, until Tuesday 14 April."),
    )
    assert found.figures == (
        Figure("This week", "42.0 km"),
        Figure("Week before", "40.0 km"),
        Figure("Mean of the four weeks before", "40.0 km"),
        Figure("Longest run", "15.0 km"),
    )
    assert texts(found) == [
        "The weekly check takes one tap.",
        "Everything about this week is on your page.",
    ]


def test_the_picture_and_its_words_show_the_same_eight_weeks(steady):
    picture = letter(steady).picture

    assert picture.png.startswith(b"\x89PNG")
    assert picture.alt == (
        "Your last 8 weeks, by their Monday: 19 January not known; 26 January not known; "
        "2 February 40.0 km; 9 February 40.0 km; 16 February 40.0 km; 23 February 40.0 km; "
        "2 March 40.0 km; 9 March 42.0 km."
    )


def test_a_long_run_puts_its_limit_into_the_subject(steady):
    steady.assessment.training = "ease"
    steady.assessment.ceiling_m = 13_000
    steady.assessment.save()
    FlagFactory(assessment=steady.assessment)

    found = letter(steady)

    assert found.subject == "Keep your next run to 13.0 km"
    assert found.answers[2].value == (
        "Ease off: hold or shorten the next runs. Next run: 13.0 km at most, until Tuesday "
        "14 April."
    )
    assert texts(found)[0].startswith("Saturday's 16.0 km was longer")


def test_a_ceiling_that_has_run_out_is_not_named(steady):
    steady.assessment.ceiling_until = MONDAY - DAY
    steady.assessment.save()

    assert letter(steady).answers[2].value == "Carry on."


def test_what_has_changed_since_the_week_ended_is_what_counts_now(steady):
    judged(steady.user, week=MONDAY, training="rest", ceiling_m=16_500, ceiling_until=SUNDAY + DAY)

    found = letter(steady)

    assert (found.subject, found.answers[2].value) == ("Your week: 42.0 km", LOOK)
    assert "at most" not in mail(steady).body


def test_the_limit_is_todays_not_that_of_the_week_before(steady):
    judged(steady.user, week=MONDAY, ceiling_m=12_000, ceiling_until=MONDAY)

    assert letter(steady).answers[2].value == (
        "Carry on. Next run: 12.0 km at most, until Monday 16 March."
    )


@pytest.mark.parametrize(
    ("training", "clinician", "flag"),
    [
        ("ease", "", {"rule": "P1", "level": "over_limit", "values": PAIN}),
        ("cross_train", "", {"action": "cross_train"}),  # a long run on a sore heel
        ("rest", "within_days", None),
        ("ease", "", None),
        ("carry_on", "", {"rule": "L3", "level": "after_problem", "values": BACK}),
    ],
)
def test_what_a_heel_says_stands_on_the_page_only(steady, training, clinician, flag):
    steady.assessment.training, steady.assessment.clinician = training, clinician
    steady.assessment.save()
    if flag:
        FlagFactory(assessment=steady.assessment, **flag)

    found = letter(steady)

    assert found.subject == "Your week: 42.0 km"
    assert found.answers[2].value == LOOK
    assert found.items[0].button == "Open my week"
    assert "at most" not in mail(steady).body


@pytest.mark.parametrize(
    ("training", "said"), [("ease", True), ("rest", False), ("cross_train", False)]
)
def test_no_distance_to_run_stands_beside_an_answer_not_to(steady, training, said):
    steady.assessment.training = training
    steady.assessment.save()
    values = {"days": 8, "limit_m": 10_500, "longest_before_m": 14_000, "back_on": None}
    FlagFactory(assessment=steady.assessment, rule="L3", level="layoff_7_13", values=values)

    assert any("10.5 km or less" in text for text in texts(letter(steady))) == said


def test_a_week_far_from_the_usual_is_not_called_steady(steady):
    run(steady.user, 12, on=SUNDAY)

    assert letter(steady).subject == "Your week: 54.0 km"


@pytest.mark.parametrize(("rule", "level"), [("L4", "big_step"), ("L7", "above_usual")])
def test_a_big_step_is_not_called_steady(steady, rule, level):
    values = {"week_m": 1, "week_before_m": 1, "z": 2}
    FlagFactory(
        assessment=steady.assessment, rule=rule, level=level, action="context", values=values
    )

    assert letter(steady).subject == "Your week: 42.0 km"


def test_what_is_not_known_is_said_so(membership):
    run(membership.user, 10, on=WEEK)
    run(membership.user, 20, on=WEEK - 3 * SEVEN_DAYS)
    judged(membership.user, training="not_assessed")

    found = letter(membership)

    assert found.answers[1] == Figure("What changed?", "The week before is not known.")
    assert found.answers[2].value.startswith("We cannot tell from what was logged.")
    assert found.figures[1:3] == (
        Figure("Week before", "not known"),
        Figure("Mean of the four weeks before", "20.0 km (3 of them not known)"),
    )


def test_missing_days_are_asked_for_by_a_link_of_ones_own(membership):
    run(membership.user, 10, on=WEEK)
    DayStatusFactory(runner=membership.user, on=WEEK + DAY)
    judged(membership.user)

    (item,) = [one for one in letter(membership).items if "no entry" in one.text]

    assert item.text == "5 days have no entry. Did you rest?"
    assert item.url.startswith(f"{SITE}/days/link/{membership.user.pk}-20260309.")


def test_the_check_is_asked_for_until_it_is_answered(steady):
    check = next(one for one in letter(steady).items if one.button == "Weekly check")
    assert check.url.startswith(f"{SITE}/check/{steady.user.pk}-20260309.")

    WeeklyCheck.objects.create(runner=steady.user, week=WEEK, answered_on=SUNDAY, participation=0)
    assert "Weekly check" not in [one.button for one in letter(steady).items]


def test_without_consent_the_check_is_asked_for_behind_the_login(steady):
    steady.user.health_consent_at = None
    steady.user.save()

    assert Item("The weekly check takes one tap.", "Weekly check", f"{SITE}/check/") in (
        letter(steady).items
    )


def decide(coach_membership, assessment, **fields):
    return CoachDecision.objects.create(
        assessment=assessment,
        club=coach_membership.club,
        decided_by=coach_membership.user,
        **{"kind": "accepted", "decided_at": dt.datetime(2026, 3, 14, tzinfo=dt.UTC)} | fields,
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Casey Coach (Heath Harriers) has looked at your week."),
        ({"note": "calf?"}, "Casey Coach (Heath Harriers) has looked at your week."),
        (
            {"note": "calf?", "note_shared": True},
            "Casey Coach (Heath Harriers) has left you a note.",
        ),
        ({"decided_at": dt.datetime(2026, 3, 8, tzinfo=dt.UTC)}, None),
    ],
)
def test_what_a_coach_did_is_told_with_the_name_and_no_word_of_it(
    steady, coach_membership, fields, said
):
    decide(coach_membership, steady.assessment, **fields)

    told = [text for text in texts(letter(steady)) if "Casey" in text]

    assert told == ([said] if said else [])
    assert "calf" not in mail(steady).body


def test_a_plan_is_named_without_what_it_is_for(steady):
    ReturnPlanFactory(problem=HeelProblemFactory(runner=steady.user))

    assert "Your plan: where you are and what is next." in texts(letter(steady))


@pytest.mark.parametrize(("sessions", "is_named"), [(12, True), (13, False)])
def test_a_plan_that_led_back_to_running_is_not_named(membership, sessions, is_named):
    runner, first = membership.user, MONDAY - 40 * DAY
    ReturnPlanFactory(problem=HeelProblemFactory(runner=runner, since=first), started_on=first)
    metres = ([1_600] * 2 + [2_400] * 4 + [3_200] * 7)[:sessions]
    for day, kind, distance_m in [
        (0, "walk", None),
        *((2 * number, "run", far) for number, far in enumerate(metres, start=1)),
    ]:
        at = dt.datetime.combine(first + day * DAY, dt.time(8), dt.UTC)
        done = ActivityFactory(
            runner=runner, kind=kind, started_at=at, distance_m=distance_m, duration_s=1_800
        )
        PainReport.objects.create(
            runner=runner, on=done.on, activity=done, during=0, gait_changed=False
        )
        for after in (1, 2):
            MorningFactory(runner=runner, on=done.on + after * DAY, first_step=0)

    found = letter(membership)
    assert ("Your plan: where you are and what is next." in texts(found)) == is_named


@pytest.mark.parametrize(
    ("start_km", "said"),
    [
        (399, None),
        (400, "Blue has run 400.0 km, 80 % of its limit."),
        (505, "Blue has run 505.0 km, 101 % of its limit."),
    ],
)
def test_a_pair_is_named_from_80_percent_of_its_limit(steady, start_km, said):
    ShoeFactory(owner=steady.user, name="Blue", start_m=start_km * 1000, limit_m=500_000)

    found = letter(steady)

    assert [text for text in texts(found) if "Blue" in text] == ([said] if said else [])
    assert [one.name for one in found.figures[4:]] == (["Shoes: Blue"] if said else [])


@pytest.mark.parametrize("checked", [False, True])
def test_a_pair_that_was_looked_at_is_not_mailed_about_again(steady, checked):
    shoe: Shoe = ShoeFactory(owner=steady.user, start_m=512_000)
    values = {"shoe": str(shoe.pk), "distance_m": 512_000, "limit_m": 800_000}
    FlagFactory(
        assessment=steady.assessment,
        rule="S1",
        level="check_wear",
        action="shoe_check",
        values=values,
    )
    if checked:
        ShoeCheck.objects.create(shoe=shoe, on=WEEK, outcome="kept", distance_m=500_000)

    assert ("Time to look at your shoes" in mail(steady).body) is not checked


class TestNothingToSay:
    """No entry, nothing open, no coach who did anything: no mail."""

    def test_an_empty_week(self, membership):
        judged(membership.user, training="not_assessed")

        assert letter(membership) is None
        assert mail(membership) is None

    def test_a_run(self, membership):
        run(membership.user, 5, on=SUNDAY)
        assert letter(membership).subject == "Your week: 5.0 km"

    def test_a_sore_spot(self, membership):
        HeelProblemFactory(runner=membership.user)
        assert letter(membership).subject == "Your week: nothing logged"

    def test_a_coach(self, membership, coach_membership):
        decide(coach_membership, judged(membership.user))
        assert letter(membership) is not None

    def test_days_of_rest(self, membership):
        for day in range(7):
            DayStatus.objects.create(
                runner=membership.user, on=WEEK + day * DAY, status="rest", said_at=SEVEN
            )
        assert letter(membership) is not None


def test_the_mail_is_whole_and_its_text_alone_is_enough(steady, coach_membership):
    decide(coach_membership, steady.assessment, note="calf?", note_shared=True)
    ShoeFactory(owner=steady.user, name="Blue <b>", start_m=450_000, limit_m=500_000)
    sent, found = mail(steady), letter(steady)

    assert wrong_with(sent, site=SITE) == []
    for one in (*found.answers, *found.figures, *found.picture.figures):
        assert one.name in sent.body
        assert one.value in sent.body
    for item in found.items:
        assert item.text in sent.body
    html = part(as_sent(sent), "html")
    assert "Blue &lt;b&gt;" in html


@pytest.mark.parametrize("weeks", [1, 52])
def test_a_year_of_data_costs_no_query_more(membership, weeks, django_assert_num_queries):
    for back in range(weeks):
        run(membership.user, 10, on=WEEK - back * SEVEN_DAYS)
        assessment = judged(membership.user, week=WEEK - back * SEVEN_DAYS)
        FlagFactory(assessment=assessment)
    digest = row(membership)

    with django_assert_num_queries(15):
        letter_of(digest, on=MONDAY)
