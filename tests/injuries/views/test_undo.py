"""Undo after a change and after a deletion: once, exactly as it was, by its owner only."""

import datetime as dt
import uuid

import pytest

from injuries.models import ActivityUndo, AssessmentDue, PainReport, WeeklyAssessment
from injuries.services.undo import KEPT_FOR, forget_old_undos
from members.models import Activity, DayStatus, Shoe
from tests.factories import ActivityFactory, DayStatusFactory, MorningFactory, ShoeFactory
from tests.members.views.answers import messages

pytestmark = pytest.mark.django_db
YESTERDAY = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def run(runner):
    """A run with everything one can have; its moments have microseconds."""
    run = ActivityFactory(
        runner=runner,
        started_at=dt.datetime(2026, 3, 17, 6, 30, 17, 123_456, tzinfo=dt.UTC),
        distance_m=10_043,
        effort=6,
        surface="trail",
        shoe=ShoeFactory(owner=runner),
        note="Windy",
        source="file",
        file_sha256="ab" * 32,
        client_key=uuid.uuid4(),
        elapsed_s=4_000,
    )
    PainReport.objects.create(
        runner=runner, activity=run, on=run.on, during=3, gait_changed=False, painkiller=True
    )
    return run


def everything():
    models = (Activity, PainReport, DayStatus, Shoe)
    return [list(model.objects.order_by("pk").values()) for model in models]


def typed(**fields):
    usual = {"distance": "8", "duration": "40", "on": "2026-03-17", "heel": "no", "kind": "run"}
    return usual | fields


def undo(page):
    return page.post(f"/log/undo/{ActivityUndo.objects.latest('pk').pk}/", follow=True)


def test_a_deleted_run_comes_back_as_it_was(page, run):
    before = everything()

    deleted = page.post(f"/log/{run.pk}/delete/", follow=True)

    assert messages(deleted)[-1] == "Deleted."
    assert f'action="/log/undo/{ActivityUndo.objects.get().pk}/"' in deleted.content.decode()
    assert not Activity.objects.exists()
    answer = undo(page)
    assert messages(answer)[-1] == "Undone. The run of 17 March is as it was."
    assert answer.redirect_chain[-1][0] == f"/log/{run.pk}/answer/"
    assert everything() == before


def test_a_changed_run_comes_back_as_it_was(page, runner, run):
    MorningFactory(runner=runner, on=dt.date(2026, 3, 15), first_step=2)
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 15), said_at=YESTERDAY)  # rest
    before = everything()

    changed = page.post(
        f"/log/{run.pk}/",
        typed(on="2026-03-15", heel="yes", during="7", first_step="5", note=""),
        follow=True,
    )

    assert messages(changed)[-1] == "Changed."
    assert not DayStatus.objects.exists()
    assert PainReport.objects.get(activity=None).first_step == 5
    undo(page)
    assert everything() == before


@pytest.mark.parametrize("had", [True, False])
def test_pain_taken_back_or_added_is_undone(page, run, had):
    if not had:
        PainReport.objects.all().delete()
    before = everything()

    page.post(f"/log/{run.pk}/", typed(heel="no" if had else "yes", during="5"))
    assert PainReport.objects.exists() is not had
    undo(page)

    assert everything() == before


def test_the_answer_in_the_page_offers_it_too(page, run):
    answer = page.post(f"/log/{run.pk}/", typed(), headers=HTMX).content.decode()

    assert "Changed." in answer
    assert f'action="/log/undo/{ActivityUndo.objects.get().pk}/"' in answer


def test_saving_without_a_change_offers_nothing(page, run):
    unchanged = {
        "distance": "10.0", "duration": "55:00", "on": "2026-03-17", "time": "06:30",
        "kind": "run", "effort": "6", "surface": "trail", "shoe": run.shoe_id, "note": "Windy",
        "heel": "yes", "during": "3", "gait_changed": "no", "painkiller": "yes",
    }  # fmt: skip

    page.post(f"/log/{run.pk}/", unchanged)

    assert not ActivityUndo.objects.exists()


def test_it_works_once(page, run):
    page.post(f"/log/{run.pk}/delete/")
    undo(page)
    Activity.objects.update(note="Said since")

    again = undo(page)

    assert messages(again)[-1] == "This was undone already, or longer ago than 30 days."
    assert Activity.objects.get().note == "Said since"
    assert ActivityUndo.objects.get().before == {}


def test_nobody_else_can(page, run, client_of, outsider):
    page.post(f"/log/{run.pk}/delete/")

    answer = client_of(outsider).post(f"/log/undo/{ActivityUndo.objects.get().pk}/")

    assert answer.status_code == 404
    assert not Activity.objects.exists()


def test_changes_are_undone_latest_first(page, run, clock, now):
    first = Activity.objects.values().get()
    for minutes, distance in ((1, "8"), (2, "9")):
        clock.move_to(now + dt.timedelta(minutes=minutes), tick=False)
        page.post(f"/log/{run.pk}/", typed(distance=distance))
    older, newer = ActivityUndo.objects.order_by("pk")

    too_early = page.post(f"/log/undo/{older.pk}/", follow=True)
    assert messages(too_early)[-1] == "It was changed again since. Undo the later change first."
    page.post(f"/log/undo/{newer.pk}/")
    assert Activity.objects.get().distance_m == 8_000
    page.post(f"/log/undo/{older.pk}/")
    assert Activity.objects.values().get() == first


def test_a_change_of_what_is_gone_cannot_be_undone(page, run):
    page.post(f"/log/{run.pk}/", typed())
    change = ActivityUndo.objects.get()
    page.post(f"/log/{run.pk}/delete/")

    refused = page.post(f"/log/undo/{change.pk}/", follow=True)

    assert messages(refused)[-1] == "That entry is no longer there."


def test_what_was_said_about_the_day_since_stays(page, runner, run):
    page.post(f"/log/{run.pk}/", typed(heel="yes", during="3", first_step="5"))
    PainReport.objects.filter(activity=None).update(first_step=1)

    undo(page)

    assert PainReport.objects.get(activity=None).first_step == 1


def test_a_pair_that_is_gone_is_left_out(page, run):
    page.post(f"/log/{run.pk}/delete/")
    Shoe.objects.all().delete()

    undo(page)

    assert Activity.objects.get().shoe is None


def test_pain_does_not_come_back_without_consent(page, runner, run):
    page.post(f"/log/{run.pk}/delete/")
    runner.health_consent_at = None
    runner.save()

    undo(page)

    assert Activity.objects.exists()
    assert not PainReport.objects.exists()


def test_thirty_days_and_no_longer(page, run, clock, now):
    page.post(f"/log/{run.pk}/delete/")
    clock.move_to(now + KEPT_FOR, tick=False)

    assert messages(undo(page))[-1] == "This was undone already, or longer ago than 30 days."
    assert forget_old_undos(now=now + KEPT_FOR - dt.timedelta(seconds=1)) == 0
    assert forget_old_undos(now=now + KEPT_FOR) == 1
    assert not ActivityUndo.objects.exists()


def test_the_weeks_are_assessed_again(page, runner, run):
    page.post("/log/", typed(distance="20", on="2026-03-18", duration="2:00:00"))
    with_spike = WeeklyAssessment.objects.values_list("week", "training").order_by("week")
    before = list(with_spike)

    page.post(f"/log/{run.pk}/delete/")
    undo(page)

    assert list(with_spike) == before
    assert not AssessmentDue.objects.exists()


def test_the_list_of_what_can_be_undone(page, run):
    assert "Nothing was changed" in page.get("/log/undo/").content.decode()
    page.post(f"/log/{run.pk}/delete/")

    text = page.get("/log/undo/").content.decode()

    assert "run of Tue 17 March" in text
    assert "deleted Wed 18 March" in text


def test_it_goes_with_the_runner(page, runner, run):
    page.post(f"/log/{run.pk}/delete/")
    runner.delete()
    assert not ActivityUndo.objects.exists()
