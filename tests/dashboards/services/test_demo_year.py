"""A member of the demo club whose year comes from files."""

import datetime as dt
import io
import zipfile

import pytest

from dashboards.services.demo import fill_club
from dashboards.services.demo_year import NothingReadError, add_year
from injuries.models import WeeklyAssessment
from members.models import DayStatus, User

NOW = dt.datetime(2026, 3, 18, 12, 0, tzinfo=dt.UTC)
EMAIL = "year@example.org"


def gpx(day: dt.date, *, km: int) -> bytes:
    """A track due north: one point a kilometre every six minutes."""
    start = dt.datetime.combine(day, dt.time(9, 0), dt.UTC)
    points = "".join(
        f'<trkpt lat="{50 + step / 111.195:.6f}" lon="1"><time>'
        f"{(start + dt.timedelta(minutes=6 * step)):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for step in range(km + 1)
    )
    head = '<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">'
    return f"{head}<trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>".encode()


def year_of_files() -> bytes:
    """Ten weeks of 2024: 10 km each Tuesday and Sunday, the last Sunday 16 km."""
    monday = dt.date(2024, 1, 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for week in range(10):
            for offset in (1, 6):
                day = monday + dt.timedelta(days=7 * week + offset)
                km = 16 if (week, offset) == (9, 6) else 10
                archive.writestr(f"{day}.gpx", gpx(day, km=km))
    return packed.getvalue()


@pytest.fixture
def filled(db):
    fill_club(members=1, weeks=4, seed=7, now=NOW)


def test_every_week_of_the_year_is_assessed_where_it_was_run(filled):
    login = add_year(name="year.zip", content=year_of_files(), email=EMAIL, now=NOW)
    runner = User.objects.get(email=EMAIL)
    assert (login.role, login.email) == ("runner", EMAIL)
    assert runner.activities.count() == 20
    assert runner.activities.last().on == dt.date(2024, 1, 2)
    assert set(DayStatus.objects.filter(runner=runner).values_list("status", flat=True)) == {"rest"}
    last = WeeklyAssessment.objects.get(runner=runner, week=dt.date(2024, 3, 4))
    assert last.training == "ease"
    flag = last.flags.get(rule="L1")
    assert flag.level == "over_10"
    assert flag.values["ratio"] == pytest.approx(1.6, abs=0.01)
    before = WeeklyAssessment.objects.get(runner=runner, week=dt.date(2024, 2, 26))
    assert before.training == "carry_on"
    assert before.settled_at.date() == dt.date(2024, 3, 4)


def test_moved_to_now_it_ends_within_the_last_seven_days_on_the_same_weekdays(filled):
    add_year(name="year.zip", content=year_of_files(), email=EMAIL, now=NOW, move_to_now=True)
    runner = User.objects.get(email=EMAIL)
    days = sorted(runner.activities.values_list("on", flat=True))
    assert days[-1] == dt.date(2026, 3, 15)
    assert (days[0].weekday(), days[-1].weekday()) == (1, 6)
    assert (days[-1] - days[0]).days == 68
    assert runner.assessments.count() == 11
    assert runner.assessments.get(week=dt.date(2026, 3, 16)).training == "ease"


@pytest.mark.parametrize("move_to_now", [False, True])
def test_the_same_file_again_gives_the_same_again(filled, move_to_now):
    for _ in range(2):
        add_year(
            name="year.zip", content=year_of_files(), email=EMAIL, now=NOW, move_to_now=move_to_now
        )
    runner = User.objects.get(email=EMAIL)
    assert runner.activities.count() == 20
    assert runner.memberships.count() == 1


def test_a_file_without_an_activity_says_why_and_leaves_nothing(filled):
    with pytest.raises(NothingReadError, match=r"^notes\.txt: "):
        add_year(name="notes.txt", content=b"hello", email=EMAIL, now=NOW)
    assert not User.objects.filter(email=EMAIL).exists()


def test_the_club_may_be_filled_again_around_the_year(filled):
    add_year(name="year.zip", content=year_of_files(), email=EMAIL, now=NOW)
    fill_club(members=1, weeks=4, seed=7, now=NOW + dt.timedelta(days=1))
    assert User.objects.get(email=EMAIL).activities.count() == 20
