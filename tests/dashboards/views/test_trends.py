"""The page of trends: each question with its picture and its numbers, and what is never told."""

import json
import re

import pytest

from members.models import AuditEntry, Role, Sharing
from members.selectors.audit import entries_about
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    MembershipFactory,
    MorningFactory,
    ShoeFactory,
    SquadFactory,
)

PAGE, API = "/c/heath/trends/", "/api/v1/clubs/heath/trends/"
QUESTIONS = [
    "Who stood where?",
    "How much does the club run?",
    "How many have a problem?",
    "How often was one run a big step?",
    "Whose shoes are due?",
    "What ground do they run on?",
    "What became of what the rules asked of you?",
]


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def told(club, membership):
    """A runner with something for every question."""
    membership.squad = SquadFactory(club=club, name="Track <b>")
    membership.save()
    runner = membership.user
    pair = ShoeFactory(owner=runner, start_m=700_000, name="Blue pair")
    ActivityFactory(runner=runner, shoe=pair, surface="trail")
    MorningFactory(runner=runner, first_step=7)
    AssessmentFactory(runner=runner, training="cross_train", clinician="book")
    return membership


@pytest.fixture
def four_more(club, told):
    """Four more of the squad, so that their ground may be told."""
    for surface in ("road", "road", "trail", ""):
        one = MembershipFactory(club=club, squad=told.squad, sharing=Sharing.STATUS)
        ActivityFactory(runner=one.user, surface=surface)


def html_of(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def figures(html):
    found = re.findall(r'<script id="(chart-\w+)" type="application/json">(.*?)</script>', html)
    return {name: json.loads(text) for name, text in found}


def test_every_question_has_its_picture_and_its_numbers(client_of, coach, told, four_more):
    html = html_of(client_of(coach))
    assert re.findall(r"<h2 id=.*?>(.*?)</h2>", html) == QUESTIONS
    drawn = figures(html)
    assert list(drawn) == [
        "chart-load",
        "chart-problems",
        "chart-spikes",
        "chart-surfaces",
        "chart-acted",
    ]
    assert drawn["chart-load"]["data"][0]["y"][-1] == 50.0
    assert [trace["name"] for trace in drawn["chart-surfaces"]["data"]] == [
        "road or pavement",
        "trail",
        "not said",
    ]
    assert drawn["chart-acted"]["data"][0]["y"][-1] == 1
    for words in (
        "50.0 km",
        "5 of 5",
        "Blue pair",
        "710.0 km",
        ">88 %<",
        "see a clinician",
        "40 %",
    ):
        assert words in html, words
    assert 'src="/static/plotly' not in html  # drawn when a chart comes into view


def test_filters_stand_in_the_address_and_stay(client_of, coach, told):
    html = html_of(client_of(coach), f"{PAGE}?weeks=26&squad={told.squad_id}&map=load")
    assert "Who ran how far?" in html
    assert f'<option value="{told.squad_id}" selected>' in html
    assert '<option value="26" selected>' in html
    kept = f"weeks=26&amp;squad={told.squad_id}&amp;map="
    assert f'href="?{kept}pain#map"' in html
    assert '<input type="hidden" name="map" value="load">' in html


@pytest.mark.parametrize(
    "query", ["weeks=13", "squad=999", "map=odd", "page=x", "weeks=12&page=-1"]
)
def test_what_cannot_be_asked_for_is_as_if_not_asked(client_of, coach, told, query):
    html = html_of(client_of(coach), f"{PAGE}?{query}")
    assert "the 12 weeks from" in html
    assert "Who stood where?" in html
    assert "1 runner counted" in html


def test_mornings_are_for_those_who_may_see_them(client_of, coach, told):
    html = html_of(client_of(coach), f"{PAGE}?map=pain")
    assert "<td class=h4>7" in html
    told.sharing = Sharing.STATUS
    told.save()
    html = html_of(client_of(coach), f"{PAGE}?map=pain")
    assert "<td class=h4>7" not in html
    assert "None of these runners shares answers about pain." in html
    assert "1 runner does not share answers about pain." in html


@pytest.mark.parametrize("address", [f"{PAGE}?map=pain", f"{API}?map=pain"])
def test_who_shows_mornings_can_read_who_looked(client_of, coach, told, four_more, address):
    for _ in range(2):  # once a day
        client_of(coach).get(address)
    client_of(coach).get(PAGE)
    (entry,) = AuditEntry.objects.filter(by=coach)
    assert (entry.action, entry.about, entry.club) == ("mornings_viewed", told.user, told.club)
    assert entry.details == {}
    (seen,) = entries_about(told.user)
    assert seen.what == "opened the club's grid of sore mornings, with yours in it"


def test_a_club_in_which_nobody_shares_says_what_is_missing(client_of, coach, told):
    told.sharing = Sharing.NOTHING
    told.save()
    html = html_of(client_of(coach))
    assert "Robin Runner" not in html
    assert "There is nothing to show until runners join and share their status." in html
    assert "1 more shares nothing with the club" in html


def test_an_assistant_has_the_page_for_their_squads(client_of, club, told):
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    html = html_of(client_of(assistant.user))
    assert "No squad is yours yet." in html
    told.squad.coaches.add(assistant)
    html = html_of(client_of(assistant.user))
    assert "Robin Runner" in html
    assert 'href="/c/heath/flags/"' not in html  # figures of the whole club
    assert f'href="{PAGE}"' in html


def test_names_are_escaped_everywhere(client_of, coach, told):
    SquadFactory(club=told.club, name="</script><i>")
    told.user.name = "</script><i>"
    told.user.save()
    html = html_of(client_of(coach))
    assert "<i>" not in html
    assert "Track <b>" not in html


def test_a_page_in_miles(client_of, coach, told):
    coach.unit = "mi"
    coach.save()
    assert "6.2 mi" in html_of(client_of(coach))


def test_the_api_says_what_the_page_says(client_of, coach, told):
    body = client_of(coach).get(API, {"map": "load", "weeks": 26}).json()
    assert (body["on"], len(body["weeks"]), body["weeks"][-1]) == ("2026-03-18", 26, "2026-W12")
    assert (body["squad"], body["runners"], body["share_nothing"]) == (None, 1, 0)
    (row,) = body["grid"]["rows"]
    assert row.pop("cells") == ["silent"] * 25 + [10_000]
    assert row == {"membership": told.pk, "name": "Robin Runner", "squad": told.squad_id}
    assert body["load"][0]["weeks"][-1] == {
        "week": "2026-W12",
        "runners": 1,
        "logged": 1,
        "distance_m": 10_000,
        "median_m": 10_000,
        "runs": 1,
        "unmeasured": 0,
    }
    assert body["load"][0]["weeks"][0]["distance_m"] is None
    assert body["problems"][0]["weeks"][-1]["problems"] is None
    assert body["spikes"][-1] == {
        "week": "2026-W12",
        "over_10": 0,
        "over_100": 0,
        "judged": 1,
        "unjudged": 0,
        "per_100": 0.0,
    }
    assert body["shoes"] == [
        {
            "membership": told.pk,
            "runner": "Robin Runner",
            "pair": "Blue pair",
            "distance_m": 710_000,
            "limit_m": 800_000,
            "percent": 88,
            "at_limit": False,
        }
    ]
    assert body["surfaces"] == {"groups": [], "weeks": []}  # of one runner
    assert body["decisions"] == {
        "asked": 1,
        "answered": 0,
        "noted": 0,
        "median_days": None,
        "by_kind": {"accepted": 0, "changed": 0, "dismissed": 0},
        "outcomes": {"better": 0, "same": 0, "worse": 0, "unknown": 0},
    }


def test_the_api_says_the_ground_of_five_runners(client_of, coach, four_more):
    found = client_of(coach).get(API).json()["surfaces"]
    (everybody,) = found["groups"]
    metres = {"road": 20_000, "trail": 20_000, "not_said": 10_000}
    nothing = dict.fromkeys(("grass", "track", "treadmill", "mixed"), 0)
    assert everybody == {"name": "All runners", "metres": metres | nothing}
    assert found["weeks"][-1] == {"week": "2026-W12", "metres": metres | nothing}


@pytest.mark.parametrize(
    "query", [{"weeks": 13}, {"squad": "x"}, {"squad": 999}, {"map": "odd"}, {"page": 0}]
)
def test_the_api_refuses_what_cannot_be_asked_for(client_of, coach, told, query):
    response = client_of(coach).get(API, query)
    assert response.status_code == 400
    assert list(response.json()) == list(query)


def test_an_assistant_asks_the_api_about_their_squads(client_of, club, told):
    assistant = MembershipFactory(club=club, role=Role.ASSISTANT)
    client = client_of(assistant.user)
    assert client.get(API).json()["runners"] == 0
    assert client.get(API, {"squad": told.squad_id}).status_code == 400
    told.squad.coaches.add(assistant)
    assert client.get(API, {"squad": told.squad_id}).json()["runners"] == 1
