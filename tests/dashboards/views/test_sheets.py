"""Sharing a sheet by a link: who may, who reads, what stays behind."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from dashboards.models import SharedSheet
from dashboards.selectors.sheet import physio_sheet
from dashboards.selectors.sheets import sheet_of
from dashboards.services.sheets import AT_ONCE, READINGS_AN_HOUR, share_sheet, sweep_sheets
from dashboards.tasks import sweep_exports
from members.models import AuditEntry
from members.services.consents import set_health_consent
from tests.dashboards.views.conftest import words_of
from tests.factories import ActivityFactory, HeelProblemFactory, MorningFactory

TICKED = {"parts": ["course", "runs"], "weeks": "12", "days": "3"}


@pytest.fixture(autouse=True)
def _forget_readings():
    cache.clear()


@pytest.fixture
def page(client_of, runner):
    HeelProblemFactory(runner=runner, clinician_said="a heel thing")
    MorningFactory(runner=runner, first_step=7)
    ActivityFactory(runner=runner)
    return client_of(runner)


@pytest.fixture
def link(page):
    """A link to the runner's sheet, for three days."""
    answer = page.post("/physio/", TICKED | {"share": "1"})
    assert answer.status_code == 200
    return re.search(r"/sheet/[\w-]{43}/", answer.content.decode())[0]


def read_at(link, client, **headers):
    return client.post(link, headers=headers)


# --- Made by the runner ---------------------------------------------------------------------------
def test_nothing_delicate_is_ticked_at_first(page):
    html = page.get("/physio/").content.decode()
    ticked = re.findall(r'name="parts" value="(\w+)"[^>]*checked', html)
    assert ticked == ["name", "course", "runs", "checks", "shoes", "tried"]
    assert "a heel thing" not in html


def test_the_page_shows_what_was_ticked(page):
    text = words_of(page.post("/physio/", TICKED | {"parts": ["runs", "clinician"]}))
    assert "10.0 km" in text
    assert "A clinician called it a heel thing" in text
    assert "How it went" not in text
    assert not SharedSheet.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"parts": []}, "Tick at least one thing."),
        ({"weeks": "99"}, "99 is not one of the available choices"),
        ({"days": "30"}, "30 is not one of the available choices"),
    ],
)
def test_a_mistake_keeps_the_ticks_and_makes_no_link(page, wrong, said):
    answer = page.post("/physio/", {**TICKED, "share": "1", **wrong})
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not SharedSheet.objects.exists()


def test_nobody_makes_it_for_somebody_else(client_of, coach, membership, page):
    text = words_of(client_of(coach).get("/physio/"))
    assert "Robin Runner" not in text
    assert "Casey Coach" in text


def test_only_a_hash_of_the_secret_is_kept(link):
    (shared,) = SharedSheet.objects.all()
    token = link.split("/")[2]
    assert shared.token_hash != token
    assert token not in str(vars(shared))
    assert shared.expires_at - shared.made_at == dt.timedelta(days=3)


def test_there_are_so_many_at_once(page, runner, now):
    sheet = physio_sheet(runner, parts=["runs"], weeks=4, on=now.date())
    for _ in range(AT_ONCE):
        share_sheet(runner, sheet=sheet, days=1, now=now)
    answer = page.post("/physio/", TICKED | {"share": "1"})
    assert answer.status_code == 422
    assert "take one back first" in words_of(answer)
    share_sheet(runner, sheet=sheet, days=1, now=now + dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        share_sheet(runner, sheet=sheet, days=2, now=now)


# --- Read by whoever has it -----------------------------------------------------------------------
def test_following_the_link_shows_and_counts_nothing(link, client, runner):
    for method in ("get", "head", "get"):
        answer = getattr(client, method)(link)
        assert answer.status_code == 200
        assert "7" not in re.sub(r"\d{4}|\d\d:\d\d|\d+ \w+", "", words_of(answer))
        assert "Robin" not in answer.content.decode()
    assert SharedSheet.objects.get().readings == 0
    assert not AuditEntry.objects.filter(action="sheet_read").exists()


def test_the_button_shows_what_was_ticked(link, client):
    text = words_of(read_at(link, client))
    assert "7 (worst 7, 1 said)" in text
    assert "10.0 km" in text
    for hidden in ("a heel thing", "Robin Runner", "Safety questions", "Shoes", "Medicines"):
        assert hidden not in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_kept_nowhere_and_tells_nobody(link, client, method):
    answer = getattr(client, method)(link)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"].startswith("noindex")


def test_it_is_a_copy_of_that_moment(link, client, runner):
    MorningFactory(runner=runner, on=dt.date(2026, 3, 17), first_step=9)
    assert "worst 9" not in words_of(read_at(link, client))


def test_each_reading_stands_under_who_looked_without_saying_from_where(link, client, page):
    read_at(link, client)
    read_at(link, client)
    first, again = AuditEntry.objects.filter(action="sheet_read").order_by("pk")
    assert (first.by, first.details["first"], again.details["first"]) == (None, True, False)
    assert set(first.details) == {"sheet", "first"}
    text = words_of(page.get("/settings/who-looked/"))
    assert "Whoever has your link read your sheet for the first time" in text
    assert "Whoever has your link read your sheet again" in text
    assert "12:00" in text
    assert "Read 2 times" in words_of(page.get("/physio/"))


def test_the_runners_own_look_is_no_reading(link, page):
    assert "10.0 km" in words_of(read_at(link, page))
    assert not AuditEntry.objects.filter(action="sheet_read").exists()


def test_whoever_is_logged_in_is_named(link, client_of, coach, page):
    read_at(link, client_of(coach))
    assert "Casey Coach read your sheet for the first time" in words_of(
        page.get("/settings/who-looked/")
    )


def test_a_link_is_not_read_without_end(link, client):
    for _ in range(READINGS_AN_HOUR):
        assert read_at(link, client).status_code == 200
    answer = read_at(link, client)
    assert (answer.status_code, "10.0 km" in words_of(answer)) == (429, False)
    assert SharedSheet.objects.get().readings == READINGS_AN_HOUR


# --- The end of it --------------------------------------------------------------------------------
def gone(client, link):
    answers = [client.get(link), client.post(link)]
    return {(one.status_code, one.content) for one in answers}


def test_wrong_expired_and_taken_back_are_the_same_page(link, client, page, time_machine, now):
    def plain(address):
        return {
            (status, re.sub(rb"/sheet/[^<\"]*|csrf\S+|X-CSRFToken\S+ \S+", b"", text))
            for status, text in gone(client, address)
        }

    wrong = plain(f"/sheet/{'x' * 43}/")
    assert {status for status, _ in wrong} == {404}
    tampered = link[:-3] + ("AA/" if link[-3:] != "AA/" else "BB/")
    assert plain(tampered) == wrong
    (shared,) = SharedSheet.objects.all()
    page.post(f"/physio/{shared.pk}/withdraw/")
    assert plain(link) == wrong
    assert not SharedSheet.objects.exists()
    again = page.post("/physio/", TICKED | {"share": "1"}).content.decode()
    second = re.search(r"/sheet/[\w-]{43}/", again)[0]
    time_machine.move_to(now + dt.timedelta(days=3), tick=False)
    assert plain(second) == wrong


def test_it_works_to_its_last_moment(link, client, time_machine, now):
    time_machine.move_to(now + dt.timedelta(days=3, seconds=-1), tick=False)
    assert read_at(link, client).status_code == 200


def test_anothers_link_is_not_there_to_take_back(link, client_of, coach):
    (shared,) = SharedSheet.objects.all()
    assert client_of(coach).post(f"/physio/{shared.pk}/withdraw/").status_code == 404
    assert SharedSheet.objects.exists()


def test_with_the_consent_goes_what_was_shared(link, client, runner):
    runner.health_consent_at = None
    runner.save()
    assert read_at(link, client).status_code == 404


def test_giving_the_consent_anew_opens_no_sheet_of_before(link, client, runner):
    later = SharedSheet.objects.get().made_at + dt.timedelta(minutes=1)
    set_health_consent(runner, given=False, now=later)
    assert not SharedSheet.objects.exists()
    set_health_consent(runner, given=True, now=later)
    assert read_at(link, client).status_code == 404


def test_without_consent_runs_can_be_shared(client_of, client, runner):
    runner.health_consent_at = None
    runner.save()
    ActivityFactory(runner=runner)
    html = client_of(runner).post("/physio/", {**TICKED, "parts": ["runs"], "share": "1"})
    link = re.search(r"/sheet/[\w-]{43}/", html.content.decode())[0]
    assert "10.0 km" in words_of(read_at(link, client))


def test_the_account_closed_closes_the_link(link, client, runner):
    runner.is_active = False
    runner.save()
    assert read_at(link, client).status_code == 404


def test_expired_ones_are_swept(link, runner, now):
    assert sweep_sheets(now=now + dt.timedelta(days=3, seconds=-1)) == 0
    assert sweep_sheets(now=now + dt.timedelta(days=3)) == 1
    assert not SharedSheet.objects.exists()


def test_the_sweep_of_downloads_takes_them_along(link, time_machine, now):
    time_machine.move_to(now + dt.timedelta(days=3), tick=False)
    sweep_exports()
    assert not SharedSheet.objects.exists()


def test_a_token_of_any_shape_is_only_wrong(now, db):
    for token in ("", "x", "ä" * 43, "x" * 5_000):
        assert sheet_of(token, now=now) is None
