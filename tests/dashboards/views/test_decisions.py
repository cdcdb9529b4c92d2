"""What coaches do with rows: stored once, said to both, taken back."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from injuries.models import CoachDecision
from members.models import Role, Sharing
from tests.dashboards.views.conftest import words_of
from tests.factories import ActivityFactory, AssessmentFactory, MembershipFactory

pytestmark = pytest.mark.django_db


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
    assert page.lstrip().startswith(f'<li class="br br-ease" id="runner-{membership.pk}"')
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
    assert "Somebody else came first." in text
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


# --- Several rows at once, and back ---------------------------------------------------------------
ACT, UNDO = "/c/heath/act/", "/c/heath/undo/"


@pytest.fixture
def three(club):
    """Three runners who are asked to ease off; their memberships and assessments."""
    found = []
    for name in ("Ann", "Bob", "Cem"):
        one = MembershipFactory(club=club, user__name=name, sharing=Sharing.EVERYTHING)
        ActivityFactory(runner=one.user)
        found.append((one, AssessmentFactory(runner=one.user, training="ease")))
    return found


def version(pair, decision=""):
    return f"{pair[0].pk}:{pair[1].pk}:{decision and decision.pk}"


def test_agreeing_in_the_row_sends_the_row_alone(client_of, coach, three):
    answer = client_of(coach).post(
        ACT, {"agree": version(three[0])}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert (answer.status_code, page.count("<li class=")) == (200, 1)
    assert "Noted for Ann: agreed." in page
    assert CoachDecision.objects.get().kind == "accepted"


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"do": "accepted"}, ("accepted", "", False)),
        ({"do": "spoke"}, ("noted", "", True)),
        ({"do": "dismissed", "note": "Race"}, ("dismissed", "Race", False)),
        ({"do": "snoozed", "snoozed_until": "2026-03-25"}, ("snoozed", "", False)),
    ],
)
def test_several_rows_get_the_same(client_of, coach, three, sent, stored):
    client = client_of(coach)
    back = "/c/heath/?show=ease"
    chosen = [version(three[0]), version(three[2])]
    answer = client.post(ACT, sent | {"row": chosen, "next": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    found = CoachDecision.objects.order_by("assessment")
    assert [one.assessment for one in found] == [three[0][1], three[2][1]]
    assert {(one.kind, one.note, one.spoke) for one in found} == {stored}
    page = words_of(client.get(back))
    assert "Noted for 2 runners" in page
    assert "2 decisions just made. Undo" in page


def test_assigning_several_rows(client_of, coach, club, three):
    other = MembershipFactory(club=club, role=Role.COACH, user__name="Olu Other")
    rows = [version(one) for one in three]
    client_of(coach).post(ACT, {"do": "assigned", "owner": other.pk, "row": rows})
    assert {one.owner.name for one in CoachDecision.objects.all()} == {"Olu Other"}
    mine = words_of(client_of(other.user).get("/c/heath/?show=mine"))
    assert [name for name in ("Ann", "Bob", "Cem") if name in mine] == ["Ann", "Bob", "Cem"]
    assert "for Olu Other" in mine


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"do": "dismissed"}, "Why: Say why in a word or two."),
        ({"do": "snoozed"}, "Until: Choose the day until which they may wait."),
        ({"do": "snoozed", "snoozed_until": "2026-03-18"}, "Until: Choose a day after today"),
        ({"do": "snoozed", "snoozed_until": "2027-03-18"}, "at most eight weeks ahead"),
        ({"do": "praised"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_said_and_the_selection_kept(client_of, coach, three, sent, said):
    answer = client_of(coach).post(ACT, sent | {"row": [version(three[1])]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert re.findall(r'value="([\d:]+)" aria-label="Select \w+" checked', page) == [
        version(three[1])
    ]
    assert not CoachDecision.objects.exists()


def test_rows_of_others_and_nonsense_are_left_out(client_of, coach, three):
    elsewhere = MembershipFactory(sharing=Sharing.EVERYTHING)
    stranger = (elsewhere, AssessmentFactory(runner=elsewhere.user))
    crossed = f"{three[0][0].pk}:{three[1][1].pk}:"
    rows = [version(stranger), crossed, "1:2", "x:y:z", f"{'9' * 30}:1:", ""]
    client = client_of(coach)
    assert client.post(ACT, {"do": "accepted", "row": rows}).status_code == 302
    assert not CoachDecision.objects.exists()
    assert "Some rows have changed meanwhile" in words_of(client.get("/c/heath/"))
    client.post(ACT, {"do": "accepted"})
    assert "Select at least one row first." in words_of(client.get("/c/heath/"))


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_who_comes_second_is_told_and_overwrites_nothing(client_of, coach, club, three, headers):
    other = MembershipFactory(club=club, role=Role.COACH, user__name="Olu Other").user
    client_of(other).post(ACT, {"agree": version(three[0])})
    client = client_of(coach)
    answer = client.post(ACT, {"agree": version(three[0])}, headers=headers)
    said = words_of(answer if headers else client.get("/c/heath/"))
    assert "Olu Other came first with Ann (agreed); that stands, and yours was not stored." in said
    assert CoachDecision.objects.get().decided_by == other


def test_undo_takes_back_what_was_just_done_in_the_row_and_altogether(client_of, coach, three):
    client = client_of(coach)
    client.post(ACT, {"do": "accepted", "row": [version(one) for one in three]})
    first, *others = CoachDecision.objects.order_by("pk")
    answer = client.post(UNDO, {"decision": first.pk}, headers={"HX-Request": "true"})
    assert "Taken back: Ann." in words_of(answer)
    client.post(UNDO, {"decision": [one.pk for one in others]})
    assert not CoachDecision.objects.exists()
    assert "Taken back: 2 decisions." in words_of(client.get("/c/heath/"))


def test_another_coachs_decision_cannot_be_undone(client_of, coach, club, three):
    client_of(coach).post(ACT, {"agree": version(three[0])})
    client = client_of(MembershipFactory(club=club, role=Role.COACH).user)
    client.post(UNDO, {"decision": CoachDecision.objects.get().pk})
    assert CoachDecision.objects.count() == 1
    assert "There is nothing to take back" in words_of(client.get("/c/heath/"))


def test_what_was_taken_back_meanwhile_is_said(client_of, coach, club, ran, decide_url):
    client = client_of(coach)
    client.post(decide_url, typed(ran))
    gone = CoachDecision.objects.get().pk
    client.post(UNDO, {"decision": gone})
    other = client_of(MembershipFactory(club=club, role=Role.COACH).user)
    answer = other.post(decide_url, typed(ran, replaces=gone, note="Mine"))
    assert answer.status_code == 409
    assert "The decision you saw was taken back." in words_of(answer)
    assert 'name="replaces" id' in answer.content.decode()


def shown(client, state):
    """Return whose rows stand under a filter."""
    page = client.get("/c/heath/", {"show": state}).content.decode()
    return re.findall(r'aria-label="Select (\w+)"', page)


def test_a_snoozed_row_waits_until_its_day_or_until_more_is_asked(
    client_of, coach, three, time_machine, now
):
    client = client_of(coach)
    assessment = three[0][1]
    client.post(ACT, {"do": "snoozed", "snoozed_until": "2026-03-21", "row": [version(three[0])]})
    assert ("Ann" in shown(client, "snoozed")) is True
    assert ("Ann" in shown(client, "waiting")) is False
    assessment.training = "rest"
    assessment.save()
    assert ("Ann" in shown(client, "waiting")) is True
    assessment.training = "ease"
    assessment.save()
    time_machine.move_to(now + dt.timedelta(days=3), tick=False)
    assert ("Ann" in shown(client, "waiting")) is True


def test_what_came_of_it_is_asked_on_its_day(client_of, coach, membership, ran, decide_url):
    client = client_of(coach)
    client.post(decide_url, typed(ran, due_on="2026-03-18"))
    address = f"/c/heath/decisions/{CoachDecision.objects.get().pk}/outcome/"
    assert f'href="{address}"' in client.get("/c/heath/?show=due").content.decode()
    assert "Casey Coach agreed; look again on" in words_of(client.get(address))
    assert client.post(address, {"kind": "odd"}).status_code == 422
    answer = client.post(address, {"kind": "better", "text": "Runs again", "next": "/c/heath/"})
    assert (answer.status_code, answer["Location"]) == (302, "/c/heath/")
    decision = CoachDecision.objects.get()
    assert (decision.outcome_kind, decision.outcome) == ("better", "Runs again")
    assert address not in client.get("/c/heath/").content.decode()


def test_an_answer_is_asked_for_again_once_the_rules_ask_for_more(client_of, coach, three):
    client = client_of(coach)
    assessment = three[0][1]
    client.post(ACT, {"agree": version(three[0])})
    assert ("Ann" in shown(client, "waiting")) is False
    assessment.clinician = "book"
    assessment.save()
    assert "Ann" in shown(client, "waiting")
    page = client.get("/c/heath/?show=waiting").content.decode()
    assert version(three[0], CoachDecision.objects.get()) in page
    assessment.clinician, assessment.training = "", "carry_on"
    assessment.save()
    assert ("Ann" in shown(client, "waiting")) is False


@pytest.mark.parametrize("kind", CoachDecision.Kind.values)
def test_the_runner_reads_every_shared_note_and_who_wrote_it(
    client_of, coach, runner, ran, decide_url, kind
):
    what = {"training": "rest"} if kind == "changed" else {}
    what |= {"snoozed_until": "2026-03-25"} if kind == "snoozed" else {}
    sent = typed(ran, kind=kind, note="Ring me", note_shared="on", **what)
    assert client_of(coach).post(decide_url, sent).status_code == 302
    page = words_of(client_of(runner).get("/"))
    assert "Ring me" in page
    assert "Casey Coach, Heath Harriers, Wed 18 March:" in page
    assert "answered what the rules said about you" in words_of(
        client_of(runner).get("/settings/who-looked/")
    )


def test_a_note_between_coaches_never_reaches_the_runner(client_of, coach, runner, ran, decide_url):
    client_of(coach).post(decide_url, typed(ran, note="Between us"))
    for address in ("/", "/settings/who-looked/", "/api/v1/my-week/"):
        assert "Between us" not in client_of(runner).get(address).content.decode()
