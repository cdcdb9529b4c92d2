"""Pairs of shoes: what works, and what comes back with all that was typed."""

import datetime as dt

import pytest
from django.urls import reverse

from members.models import Shoe, ShoeCheck, ShoeComfort
from tests.factories import ActivityFactory, ShoeFactory
from tests.members.views.answers import assert_refused, messages

pytestmark = pytest.mark.django_db
SHOES = "/shoes/"
FUTURE = "This day lies in the future."
EARLY = "Choose a day after 1990."


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def pair(**fields):
    return {"name": "Blue", "start": "120", "limit": "700", "first_used": "2026-01-05"} | fields


def test_a_pair_is_added_with_what_it_has_run_and_its_limit(page, runner):
    response = page.post(SHOES, pair(is_default="on"), follow=True)

    shoe = Shoe.objects.get()
    assert (shoe.owner, shoe.start_m, shoe.limit_m) == (runner, 120_000, 700_000)
    assert (shoe.first_used, shoe.is_default) == (dt.date(2026, 1, 5), True)
    ActivityFactory(runner=runner, shoe=shoe)
    ActivityFactory(runner=runner, shoe=shoe, kind="ride")
    assert messages(response) == ["The pair is added."]
    assert "130.0 km of 700.0 km" in page.get(SHOES).content.decode()


def test_a_pair_is_changed_in_miles(page, runner):
    runner.unit = "mi"
    runner.save()
    shoe = ShoeFactory(owner=runner)

    page.post(f"{SHOES}{shoe.pk}/", pair(name="Red", start="", limit="500", first_used=""))

    shoe.refresh_from_db()
    assert (shoe.name, shoe.start_m, shoe.limit_m, shoe.first_used) == ("Red", 0, 804_672, None)
    Shoe.objects.update(start_m=12_345)
    page.post(f"{SHOES}{shoe.pk}/", pair(start="7.7", limit="500", first_used=""))
    shoe.refresh_from_db()
    assert shoe.start_m == 12_345, "what was not typed over is not rounded"


def test_make_colour_and_ground_are_kept_and_shown(page, runner):
    typed = pair(brand="Brooks", model="Ghost 15", colour="green", default_surface="trail")
    page.post(SHOES, typed)

    shoe = Shoe.objects.get()
    assert (str(shoe), shoe.make) == ("Blue (green)", "Brooks Ghost 15, green")
    text = page.get(SHOES).content.decode()
    for told in ("Blue (green)", "Brooks Ghost 15, green", "filled in on: trail"):
        assert told in text
    assert str(Shoe(name="Green ones", colour="green")) == "Green ones"


def test_two_pairs_in_use_are_not_called_the_same(page, runner):
    ShoeFactory(owner=runner, name="blue", retired_on=dt.date(2026, 3, 1))
    ShoeFactory(name="Blue")
    assert page.post(SHOES, pair()).status_code == 302

    error = "Another pair is called Blue. Say how this one differs."
    assert_refused(page.post(SHOES, pair()), "colour", error, pair())
    assert page.post(SHOES, pair(colour="old")).status_code == 302
    mine = Shoe.objects.get(name="Blue", colour="old")
    assert page.post(f"{SHOES}{mine.pk}/", pair(colour="old")).status_code == 302


@pytest.mark.parametrize(
    ("start_m", "checked", "told"),
    [
        (639_999, False, ""),
        (640_000, False, "◇</span> nearly at its limit"),
        (800_000, False, "◆</span> time to look at them"),
        (800_000, True, "✓ checked on Tue 17 March, kept"),
    ],
)
def test_the_word_at_80_and_100_percent(start_m, checked, told, page, runner):
    shoe = ShoeFactory(owner=runner, start_m=start_m)
    if checked:
        ShoeCheck.objects.create(
            shoe=shoe, on=dt.date(2026, 3, 17), outcome="kept", distance_m=750_000
        )
    words = ["◇</span> nearly at its limit", "◆</span> time to look at them", "✓ checked on"]

    for address in (SHOES, f"{SHOES}{shoe.pk}/"):
        text = page.get(address).content.decode()
        assert [word for word in words if word in text] == [w for w in words if told.startswith(w)]
        assert told in text
        assert "risk" not in text


def test_how_many_pairs_were_worn_is_told_with_how_weak_the_study_is(page, runner):
    ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner))
    text = " ".join(page.get(SHOES).content.decode().split())
    assert "1 pair in the 1 run of the last 60 days" in text
    assert "In one observational study of 264 runners over 22 weeks" in text


@pytest.mark.parametrize(("runs", "told"), [(1, "1 run names no pair"), (2, "2 runs name no pair")])
def test_runs_without_a_pair_are_offered(runs, told, page, runner):
    ShoeFactory(owner=runner)
    for _ in range(runs):
        ActivityFactory(runner=runner)
    assert told in page.get(SHOES).content.decode()


def test_somebody_elses_pair_is_not_there(page):
    theirs = ShoeFactory()
    for name in ("shoe", "shoe-check", "shoe-delete"):
        assert page.get(reverse(f"members:{name}", args=[theirs.pk])).status_code == 404
    for name in ("shoe-retire", "shoe-comfort", "shoe-delete", "shoe-check", "shoe"):
        assert page.post(reverse(f"members:{name}", args=[theirs.pk])).status_code == 404


def test_a_pair_is_retired_and_brought_back(page, runner):
    shoe = ShoeFactory(owner=runner, is_default=True)
    address = reverse("members:shoe-retire", args=[shoe.pk])

    page.post(address)
    shoe.refresh_from_db()
    assert (shoe.retired_on, shoe.is_default) == (dt.date(2026, 3, 18), False)
    assert "Retired pairs (1)" in page.get(SHOES).content.decode()
    page.post(address)
    shoe.refresh_from_db()
    assert shoe.retired_on is None
    page.post(address, {"on": "2026-03-01"})
    shoe.refresh_from_db()
    assert shoe.retired_on == dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("on", "error"),
    [
        ("2027-01-01", FUTURE),
        ("soon", "Enter a valid date."),
        ("2026-01-01", "This day lies before its first use."),
    ],
)
def test_an_impossible_last_day_is_explained_and_nothing_is_retired(on, error, page, runner):
    shoe = ShoeFactory(owner=runner, first_used=dt.date(2026, 1, 5), is_default=True)

    response = page.post(reverse("members:shoe-retire", args=[shoe.pk]), {"on": on})

    assert response.status_code == 422
    assert error in response.content.decode()
    shoe.refresh_from_db()
    assert (shoe.retired_on, shoe.is_default) == (None, True)


def test_a_pair_nobody_ran_in_is_deleted_after_one_question(page, runner):
    shoe = ShoeFactory(owner=runner, name="Wrong box")
    address = reverse("members:shoe-delete", args=[shoe.pk])

    assert "Delete Wrong box?" in page.get(address).content.decode()
    assert messages(page.post(address, follow=True)) == ["The pair is deleted."]
    assert not Shoe.objects.exists()


def test_a_pair_with_runs_is_kept(page, runner):
    shoe = ShoeFactory(owner=runner)
    ActivityFactory(runner=runner, shoe=shoe)
    address = reverse("members:shoe-delete", args=[shoe.pk])

    assert "Retire it instead" in page.get(address).content.decode()
    assert messages(page.post(address, follow=True)) == [
        "There are runs in this pair. Retire it: its history stays."
    ]
    assert address not in page.get(f"{SHOES}{shoe.pk}/").content.decode()
    assert Shoe.objects.get() == shoe


@pytest.mark.parametrize("shoes", [1, 3])
def test_the_pairs_cost_the_same_for_one_and_three(shoes, page, runner, django_assert_num_queries):
    for _ in range(shoes):
        ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner))

        ActivityFactory(runner=runner)

    with django_assert_num_queries(7):  # session, user, three for pairs, untagged, clubs
        response = page.get(SHOES)

    assert response.content.decode().count("How comfortable are they") == shoes


NUMBER = "Write the distance as a number of km, for example 10.5."
BAD_PAIRS = [
    ("name", "", "This field is required."),
    ("name", "x" * 81, "Ensure this value has at most 80 characters"),
    ("start", "far", NUMBER),
    ("start", "-5", NUMBER),
    ("start", "9000", "Choose between 0 and 5000 km."),
    ("limit", "50", "Choose between 100 and 5000 km."),
    ("limit", "1" * 13, "Ensure this value has at most 12 characters"),
    ("first_used", "2027-01-05", FUTURE),
    ("first_used", "0202-01-05", EARLY),
    ("first_used", "spring", "Enter a valid date."),
    ("brand", "x" * 41, "Ensure this value has at most 40 characters"),
    ("model", "x" * 61, "Ensure this value has at most 60 characters"),
    ("colour", "x" * 41, "Ensure this value has at most 40 characters"),
    ("default_surface", "ice", "Select a valid choice."),
]


@pytest.mark.parametrize(("field", "value", "error"), BAD_PAIRS)
def test_a_bad_pair_is_kept_and_explained(field, value, error, page, runner):
    typed = pair(**{field: value})

    assert_refused(page.post(SHOES, typed), field, error, typed)
    assert not Shoe.objects.exists()
    shoe = ShoeFactory(owner=runner, name="Old")
    assert_refused(page.post(f"{SHOES}{shoe.pk}/", typed), field, error, typed)
    shoe.refresh_from_db()
    assert (shoe.name, shoe.start_m) == ("Old", 0)


# --- How comfortable ------------------------------------------------------------------------------
def comfort_of(shoe):
    return reverse("members:shoe-comfort", args=[shoe.pk])


def test_comfort_is_one_tap_and_then_not_asked_again(page, runner):
    shoe = ShoeFactory(owner=runner)
    ActivityFactory(runner=runner, shoe=shoe)

    response = page.post(comfort_of(shoe), {"comfort": "7", "next": "/"})

    assert (response.status_code, response.url) == (302, "/")
    said = ShoeComfort.objects.get()
    assert (said.shoe, said.on, said.comfort) == (shoe, dt.date(2026, 3, 18), 7)
    text = page.get(SHOES).content.decode()
    assert "How comfortable" not in text
    assert "7 of 10 on Wed 18 March" in text
    assert "Comfort from 0 to 10, oldest first. 18 March 2026: 7" in text


def test_an_answer_is_changed_and_taken_back_on_the_pairs_page(page, runner):
    shoe = ShoeFactory(owner=runner)
    for comfort in ("7", "10"):
        page.post(comfort_of(shoe), {"comfort": comfort})
    assert ShoeComfort.objects.get().comfort == 10
    assert 'value="10" aria-pressed="true"' in page.get(f"{SHOES}{shoe.pk}/").content.decode()

    response = page.post(comfort_of(shoe), {"on": "2026-03-18", "comfort": ""}, follow=True)

    assert messages(response) == ["Taken back."]
    assert not ShoeComfort.objects.exists()


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"comfort": "11"}, "Choose a number from 0 to 10."),
        ({"comfort": "5", "on": "2027-01-01"}, FUTURE),
    ],
)
def test_an_impossible_comfort_is_explained(typed, error, page, runner):
    response = page.post(comfort_of(ShoeFactory(owner=runner)), typed)

    assert response.status_code == 422
    assert error in response.content.decode()
    assert not ShoeComfort.objects.exists()


def test_the_question_can_be_set_aside_for_a_month(page, runner, time_machine, now):
    ActivityFactory(runner=runner, shoe=ShoeFactory(owner=runner))
    later = reverse("members:comfort-later")
    assert "How comfortable" in page.get(SHOES).content.decode()

    response = page.post(later, {"next": "https://elsewhere.example/"})

    assert response.url == SHOES
    assert "How comfortable" not in page.get(SHOES).content.decode()
    time_machine.move_to(now + dt.timedelta(days=30), tick=False)
    ActivityFactory(runner=runner, shoe=Shoe.objects.get(), started_at=now + dt.timedelta(days=29))
    assert "How comfortable" in page.get(SHOES).content.decode()


# --- Having a pair looked at ----------------------------------------------------------------------
def check_of(shoe):
    return reverse("members:shoe-check", args=[shoe.pk])


def test_a_check_with_a_new_pair_ends_the_old_one(page, runner):
    old = ShoeFactory(owner=runner, start_m=810_000, is_default=True)
    typed = {
        "on": "2026-03-14",
        "where": "Running store",
        "outcome": "replaced",
        "new_name": "Red",
        "retire": "on",
        "note": "Heel worn",
    }

    response = page.post(check_of(old), typed, follow=True)

    assert messages(response) == ["The check is recorded."]
    check, new = ShoeCheck.objects.get(), Shoe.objects.get(name="Red")
    old.refresh_from_db()
    day = dt.date(2026, 3, 14)
    assert (check.on, check.outcome, check.new_shoe) == (day, "replaced", new)
    assert (check.where, check.note, check.distance_m) == ("Running store", "Heel worn", 810_000)
    assert (new.first_used, old.retired_on, old.is_default) == (day, day, False)
    text = response.content.decode()
    for told in ("Sat 14 March, at 810.0 km, Running store", "replaced", "Heel worn", ">Red</a>"):
        assert told in text


CHECK = {"on": "2026-03-14", "where": "Store", "outcome": "kept", "note": "Fine"}


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("outcome", "", "Choose what came of it."),
        ("outcome", "lost", "Select a valid choice."),
        ("on", "2027-01-01", FUTURE),
        ("where", "x" * 81, "Ensure this value has at most 80 characters"),
        ("note", "x" * 1001, "Ensure this value has at most 1000 characters"),
        ("new_name", "Red", "Only replaced shoes and another size give a new pair."),
        ("new_shoe", "999999", "Choose another of your own pairs."),
    ],
)
def test_a_bad_check_is_kept_and_explained(field, value, error, page, runner):
    typed = CHECK | {field: value}
    shoe = ShoeFactory(owner=runner)

    assert_refused(page.post(check_of(shoe), typed), field, error, typed)
    assert not ShoeCheck.objects.exists()
    assert Shoe.objects.count() == 1


def test_the_pair_itself_theirs_and_two_new_ones_are_refused(page, runner):
    shoe, other = ShoeFactory(owner=runner), ShoeFactory(owner=runner)
    for wrong in (shoe, ShoeFactory()):
        typed = CHECK | {"outcome": "replaced", "new_shoe": str(wrong.pk)}
        error = "Choose another of your own pairs."
        assert_refused(page.post(check_of(shoe), typed), "new_shoe", error, typed)
    typed = CHECK | {"outcome": "replaced", "new_shoe": str(other.pk), "new_name": "Red"}
    error = "Choose a pair or name a new one, not both."
    assert_refused(page.post(check_of(shoe), typed), "new_name", error, typed)


def test_a_refused_end_of_the_old_pair_leaves_nothing_behind(page, runner):
    shoe = ShoeFactory(owner=runner, first_used=dt.date(2026, 3, 15))
    typed = CHECK | {"outcome": "replaced", "new_name": "Red", "retire": "on"}

    response = page.post(check_of(shoe), typed)

    assert response.status_code == 422
    assert "This day lies before its first use." in response.content.decode()
    assert (Shoe.objects.count(), ShoeCheck.objects.count()) == (1, 0)


def test_a_mistaken_check_is_taken_back_by_its_owner_alone(page, runner, client_of, coach):
    shoe = ShoeFactory(owner=runner)
    day = dt.date(2026, 3, 17)
    check = ShoeCheck.objects.create(shoe=shoe, on=day, outcome="kept", distance_m=810_000)
    kept = ShoeCheck.objects.create(
        shoe=shoe, on=day - dt.timedelta(1), outcome="kept", distance_m=1
    )
    address = reverse("members:shoe-check-take-back", args=[check.pk])
    assert "the check of Tue 17 March" in page.get(f"{SHOES}{shoe.pk}/").content.decode()
    assert client_of(coach).post(address).status_code == 404

    response = page.post(address, follow=True)

    assert (response.redirect_chain[-1][0], messages(response)) == (
        f"{SHOES}{shoe.pk}/",
        ["Taken back."],
    )
    assert list(ShoeCheck.objects.all()) == [kept]
    assert page.post(address).status_code == 404


def test_a_new_pair_called_like_another_is_refused_and_nothing_of_the_check_kept(page, runner):
    shoe, _ = ShoeFactory(owner=runner), ShoeFactory(owner=runner, name="Red")
    typed = {"on": "2026-03-17", "outcome": "replaced", "new_name": "red", "retire": "on"}

    response = page.post(check_of(shoe), typed)

    assert response.status_code == 422
    assert "Another pair is called red." in response.content.decode()
    assert not ShoeCheck.objects.exists()
    shoe.refresh_from_db()
    assert shoe.retired_on is None
