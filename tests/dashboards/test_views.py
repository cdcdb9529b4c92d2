"""Pages: who may see them, what stands on them, and what never does."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse

from injuries.models import CoachDecision, WeeklyAssessment
from members.models import Activity, AuditEntry, Role, Sharing
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    DayStatusFactory,
    FlagFactory,
    HeelProblemFactory,
    MembershipFactory,
    MorningFactory,
    ShoeFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


def words_of(response):
    """Return the page's text without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def ran(runner):
    """A run, an assessment that says ease, and a sore heel."""
    ActivityFactory(runner=runner)
    assessment = AssessmentFactory(
        runner=runner, training="ease", ceiling_m=14_300, ceiling_until=dt.date(2026, 3, 27)
    )
    FlagFactory(assessment=assessment, for_coach=True)
    FlagFactory(
        assessment=assessment,
        rule="P1",
        level="over_limit",
        action="ease",
        values={"during": 4, "run_on": "2026-03-17", "limit": 2},
        text="Your heel hurt 4 of 10 during the run on Tuesday.",
    )
    MorningFactory(runner=runner, first_step=7)
    return assessment


# --- My week ----------------------------------------------------------------------------------
def test_my_week_says_what_to_do_and_why(client_of, runner, ran):
    response = client_of(runner).get("/")
    text = words_of(response)
    assert "Ease off: hold or shorten the next runs." in text
    assert "Saturday's 16.0 km was longer" in text.replace("&#x27;", "'")
    assert "Next run: 14.3 km at most until Fri 27 March" in text
    assert response.content.decode().count("<h1") == 1


def test_my_week_assesses_where_nobody_has_today(client_of, runner):
    ActivityFactory(runner=runner)
    assert client_of(runner).get("/").status_code == 200
    (assessment,) = WeeklyAssessment.objects.filter(runner=runner)
    assert (assessment.week, assessment.on) == (MONDAY, dt.date(2026, 3, 18))


def test_a_newcomer_is_offered_the_first_step(client_of, runner):
    text = words_of(client_of(runner).get("/"))
    assert "Start with your last run." in text
    assert "Log your first run" in text


def test_a_coach_without_runs_is_sent_to_the_clubs(client_of, coach):
    response = client_of(coach).get("/")
    assert reverse("dashboards:board", args=["heath"]) in response.content.decode()


def test_an_admin_is_offered_no_board(client_of, admin_membership):
    page = client_of(admin_membership.user).get("/").content.decode()
    assert f'href="{reverse("dashboards:board", args=["heath"])}"' not in page
    assert reverse("members:club-members", args=["heath"]) in page


def test_nobody_is_refused(client_of, outsider):
    assert "You are in no club at the moment." in words_of(client_of(outsider).get("/"))


def test_strangers_are_asked_to_log_in(client):
    assert client.get("/").status_code == 302


def test_a_past_week(client_of, runner, ran):
    AssessmentFactory(
        runner=runner, week=dt.date(2026, 3, 9), on=dt.date(2026, 3, 15), training="rest"
    )
    text = words_of(client_of(runner).get("/?week=2026-W11"))
    assert "Week of Mon 9 March" in text
    assert "Rest from running and impact for now." in text
    assert "As assessed on Sun 15 March." in text


@pytest.mark.parametrize("week", ["2026-W13", "2026-W60", "next"])
def test_a_week_that_is_none_is_not_found(client_of, runner, week):
    ActivityFactory(runner=runner)
    assert client_of(runner).get("/", {"week": week}).status_code == 404


def test_missing_days_are_one_tap_away(client_of, runner, ran):
    page = client_of(runner).get("/").content.decode()
    assert 'name="on" value="2026-03-16"' in page
    assert f'action="{reverse("members:days")}' in page


def test_unanswered_questions_lead_to_the_problem(client_of, runner):
    ActivityFactory(runner=runner)
    problem = HeelProblemFactory(runner=runner)
    page = client_of(runner).get("/").content.decode()
    assert reverse("injuries:red-flags", args=[problem.pk]) in page


# --- Doors ------------------------------------------------------------------------------------
def club_pages(membership):
    return [
        reverse("dashboards:board", args=["heath"]),
        reverse("dashboards:trends", args=["heath"]),
        reverse("dashboards:runner", args=["heath", membership.pk]),
        reverse("dashboards:decide", args=["heath", membership.pk]),
        "/api/v1/clubs/heath/board/",
    ]


def test_coaches_come_in(client_of, coach, membership, ran):
    client = client_of(coach)
    assert [client.get(page).status_code for page in club_pages(membership)] == [200] * 5


def test_runners_and_admins_are_refused(client_of, runner, admin_membership, membership):
    for person in (runner, admin_membership.user):
        client = client_of(person)
        assert [client.get(page).status_code for page in club_pages(membership)] == [403] * 5


def test_strangers_learn_nothing(client_of, outsider, membership):
    other_coach = MembershipFactory(role=Role.COACH).user
    for person in (outsider, other_coach):
        client = client_of(person)
        assert [client.get(page).status_code for page in club_pages(membership)] == [404] * 5


def test_a_runner_of_another_club_is_not_found(client_of, coach, club):
    other = MembershipFactory(sharing=Sharing.EVERYTHING)
    client = client_of(coach)
    assert client.get(reverse("dashboards:runner", args=["heath", other.pk])).status_code == 404
    assert client.post(reverse("dashboards:decide", args=["heath", other.pk])).status_code == 404


# --- What is shared ---------------------------------------------------------------------------
PAIN = ("4 of 10", "7 of 10", "hurt", "first steps", "during", "sore", "heel 4")


@pytest.fixture
def shared_pages(client_of, coach, membership, ran):
    def pages(sharing):
        membership.sharing = sharing
        membership.save()
        client = client_of(coach)
        return [client.get(page).content.decode() for page in club_pages(membership)[:3]] + [
            json.dumps(client.get("/api/v1/clubs/heath/board/").json())
        ]

    return pages


def test_everything_shows_pain(shared_pages):
    board, _, page, api = shared_pages(Sharing.EVERYTHING)
    assert "Heel 4 of 10 during the run" in board
    assert "Heel 4 of 10 during the run" in page
    assert "First steps" in page
    assert "Heel 4 of 10 during the run" in api


def test_status_shows_no_pain_number_or_word(shared_pages):
    for page in shared_pages(Sharing.STATUS):
        text = page.lower()
        # What the page says about sharing itself names no value.
        text = text.replace("not how a heel feels", "").replace(">heel<", "")
        assert [word for word in PAIN if word in text] == []
        assert "first_step" not in text
    board, _, page, api = shared_pages(Sharing.STATUS)
    assert "16.0 km on Saturday after a longest of 13.0 km." in board
    assert "Asked to ease off." in board
    assert "Asked to ease off." in api
    assert json.loads(api)["rows"][0]["last_report"] is None


def test_nothing_shows_nothing(shared_pages, runner):
    ShoeFactory(owner=runner, name="Blue pair")
    board, trends, page, api = shared_pages(Sharing.NOTHING)
    for shown in (board, trends, page, api):
        assert "16.0 km" not in shown
        assert "10.0 km" not in shown
        assert "Blue pair" not in shown
        assert "status-ease" not in shown
    assert "shares nothing" in board
    assert "shares nothing with this club" in page
    (row,) = json.loads(api)["rows"]
    assert (row["training"], row["weeks"], row["last_run"], row["states"]) == (
        None,
        [],
        None,
        ["nothing"],
    )


def test_nothing_can_be_decided_about_who_shares_nothing(client_of, coach, membership, ran):
    membership.sharing = Sharing.NOTHING
    membership.save()
    address = reverse("dashboards:decide", args=["heath", membership.pk])
    assert client_of(coach).get(address).status_code == 404
    assert client_of(coach).post(address, {"kind": "accepted"}).status_code == 404


def test_opening_a_runner_leaves_one_audit_row_a_day(client_of, coach, membership):
    client = client_of(coach)
    address = reverse("dashboards:runner", args=["heath", membership.pk])
    client.get(address)
    client.get(address)
    (entry,) = AuditEntry.objects.filter(action="runner_viewed")
    assert (entry.by, entry.about) == (coach, membership.user)


# --- The board ----------------------------------------------------------------------------------
def test_filters_stand_in_the_address(client_of, coach, membership, ran, club):
    MembershipFactory(club=club, user__name="Hidden Harry")
    page = words_of(client_of(coach).get("/c/heath/", {"show": "ease", "q": "robin"}))
    assert "Robin Runner" in page
    assert "Hidden Harry" not in page


def test_a_club_without_runners_offers_the_next_step(client_of, coach):
    assert "No runner is in this club yet." in words_of(client_of(coach).get("/c/heath/"))


def test_odd_filters_are_ignored(client_of, coach, membership):
    response = client_of(coach).get("/c/heath/", {"show": "<b>", "squad": "x", "q": "'\""})
    assert response.status_code == 200


@pytest.mark.parametrize("runners", [1, 3])
def test_the_board_asks_a_fixed_number_of_queries(
    runners, client_of, coach, club, django_assert_num_queries
):
    for _ in range(runners):
        one = MembershipFactory(club=club, sharing=Sharing.EVERYTHING)
        ActivityFactory(runner=one.user)
        FlagFactory(assessment=AssessmentFactory(runner=one.user, training="ease"))
    client = client_of(coach)
    with django_assert_num_queries(15):
        assert client.get("/c/heath/").status_code == 200


# --- Decisions ----------------------------------------------------------------------------------
@pytest.fixture
def decide_url(membership):
    return reverse("dashboards:decide", args=["heath", membership.pk])


def typed(assessment, **fields):
    return {"assessment": assessment.pk, "replaces": "", "kind": "accepted"} | fields


def test_a_plain_post_decides_and_goes_back(client_of, coach, ran, decide_url):
    data = typed(
        ran,
        kind="changed",
        training="cross_train",
        note="Bike this week",
        note_shared="on",
        due_on="2026-03-25",
        next="/c/heath/?show=ease",
    )
    response = client_of(coach).post(decide_url, data)
    assert (response.status_code, response["Location"]) == (302, "/c/heath/?show=ease")
    decision = CoachDecision.objects.get()
    assert (decision.assessment, decision.decided_by, decision.kind) == (ran, coach, "changed")
    assert (decision.training, decision.note, decision.note_shared, decision.due_on) == (
        "cross_train",
        "Bike this week",
        True,
        dt.date(2026, 3, 25),
    )


def test_htmx_gets_the_row_back(client_of, coach, membership, ran, decide_url):
    response = client_of(coach).post(decide_url, typed(ran), headers={"HX-Request": "true"})
    page = response.content.decode()
    assert response.status_code == 200
    assert page.lstrip().startswith(
        f'<li class="card stack board-row" id="runner-{membership.pk}">'
    )
    assert "Casey Coach" in page


def test_the_way_back_never_leaves_the_site(client_of, coach, ran, decide_url):
    response = client_of(coach).post(decide_url, typed(ran, next="https://elsewhere.example/"))
    assert response["Location"] == "/c/heath/"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_bad_input_is_kept_and_explained(client_of, coach, ran, decide_url, headers):
    data = typed(ran, kind="changed", note="Long thought", due_on="2026-03-01")
    response = client_of(coach).post(decide_url, data, headers=headers)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Choose what to change the answer to." in text
    assert "Choose today or a later day." in text
    assert "Long thought" in text
    assert not CoachDecision.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("kind", "", "This field is required."),
        ("kind", "ignored", "Select a valid choice."),
        ("training", "sprint", "Select a valid choice."),
        ("training", "not_assessed", "Select a valid choice."),
        ("note", "x" * 1_000_000, "Ensure this value has at most 1000 characters"),
        ("note", "a\0b", "Null characters are not allowed."),
        ("due_on", "soon", "Enter a valid date."),
        ("due_on", "2026-03-17", "Choose today or a later day."),
        ("assessment", "this", "Enter a whole number."),
        ("replaces", "1e9", "Enter a whole number."),
    ],
)
def test_an_impossible_decision_says_so_on_the_page(
    client_of, coach, ran, decide_url, field, value, error
):
    data = typed(ran, kind="changed", training="ease", note="Long thought") | {field: value}
    response = client_of(coach).post(decide_url, data)
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert {name: str(form[name].value()) for name in data} == {n: str(v) for n, v in data.items()}
    assert error in response.content.decode()
    assert not CoachDecision.objects.exists()


@pytest.mark.parametrize("field", ["assessment", "replaces"])
def test_a_decision_about_nothing_is_not_found(client_of, coach, ran, decide_url, field):
    response = client_of(coach).post(decide_url, typed(ran) | {field: 10**30})
    assert response.status_code == 404
    assert not CoachDecision.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_second_coach_sees_the_first_and_loses_nothing(
    client_of, coach, club, ran, decide_url, headers
):
    other = MembershipFactory(club=club, role=Role.COACH, user__name="Olu Other").user
    client_of(other).post(decide_url, typed(ran, kind="dismissed", note="Spoke to them"))
    response = client_of(coach).post(decide_url, typed(ran, note="My words"), headers=headers)
    text = words_of(response)
    assert response.status_code == 409
    assert "Somebody else has just decided." in text
    assert "Olu Other set it aside" in text
    assert "Spoke to them" in text
    assert "My words" in response.content.decode()
    first = CoachDecision.objects.get()
    assert f'name="replaces" value="{first.pk}"' in response.content.decode()

    again = typed(ran, note="My words", replaces=first.pk)
    assert client_of(coach).post(decide_url, again).status_code == 302
    assert CoachDecision.objects.get(replaces=first).note == "My words"


def test_the_form_answers_what_stands(client_of, coach, ran, decide_url):
    client = client_of(coach)
    client.post(decide_url, typed(ran))
    page = client.get(decide_url).content.decode()
    assert f'name="replaces" value="{CoachDecision.objects.get().pk}"' in page


def test_another_runners_assessment_cannot_be_answered_here(client_of, coach, ran, decide_url):
    other = AssessmentFactory()
    assert client_of(coach).post(decide_url, typed(other)).status_code == 404


def test_only_coaches_decide(client_of, runner, ran, decide_url):
    assert client_of(runner).post(decide_url, typed(ran)).status_code == 403


# --- What if -------------------------------------------------------------------------------------
@pytest.fixture
def steady_runner(runner):
    for back in range(0, 60, 3):
        day = dt.datetime(2026, 3, 17, 7, 0, tzinfo=dt.UTC) - dt.timedelta(days=back)
        ActivityFactory(runner=runner, started_at=day)
    for back in range(61):
        day = dt.date(2026, 3, 18) - dt.timedelta(days=back)
        if not Activity.objects.filter(runner=runner, on=day).exists():
            DayStatusFactory(runner=runner, on=day)
    return runner


def test_what_a_longer_run_would_mean(client_of, steady_runner):
    page = client_of(steady_runner).get("/what-if/", {"far": "14"})

    text = page.content.decode()
    assert page.status_code == 200
    assert (
        "14.0 km would be more than a tenth longer than your longest of the 30 days before "
        "(10.0 km). 11.0 km is as far as we would go."
    ) in text
    assert text.count("<h1") == 1


def test_within_the_page_only_the_answer_is_sent(client_of, steady_runner):
    part = client_of(steady_runner).get("/what-if/", {"far": "6,2"}, headers={"HX-Request": "true"})

    assert "6.2 km would be no big step" in part.content.decode()
    assert "<h1" not in part.content.decode()
    assert 'value="6,2"' in part.content.decode()


@pytest.mark.parametrize("far", ["ten", "-3", "900", "0", ""])
def test_what_is_no_distance_is_said_at_the_field(client_of, runner, far):
    page = client_of(runner).get("/what-if/", {"far": far})

    assert page.status_code == 422
    assert page.context["what_if"].errors["far"]
    assert "would" not in page.context["said"]


def test_a_newcomer_is_told_why_nothing_can_be_said(client_of, runner):
    text = client_of(runner).get("/what-if/", {"far": "5"}).content.decode()
    assert "We cannot say what 5.0 km would mean: less than 30 days of data." in text


@pytest.mark.parametrize("asked", ["", "?distance_m=ten", "?distance_m=0", "?distance_m=500001"])
def test_the_api_names_the_field(client_of, runner, asked):
    answer = client_of(runner).get(f"/api/v1/my-week/what-if/{asked}")
    assert (answer.status_code, list(answer.json())) == (400, ["distance_m"])


def test_the_api_says_the_same_as_the_page(client_of, steady_runner):
    said = client_of(steady_runner).get("/api/v1/my-week/what-if/?distance_m=14000").json()
    text = said.pop("text")
    assert text.startswith("14.0 km would be more than a tenth longer")
    assert said == {
        "on": "2026-03-18",
        "distance_m": 14_000,
        "level": "over_10",
        "longest_30d_m": 10_000,
        "ratio": 1.4,
        "why": None,
        "training": "carry_on",
        "ceiling_m": 11_000,
    }
