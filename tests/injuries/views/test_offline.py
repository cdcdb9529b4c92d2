"""Entries that waited without a network: taken once, as their owner's, with the reason if not."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client

from injuries.models import PainReport
from members.models import Activity
from tests.factories import ActivityFactory, ShoeFactory

pytestmark = pytest.mark.django_db
SEND = "/log/send/"


@pytest.fixture
def entry(runner):
    """Return a function: what the queue of the runner's browser sends."""

    def made(**fields):
        usual = {
            "user": str(runner.pk),
            "client_key": str(uuid.uuid4()),
            "kind": "run",
            "distance": "10",
            "duration": "55",
            "on": "2026-03-18",
            "heel": "no",
            "typed_at": "2026-03-18T09:30:00.000Z",
        }
        return usual | fields

    return made


def test_an_entry_is_stored_at_the_moment_it_was_typed(page, entry):
    answer = page.post(SEND, entry(heel="yes", during="3"))

    run = Activity.objects.get()
    assert answer.json() == {
        "saved": {"id": run.pk, "what": "run", "on": "2026-03-18", "distance": "10.0 km"}
    }
    assert run.started_at == dt.datetime(2026, 3, 18, 9, 30, tzinfo=dt.UTC)
    assert PainReport.objects.get().during == 3


def test_a_copy_is_answered_with_the_first_and_changes_nothing(page, entry):
    sent = entry()

    first, second = page.post(SEND, sent), page.post(SEND, sent | {"distance": "11"})

    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert Activity.objects.get().distance_m == 10_000


def test_a_copy_of_what_was_deleted_since_does_not_come_back(page, entry):
    sent = entry()
    page.post(SEND, sent)
    page.post(f"/log/{Activity.objects.get().pk}/delete/")

    answer = page.post(SEND, sent)

    assert (answer.status_code, answer.json()) == (200, {"saved": None})
    assert not Activity.objects.exists()


def test_the_usual_pair_and_ground_are_filled_in_where_the_page_did_not_know_them(
    page, runner, entry
):
    usual, other = ShoeFactory(owner=runner, is_default=True), ShoeFactory(owner=runner)
    ActivityFactory(runner=runner, surface="trail")

    for sent in (entry(), entry(shoe=str(other.pk)), entry(shoe="", surface="")):
        page.post(SEND, sent)

    newest = Activity.objects.order_by("-pk")[:3]
    assert [(one.shoe, one.surface) for one in newest] == [
        (None, ""),
        (other, ""),
        (usual, "trail"),
    ]


def test_the_pair_filled_in_is_the_one_for_the_ground_that_was_typed(page, runner, entry):
    ShoeFactory(owner=runner, is_default=True)
    trail = ShoeFactory(owner=runner, default_surface="trail")

    page.post(SEND, entry(surface="trail"))

    assert Activity.objects.get().shoe == trail


@pytest.mark.parametrize(
    ("typed_at", "started"),
    [
        ("2026-03-18T12:30:00Z", dt.datetime(2026, 3, 18, 12, tzinfo=dt.UTC)),  # ahead of the clock
        ("2025-03-18T12:00:00Z", dt.datetime(2026, 3, 18, 12, tzinfo=dt.UTC)),  # a year behind
        ("2026-03-17T20:15:00Z", dt.datetime(2026, 3, 18, 12, tzinfo=dt.UTC)),  # yesterday: noon
    ],
)
def test_a_clock_that_is_off_is_not_believed(page, entry, typed_at, started):
    page.post(SEND, entry(typed_at=typed_at))
    assert Activity.objects.get().started_at == started


def test_what_is_refused_says_why_by_field(page, entry):
    answer = page.post(SEND, entry(distance="ten", effort="11"))

    assert answer.status_code == 422
    assert answer.json() == {
        "errors": {
            "distance": ["Write the distance as a number of km, for example 10.5."],
            "effort": ["Choose an effort from 0 to 10."],
        },
        "sure": "",
    }


def test_the_unusual_is_asked_and_confirmed(page, entry):
    sent = entry(distance="70", duration="8:00:00")

    asked = page.post(SEND, sent).json()
    assert asked == {
        "errors": {"distance": ["70.0 km is very far. Is that right?"]},
        "sure": "far-70000",
    }
    assert page.post(SEND, sent | {"sure": asked["sure"]}).status_code == 200


def test_somebody_elses_entry_is_not_taken(page, entry, outsider):
    for user in (str(outsider.pk), "", "x"):
        assert page.post(SEND, entry(user=user)).status_code == 409
    assert not Activity.objects.exists()


def test_without_a_login_it_is_sent_to_the_login(entry, db):
    answer = Client().post(SEND, entry())
    assert answer.url.startswith("/accounts/login/")
    assert not Activity.objects.exists()


def test_a_fresh_token_opens_the_door_and_a_missing_one_does_not(runner, entry):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(runner)
    assert strict.post(SEND, entry()).status_code == 403

    session = strict.get("/log/session/").json()

    assert session["user"] == runner.pk
    sent = strict.post(SEND, entry(), headers={"X-CSRFToken": session["token"]})
    assert sent.status_code == 200


def test_nobody_is_logged_in(db):
    answer = Client().get("/log/session/")
    assert answer.json()["user"] is None
    assert "no-store" in answer["Cache-Control"]


def test_the_page_kept_offline_is_the_same_for_everybody(page, runner):
    ShoeFactory(owner=runner, name="Secret pair", is_default=True)
    ActivityFactory(runner=runner)

    mine, nobodys = page.get("/log/offline/"), Client().get("/log/offline/")

    assert mine.content == nobodys.content
    text = mine.content.decode()
    assert not re.search(r"Secret|Robin|csrfmiddlewaretoken|2026|last time", text)
    assert "Set-Cookie" not in mine
    for name in ("distance", "duration", "effort", "heel", "during", "on", "note"):
        assert f'name="{name}"' in text
