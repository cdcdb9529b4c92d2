"""An export comes back to the same state, twice is once, and a hostile one changes nothing."""

import datetime as dt
import io
import json
import zipfile

import pytest

from dashboards.services.erasing import erase
from dashboards.services.export import TABLES, write_export
from dashboards.services.export_reader import NotAnExport, read_export
from dashboards.services.restore import RestoreRefused, restore
from injuries.models import HeelProblem, PainReport, WeeklyAssessment
from injuries.services.assessing import assess_changed
from members.models import Activity, DayStatus, PlannedBreak, Shoe
from tests.dashboards.services.full_person import fill
from tests.factories import (
    ActivityFactory,
    DayStatusFactory,
    HeelProblemFactory,
    ShoeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
RESTORED = [table for table in TABLES if table.restoring]


def export_of(person, *, now):
    out = io.BytesIO()
    write_export(person, out, now=now)
    return out.getvalue()


def tables_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name.removesuffix(".json"): json.loads(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".json")
        }


def without_ids(tables):
    """Replace each id by its place in its table, which is all that an id means."""
    places = {
        table.name: {row["id"]: place for place, row in enumerate(tables[table.name])}
        for table in TABLES
    }
    return {
        table.name: [
            {
                name: places[table.refers_to[name]].get(value) if name in table.refers_to else value
                for name, value in row.items()
                if name != "id"
            }
            for row in tables[table.name]
        ]
        for table in TABLES
    }


def back(person, content, *, now):
    return restore(person, read_export(content), now=now)


def zipped(now, **tables):
    """Return an export that holds these rows only."""
    out = io.BytesIO()
    about = {"format": "surefoot-export", "version": 1, "engine": "1.0.0"}
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", json.dumps(about))
        for name, rows in tables.items():
            archive.writestr(f"{name}.json", json.dumps(rows))
    return out.getvalue()


@pytest.fixture
def person(membership, coach, now):
    return fill(membership, coach, now=now)


@pytest.fixture
def somebody(db):
    """An empty account that agreed to keep answers about pain."""
    return UserFactory(time_zone="Europe/Berlin")


# --- The same state -------------------------------------------------------------------------------
@pytest.fixture
def there_and_back(person, now, django_capture_on_commit_callbacks):
    """Export, erase, restore into a new account, judge, export: (before, after)."""
    before = export_of(person, now=now)
    erase(person, now=now)
    again = UserFactory(health_consent_at=now)
    outcome = back(again, before, now=now)
    assess_changed(again.pk, now=now)
    return tables_of(before), tables_of(export_of(again, now=now)), outcome


def test_each_table_comes_back_to_the_last_value(there_and_back):
    before, after, _ = there_and_back
    for table in RESTORED:
        assert before[table.name] != []
        assert without_ids(after)[table.name] == without_ids(before)[table.name], table.name


def test_what_is_judged_again_is_judged_the_same(there_and_back):
    """Apart from moments, and from the number of a pair, which is another row now."""
    before, after, _ = there_and_back
    moments = {"assessed_at", "settled_at", "first_seen_at", "withdrawn_at", "id"}
    first = before["assessments"][0]["week"]

    def said(tables, name):
        for row in tables[name]:
            row.get("values", {}).pop("shoe", None)
        rows = [row for row in tables[name] if row["week"] >= first]
        told = [{key: row[key] for key in row if key not in moments} for row in rows]
        return sorted(told, key=lambda row: (row["week"], row.get("rule", "")))

    assert len(before["assessments"]) > 8
    assert len(before["flags"]) > 8
    assert {row["training"] for row in before["assessments"]} == {"ease", "not_assessed"}
    assert said(after, "assessments") == said(before, "assessments")
    assert said(after, "flags") == said(before, "flags")


def test_the_facts_about_the_person_come_back_but_no_consent_and_no_address(there_and_back):
    before, after, _ = there_and_back
    (old,), (new,) = before["person"], after["person"]
    for name in ("previous_injury", "previous_injury_answered_on", "declared_longest_m"):
        assert new[name] == old[name] is not None
    assert new["beginner_until"] == old["beginner_until"]
    assert new["email"] != old["email"]
    assert after["consents"] == []
    assert after["keys"] == []


def test_what_never_comes_back_is_said_with_its_reason(there_and_back):
    _, _, outcome = there_and_back
    assert [title for title, _ in outcome.not_restored] == [
        table.title for table in TABLES if not table.restoring
    ]
    assert all(len(why) > 20 for _, why in outcome.not_restored)


def test_restoring_twice_and_into_the_account_it_came_from_changes_nothing(person, somebody, now):
    content = export_of(person, now=now)

    assert back(person, content, now=now).added == 0
    assert export_of(person, now=now) == content
    first = back(somebody, content, now=now)
    after = export_of(somebody, now=now)
    second = back(somebody, content, now=now)

    assert first.added > 40
    assert (second.added, sum(table.there for table in second.tables)) == (0, first.added)
    assert export_of(somebody, now=now) == after


def test_two_alike_both_come_back_once(person, somebody, now):
    content = export_of(person, now=now)
    for _ in range(2):
        back(somebody, content, now=now)
        assert Activity.objects.filter(runner=somebody, kind="walk").count() == 2


# --- Into what is there already -------------------------------------------------------------------
def test_what_is_there_stays_and_what_is_missing_is_added(person, now):
    content = export_of(person, now=now)
    kept = person.activities.filter(kind="run").latest("started_at")
    gone = person.activities.filter(kind="run").order_by("started_at")[3]
    Activity.objects.filter(pk=kept.pk).update(distance_m=12_345, note="mended since")
    day = DayStatus.objects.filter(runner=person).first()
    DayStatus.objects.filter(pk=day.pk).update(status="ill")
    gone.delete()

    outcome = back(person, content, now=now)

    kept.refresh_from_db()
    day.refresh_from_db()
    assert (kept.distance_m, kept.note, day.status) == (12_345, "mended since", "ill")
    assert {table.title: table.added for table in outcome.tables if table.added} == {
        "activities": 1
    }


def test_the_same_outing_from_a_file_is_known(person, somebody, now):
    run = person.activities.filter(kind="run").latest("started_at")
    ActivityFactory(
        runner=somebody, started_at=run.started_at, distance_m=run.distance_m, source="file"
    )
    back(somebody, export_of(person, now=now), now=now)
    assert Activity.objects.filter(runner=somebody, started_at=run.started_at).count() == 1


def test_todays_default_pair_and_open_spot_stay(person, somebody, now):
    mine = ShoeFactory(owner=somebody, is_default=True)
    spot = HeelProblemFactory(runner=somebody, side="right", since=dt.date(2026, 3, 17))

    back(somebody, export_of(person, now=now), now=now)

    assert list(Shoe.objects.filter(owner=somebody, is_default=True)) == [mine]
    assert HeelProblem.objects.filter(runner=somebody, closed_on=None).get() == spot
    assert spot.pain_reports.count() == 5  # what named the other row of this spot names this one


def test_a_pair_called_like_one_in_use_gets_a_number(person, somebody, now):
    mine = ShoeFactory(owner=somebody, name="BLUE", first_used=dt.date(2026, 1, 1))
    ShoeFactory(owner=somebody, name="blue", colour="red")

    for _ in range(2):
        back(somebody, export_of(person, now=now), now=now)

    in_use = Shoe.objects.filter(owner=somebody, retired_on=None).order_by("pk")
    assert [str(shoe) for shoe in in_use] == ["BLUE", "blue (red)", "Blue 2"]
    mine.refresh_from_db()
    assert mine.name == "BLUE"


def test_a_break_that_overlaps_is_left_out_and_said(person, somebody, now):
    today = somebody.today(now=now)
    PlannedBreak.objects.create(
        runner=somebody, kind="taper", first=today, last=today + dt.timedelta(days=12)
    )
    outcome = back(somebody, export_of(person, now=now), now=now)
    assert outcome.reasons == [
        ("planned breaks", "It overlaps with a break that is planned already.", 1)
    ]


def test_without_consent_nothing_about_pain_comes_back(person, now):
    refusing = UserFactory(health_consent_at=None)
    outcome = back(refusing, export_of(person, now=now), now=now)

    assert not PainReport.objects.filter(runner=refusing).exists()
    assert not HeelProblem.objects.filter(runner=refusing).exists()
    assert refusing.activities.count() == 31
    assert {title for title, _, _ in outcome.reasons} == {
        "sore spots", "reports of pain", "weekly checks", "answers to safety questions",
        "plans for the way back", "holds by a clinician",
    }  # fmt: skip
    refusing.health_consent_at = now
    refusing.save()
    assert back(refusing, export_of(person, now=now), now=now).added == 12


def test_unit_and_zone_stay_where_something_is_logged(person, now):
    empty = UserFactory(time_zone="Asia/Tokyo", unit="mi")
    logging = UserFactory(time_zone="Asia/Tokyo", unit="mi")
    ActivityFactory(runner=logging)
    for one in (empty, logging):
        back(one, export_of(person, now=now), now=now)
    assert (empty.time_zone, empty.unit) == ("UTC", "km")
    assert (logging.time_zone, logging.unit) == ("Asia/Tokyo", "mi")


def test_every_week_from_the_first_new_day_is_judged_again(person, somebody, now):
    back(somebody, export_of(person, now=now), now=now)
    assert somebody.assessment_due.from_day <= person.activities.earliest("on").on
    assess_changed(somebody.pk, now=now)
    assert WeeklyAssessment.objects.filter(runner=somebody).count() > 8


def test_rows_cost_by_the_batch(somebody, now, django_assert_num_queries):
    def content(count):
        return zipped(
            now,
            activities=[
                {"id": one, "kind": "run", "time_zone": "UTC", "distance_m": 5_000,
                 "duration_s": 1_800, "note": "", "surface": "", "source": "typed",
                 "started_at": (now - dt.timedelta(days=one)).isoformat()}
                for one in range(count)
            ],
        )  # fmt: skip

    back(somebody, content(1), now=now)
    with django_assert_num_queries(9):
        assert back(somebody, content(3), now=now).added == 2
    with django_assert_num_queries(9):
        assert back(somebody, content(50), now=now).added == 47


# --- What is refused ------------------------------------------------------------------------------
RUN = {
    "id": 1, "kind": "run", "started_at": "2026-03-01T09:00:00+00:00", "time_zone": "UTC",
    "distance_m": 5_000, "duration_s": 1_800,
}  # fmt: skip
SHOE = {"id": 1, "name": "Blue"}
SPOT = {"id": 1, "side": "left", "spot": "whole_heel", "since": "2026-03-01", "closed_on": None}


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"activities": [RUN | {"runner": 1}]}, "runner: This column does not belong here."),
        ({"activities": [RUN | {"runner_id": 1}]}, "runner_id: This column"),
        ({"shoes": [SHOE | {"owner": 1}]}, "owner: This column"),
        ({"activities": [RUN | {"shoe": 7}]}, "shoe: It names a row that is not in this export."),
        ({"activities": [RUN | {"shoe": "1"}]}, "shoe: It names a row"),
        ({"activities": [RUN | {"distance_m": "5000"}]}, "distance_m: It must be a whole number."),
        ({"activities": [RUN | {"distance_m": True}]}, "distance_m: It must be a whole number."),
        ({"activities": [RUN | {"distance_m": 5.5}]}, "distance_m: It must be a whole number."),
        ({"activities": [RUN | {"distance_m": -1}]}, "distance_m: Ensure this value is greater"),
        ({"activities": [RUN | {"distance_m": 10**30}]}, "distance_m: Ensure this value is less"),
        ({"activities": [RUN | {"kind": None}]}, "kind: It must not be empty."),
        ({"activities": [RUN | {"kind": "fly"}]}, "kind: Value 'fly' is not a valid choice."),
        ({"activities": [RUN | {"note": "x" * 2001}]}, "note: Ensure this value has at most 2000"),
        ({"activities": [RUN | {"note": "a\x00b"}]}, "note: It holds a character"),
        ({"activities": [RUN | {"note": "\ud800"}]}, "note: It holds a character"),
        ({"activities": [RUN | {"note": []}]}, "note: It must be a text."),
        ({"activities": [RUN | {"time_zone": "Mars/Base"}]}, "time_zone: Choose a time zone"),
        ({"activities": [RUN | {"time_zone": "../etc"}]}, "time_zone: Choose a time zone"),
        ({"activities": [RUN | {"started_at": "2026-03-01"}]}, "started_at: It must be a moment"),
        ({"activities": [RUN | {"started_at": "2027-03-01T09:00+00:00"}]}, "started_at: This lies"),
        ({"activities": [RUN | {"started_at": "1901-03-01T09:00+00:00"}]}, "started_at: Choose a"),
        ({"activities": [RUN | {"client_key": "x"}]}, "client_key: It must be a UUID."),
        ({"days": [{"id": 1, "on": "2027-01-01", "status": "rest"}]}, "on: This day lies in the"),
        ({"days": [{"id": 1, "on": "2026-01-01", "status": "lazy"}]}, "status: Value 'lazy'"),
        ({"days": [{"id": 1, "on": "2026-02-30", "status": "ill"}]}, "on: It must be a day"),
        ({"shoe_comfort": [{"id": 1, "on": "2026-01-01", "comfort": 3}]}, "shoe: It must not be"),
        ({"heel_problems": [SPOT | {"closed_on": "2026-02-01"}]}, "closed_on: It cannot end"),
        ({"pain_reports": [{"id": 1, "on": "2026-03-01", "first_step": 11}]}, "first_step: Ensure"),
        ({"pain_reports": [{"id": 1, "on": "2026-03-01", "during": 3}]}, "during: It does not be"),
        ({"activities": [RUN], "pain_reports": [
            {"id": 1, "on": "2026-03-01", "activity": 1, "first_step": 3}]}, "first_step: It does"),
        ({"weekly_checks": [{"id": 1, "week": "2026-03-03", "answered_on": "2026-03-08",
                             "participation": 0}]}, "week: A week is named by its Monday."),
        ({"weekly_checks": [{"id": 1, "week": "2026-03-02", "answered_on": "2026-03-08",
                             "participation": 9}]}, "participation: Choose one of the answers."),
        ({"red_flag_answers": [{"id": 1, "on": "2026-03-02", "answers": {"x": True}}]},
         "answers: x is not one of the questions."),
        ({"red_flag_answers": [{"id": 1, "on": "2026-03-02", "answers": {"numbness": 1}}]},
         "answers: An answer is true, false or null."),
        ({"red_flag_answers": [{"id": 1, "on": "2026-03-02", "answers": [1]}]},
         "answers: It must be an object"),
        ({"planned_breaks": [{"id": 1, "kind": "holiday", "first": "2026-04-02",
                              "last": "2026-04-01"}]}, "last: The last day lies before"),
        ({"table_layouts": [{"id": 1, "name": "x", "signature": "y", "columns": {"date": -1}}]},
         "columns: Choose one of the columns."),
        ({"table_layouts": [{"id": 1, "name": "x", "signature": "y", "columns": [1]}]},
         "columns: It must be an object of columns."),
        ({"person": [{"id": 1, "time_zone": "Mars/Base"}]}, "time_zone: Choose a time zone"),
        ({"person": [{"id": 1, "declared_longest_m": 5}]}, "declared_longest_m: Ensure this"),
        ({"person": [{"id": 1}, {"id": 2}]}, "an export is about one person"),
        ({"days": [{"id": one, "on": "2026-01-01", "status": "ill"} for one in (1, 2)]},
         "Two rows contradict each other"),
    ],
)  # fmt: skip
def test_anything_wrong_refuses_all_of_it(tables, problem, somebody, now):
    good = {"shoes": [{"id": 900, "name": "Good pair"}]} | tables
    with pytest.raises(RestoreRefused) as refused:
        back(somebody, zipped(now, **good), now=now)

    assert problem in refused.value.problems[0]
    assert not Shoe.objects.exists()
    assert not Activity.objects.exists()
    assert not hasattr(somebody, "assessment_due")


def test_a_row_that_names_anothers_pair_by_its_real_number_stays_ones_own(somebody, now):
    theirs = ShoeFactory(name="Theirs")
    content = zipped(now, shoes=[SHOE | {"id": theirs.pk}], activities=[RUN | {"shoe": theirs.pk}])

    back(somebody, content, now=now)

    run = Activity.objects.get()
    assert (run.runner, run.shoe.owner, run.shoe.name) == (somebody, somebody, "Blue")
    theirs.refresh_from_db()
    assert theirs.activities.count() == 0


def test_many_problems_are_told_up_to_twenty(somebody, now):
    rows = [RUN | {"id": one, "kind": "fly"} for one in range(50)]
    with pytest.raises(RestoreRefused) as refused:
        back(somebody, zipped(now, activities=rows), now=now)
    assert len(refused.value.problems) == 20
    assert refused.value.problems[1].startswith("activities.json, row 2: kind:")


def test_a_table_nobody_knows_and_a_column_that_is_missing_do_no_harm(somebody, now):
    content = zipped(now, activities=[RUN], horoscope=[{"id": 1, "sign": "crab"}])
    assert back(somebody, content, now=now).added == 1


def test_it_is_no_door_into_a_club_or_a_consent(now, membership, coach):
    person = fill(membership, coach, now=now)
    refusing = UserFactory(health_consent_at=None)
    back(refusing, export_of(person, now=now), now=now)
    refusing.refresh_from_db()
    assert refusing.health_consent_at is None
    assert not refusing.memberships.exists()
    assert not refusing.consents.exists()
    assert not refusing.api_tokens.exists()
    assert not refusing.is_staff


# --- What is no export ----------------------------------------------------------------------------
def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "."), content)
    return out.getvalue()


ABOUT = json.dumps({"format": "surefoot-export", "version": 1})
BOMB = b'[{"id": 1, "note": "' + b"a" * 20_000_000 + b'"}]'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no zip"),
        (b"PK\x03\x04 torn", "no zip"),
        (archive(activities__gpx="<gpx/>"), "manifest.json is missing"),
        (archive(manifest__json="{"), "manifest.json is not JSON"),
        (archive(manifest__json="[]"), "does not say"),
        (archive(manifest__json='{"format": "other"}'), "does not say"),
        (archive(manifest__json='{"format": "surefoot-export"}'), "names no version"),
        (archive(manifest__json='{"format": "surefoot-export", "version": true}'), "no version"),
        (archive(manifest__json='{"format": "surefoot-export", "version": 2}'), "newer Surefoot"),
        (archive(manifest__json=ABOUT, days__json="{}"), "days.json is not a list of rows"),
        (archive(manifest__json=ABOUT, days__json="[1]"), "days.json is not a list of rows"),
        (archive(manifest__json=ABOUT, days__json='[{"on": 1}]'), "needs an id"),
        (archive(manifest__json=ABOUT, days__json='[{"id": 1}, {"id": 1}]'), "needs an id"),
        (archive(manifest__json=ABOUT, days__json='[{"id": NaN}]'), "days.json is not JSON"),
        (archive(manifest__json=ABOUT, days__json="[" * 100_000), "days.json is not JSON"),
        (archive(manifest__json=ABOUT, days__json=b"\xff\xfe"), "days.json is not JSON"),
        (archive(manifest__json=ABOUT, days__json="[" + "9" * 5_000 + "]"), "days.json is not"),
        (archive(manifest__json=ABOUT, days__json=BOMB), "unpacks to more"),
        (archive(**{f"f{one}": "" for one in range(201)}), "more than 200 files"),
        (b"x" * (16 * 1024 * 1024 + 1), "larger than 16 MB"),
    ],
)
def test_what_is_no_export_is_refused_with_the_reason(content, why):
    with pytest.raises(NotAnExport, match=why):
        read_export(content)


def test_many_files_together_may_not_unpack_to_more_than_the_limit():
    big = b"[" + b" " * 15_000_000 + b"]"
    names = ("shoes", "activities", "days", "routines")
    with pytest.raises(NotAnExport, match=r"routines\.json unpacks to more"):
        read_export(archive(manifest__json=ABOUT, **{f"{name}__json": big for name in names}))


def test_two_files_of_one_name_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("manifest.json", ABOUT)
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("manifest.json", ABOUT)
    with pytest.raises(NotAnExport, match="two files of one name"):
        read_export(out.getvalue())


def test_what_a_day_was_said_to_be_stays(somebody, now):
    DayStatusFactory(runner=somebody, on=dt.date(2026, 3, 1), status="holiday")
    content = zipped(now, days=[{"id": 5, "on": "2026-03-01", "status": "ill"}])
    assert back(somebody, content, now=now).added == 0
    assert DayStatus.objects.get(runner=somebody).status == "holiday"
