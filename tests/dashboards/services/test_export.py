"""An export holds everything about one person, no secret, and nobody else."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from dashboards.services.export import LEFT_OUT, TABLES, count_rows, write_export
from injuries.risk import ENGINE_VERSION
from members.models import Club, User
from tests.dashboards.services.full_person import fill
from tests.factories import ActivityFactory, HeelProblemFactory, MembershipFactory

ACTIVITIES = (
    "id,kind,started_at,time_zone,distance_m,duration_s,elapsed_s,effort,surface,shoe,note,source"
)
DOCS = (Path(__file__).resolve().parents[3] / "docs" / "export.md").read_text(encoding="utf-8")


def export_of(person, *, now):
    """Return the files of a person's export by name."""
    out = io.BytesIO()
    write_export(person, out, now=now)
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def person(membership, coach, now):
    return fill(membership, coach, now=now)


@pytest.fixture
def files(person, now):
    return export_of(person, now=now)


# --- Complete -------------------------------------------------------------------------------------
def leads_to_a_person():
    """Return every model from which foreign keys lead to a person."""
    found = {User}
    while True:
        more = {
            model
            for model in apps.get_models()
            if model not in found
            and any(
                one.is_relation and one.related_model in found
                for one in (*model._meta.fields, *model._meta.many_to_many)
            )
        }
        if not more:
            return found
        found |= more


def test_every_table_about_people_is_exported_or_left_out_with_a_reason():
    exported = {table.model for table in TABLES}
    missing = leads_to_a_person() - exported - set(LEFT_OUT)
    assert missing == set(), "add a Table or a reason to services/export.py of the model's app"
    assert exported & set(LEFT_OUT) == set()
    assert all(len(why) > 20 for why in LEFT_OUT.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_field_is_exported_or_left_out_with_a_reason(table):
    fields = {one.name for one in table.model._meta.fields} - {"id"}
    named = {*table.columns, *table.more, *table.left_out}
    owner = {table.of.split("__")[0]} - {"pk"}
    assert fields - named - owner == set(), "name it in the table, or leave it out with a reason"
    assert named - fields - set(table.values) == set()
    assert set(table.values) <= {*table.columns, *table.more}
    for name in set(table.refers_to):
        assert isinstance(table.model._meta.get_field(name), models.ForeignKey)
    for one in table.model._meta.fields:
        if one.is_relation and one.name in table.stored and table.restoring:
            assert one.name in table.refers_to
    assert bool(table.restoring) != bool(table.why_not_restored)


def test_every_table_of_the_full_person_holds_something(files):
    counts = json.loads(files["manifest.json"])["rows"]
    assert sorted(counts) == sorted(table.name for table in TABLES)
    assert [name for name, count in counts.items() if not count] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_file_and_column_is_documented(table):
    section = re.search(rf"^### {table.name}\n(.*?)(?=^##|\Z)", DOCS, re.M | re.S)
    assert section, f"docs/export.md has no section {table.name}"
    described = re.findall(r"^\| `(\w+)` \|", section[1], re.M)
    assert described == ["id", *table.columns, *table.more]


# --- What stands in it ----------------------------------------------------------------------------
def test_the_manifest_says_what_it_is(files, now):
    about = json.loads(files["manifest.json"])
    assert (about["format"], about["version"]) == ("surefoot-export", 1)
    assert (about["made_at"], about["engine"]) == (now.isoformat(), ENGINE_VERSION)
    assert "docs/export.md" in files["README.txt"]


def test_csv_and_json_tell_the_same(files):
    for table in TABLES:
        rows = json.loads(files[f"{table.name}.json"])
        lines = list(csv.reader(io.StringIO(files[f"{table.name}.csv"])))
        assert lines[0] == ["id", *table.columns]
        assert [line[0] for line in lines[1:]] == [str(row["id"]) for row in rows]


def test_activities_have_the_header_and_values_an_importer_reads(person, files):
    head, *_ = files["activities.csv"].splitlines()
    rows = list(csv.DictReader(io.StringIO(files["activities.csv"])))
    run = person.activities.get(time_zone="Europe/Berlin")
    row = next(one for one in rows if one["id"] == str(run.pk))

    assert head == ACTIVITIES
    assert row["started_at"] == "2026-03-06T13:00:00+01:00"
    assert [one["started_at"] for one in rows if len(one["started_at"]) == 10] == ["2026-03-04"]
    assert (row["distance_m"], row["duration_s"], row["elapsed_s"]) == ("9200", "3300", "")
    assert (row["kind"], row["effort"], row["shoe"], row["source"]) == ("run", "1", "Old", "typed")
    assert 'slow, "easy"\nand wet; =1+1' in {one["note"] for one in rows}


def test_a_morning_has_no_run_and_a_run_no_first_step(files):
    rows = json.loads(files["pain_reports.json"])
    assert len(rows) == 6
    assert {row["activity"] is None for row in rows if row["first_step"] is not None} == {True}
    assert [(row["during"], row["gait_changed"], row["painkiller"]) for row in rows][-1] == (
        4, False, None,
    )  # fmt: skip


def test_only_what_a_coach_shared_is_in_it(files):
    (note,) = json.loads(files["coach_notes.json"])
    assert (note["note"], note["training"], note["decided_by"], note["club"]) == (
        "Ring me, please.", "rest", "Casey Coach", "Heath Harriers",
    )  # fmt: skip
    text = "".join(files.values())
    assert "between coaches" not in text
    assert "only for coaches" not in text


def test_no_secret_leaves(person, files):
    text = "".join(files.values())
    (token,) = person.api_tokens.all()
    for secret in (person.password, token.key_hash, "TOTPSECRET", "surefoot_"):
        assert not secret or secret not in text


def test_nobody_else_is_in_it(person, coach, club, now):
    other = MembershipFactory(club=club, user__name="Other Runner").user
    ActivityFactory(runner=other, note="theirs")
    HeelProblemFactory(runner=other)
    before = count_rows(person)

    text = "".join(export_of(person, now=now).values())

    assert count_rows(person) == before
    for theirs in ("Other Runner", "theirs", other.email, coach.email):
        assert theirs not in text


def test_somebody_with_nothing_gets_every_file(outsider, now):
    files = export_of(outsider, now=now)
    assert len(files) == 2 * len(TABLES) + 2
    assert files["activities.csv"] == ACTIVITIES + "\r\n"
    assert json.loads(files["activities.json"]) == []
    assert len(json.loads(files["person.json"])) == 1


@pytest.mark.parametrize("runs", [1, 3])
def test_one_and_three_runs_cost_the_same(runs, runner, now, django_assert_num_queries):
    for _ in range(runs):
        ActivityFactory(runner=runner)
    with django_assert_num_queries(len(TABLES)):
        write_export(runner, io.BytesIO(), now=now)


def test_a_club_is_nobodys(db):
    assert Club not in leads_to_a_person()
