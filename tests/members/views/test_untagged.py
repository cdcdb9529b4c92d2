"""Which shoe? One list, several ticks, one save, taken back at once."""

import datetime as dt

import pytest

from injuries.models import AssessmentDue
from members.models import Activity
from tests.factories import ActivityFactory, ShoeFactory
from tests.members.views.answers import assert_refused, messages

pytestmark = pytest.mark.django_db
UNTAGGED, UNDO = "/shoes/untagged/", "/shoes/untagged/undo/"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def run(runner, day, **fields):
    started = dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC)
    return ActivityFactory(runner=runner, started_at=started, **fields)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(rows, page, runner, django_assert_num_queries):
    for day in range(1, rows + 1):
        run(runner, day)
        ShoeFactory(owner=runner)

    with django_assert_num_queries(6):  # session, user, pairs, count, rows, clubs
        response = page.get(UNTAGGED)

    days = [row.on.day for row, _ in response.context["rows"]]
    assert days == sorted(range(1, rows + 1), reverse=True)


def test_ticked_runs_get_what_is_suggested_in_one_save(page, runner):
    usual = ShoeFactory(owner=runner, name="Blue", is_default=True)
    trail = ShoeFactory(owner=runner, name="Mud", default_surface="trail")
    road, wood, left = run(runner, 1), run(runner, 2, surface="trail"), run(runner, 3)
    text = page.get(UNTAGGED).content.decode()
    assert (text.count("suggested: Blue"), text.count("suggested: Mud")) == (2, 1)

    response = page.post(UNTAGGED, {"runs": [road.pk, wood.pk], "shoe": ""}, follow=True)

    assert messages(response) == ["2 runs now name a pair."]
    worn = dict(Activity.objects.values_list("pk", "shoe"))
    assert worn == {road.pk: usual.pk, wood.pk: trail.pk, left.pk: None}
    due = AssessmentDue.objects.get()
    assert (due.from_day, due.change) == (dt.date(2026, 3, 1), 1)


def test_one_pair_for_all_and_the_save_taken_back(page, runner):
    blue = ShoeFactory(owner=runner)
    ShoeFactory(owner=runner)
    first, second = run(runner, 1), run(runner, 2)
    page.post(UNTAGGED, {"runs": [first.pk, second.pk], "shoe": blue.pk})
    assert "Your last save gave 2 runs a pair." in page.get(UNTAGGED).content.decode()

    response = page.post(UNDO, follow=True)

    assert messages(response) == ["Taken back for 2 runs."]
    assert not Activity.objects.filter(shoe__isnull=False).exists()
    assert messages(page.post(UNDO, follow=True)) == ["Taken back for 0 runs."]


def test_a_second_copy_of_one_save_changes_nothing(page, runner):
    blue, red = ShoeFactory(owner=runner), ShoeFactory(owner=runner)
    one = run(runner, 1)
    page.post(UNTAGGED, {"runs": [one.pk], "shoe": blue.pk}, follow=True)

    again = page.post(UNTAGGED, {"runs": [one.pk], "shoe": red.pk}, follow=True)

    assert messages(again) == ["0 runs now name a pair."]
    one.refresh_from_db()
    assert one.shoe == blue


def test_all_of_the_page_can_be_ticked_without_a_script(page, runner):
    ShoeFactory(owner=runner)
    runs = [run(runner, 1 + n % 28) for n in range(51)]

    assert page.get(UNTAGGED).content.decode().count(" checked") == 0
    first = page.get(UNTAGGED, {"all": 1})
    assert first.content.decode().count(" checked") == 50
    assert len(page.get(UNTAGGED, {"page": 2}).context["rows"]) == 1
    ticked = [run.pk for run in runs]
    assert messages(page.post(UNTAGGED, {"runs": ticked}, follow=True)) == [
        "51 runs now name a pair."
    ]


def test_what_is_wrong_is_said_and_the_ticks_stay(page, runner):
    used, late = dt.date(2026, 3, 1), dt.date(2026, 3, 10)
    ShoeFactory(owner=runner, first_used=used)
    blue = ShoeFactory(owner=runner, name="Blue", first_used=late)
    one, two = run(runner, 9), run(runner, 12)

    def refused(runs, shoe, field, error):
        typed = {"runs": [str(pk) for pk in runs], "shoe": shoe}
        response = page.post(UNTAGGED, typed)
        assert_refused(response, field, error, typed)
        assert response.context["ticked"] == {int(pk) for pk in runs if str(pk).isdecimal()}
        assert not Activity.objects.filter(shoe__isnull=False).exists()

    refused([], "", "runs", "Tick at least one run.")
    refused(["x"], "", "runs", "Select a valid choice.")
    refused(["9" * 30], "", "runs", "Select a valid choice.")
    refused([one.pk], str(ShoeFactory().pk), "shoe", "Select a valid choice.")
    refused([two.pk], "", "shoe", "Nothing is suggested for one ticked run: choose a pair.")
    early = "Blue was first used on 2026-03-10, after the run of 2026-03-09."
    refused([one.pk, two.pk], str(blue.pk), "shoe", early)


def test_somebody_elses_run_is_never_touched(page, runner):
    blue = ShoeFactory(owner=runner)
    theirs = ActivityFactory()

    response = page.post(UNTAGGED, {"runs": [theirs.pk], "shoe": blue.pk}, follow=True)

    assert messages(response) == ["0 runs now name a pair."]
    theirs.refresh_from_db()
    assert theirs.shoe is None


def test_without_a_pair_and_without_such_runs_there_is_a_next_step(page, runner):
    run(runner, 1)
    assert "Add your first pair." in page.get(UNTAGGED).content.decode()
    ShoeFactory(owner=runner, first_used=dt.date(2026, 3, 2))
    assert "names its pair." in page.get(UNTAGGED).content.decode()
