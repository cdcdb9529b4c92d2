"""History: what was logged, asked for by the address, as a list and as a calendar."""

import datetime as dt

import pytest
from django.urls import reverse

from injuries.models import PainReport
from tests.factories import ActivityFactory, DayStatusFactory, MorningFactory, ShoeFactory

pytestmark = pytest.mark.django_db
HISTORY = "/history/"


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def page(client_of, runner):
    return client_of(runner)


def at(year, month, day, hour=18):
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


def words(response):
    return " ".join(response.content.decode().split())


def shown(response):
    return list(response.context["page"].object_list)


# --- The list -------------------------------------------------------------------------------------
@pytest.mark.parametrize("runs", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [({}, 9), ({"view": "calendar"}, 8)])
def test_both_views_cost_the_same_for_one_and_three(
    query, queries, runs, page, runner, django_assert_num_queries
):
    for back in range(runs):
        run = ActivityFactory(
            runner=runner, shoe=ShoeFactory(owner=runner), started_at=at(2026, 3, 17 - back)
        )
        PainReport.objects.create(runner=runner, on=run.on, activity=run, during=2)
    ActivityFactory()

    # Session, user, clubs, pairs, months; then count, rows, weeks and totals for the list, or
    # activities, statuses and mornings for the calendar.
    with django_assert_num_queries(queries):
        response = page.get(HISTORY, query)

    assert words(response).count("heel 2 during") == runs


def test_a_year_of_three_hundred_runs_costs_no_more(page, runner, django_assert_num_queries):
    first = at(2025, 3, 18)
    for index in range(300):
        ActivityFactory(
            runner=runner, started_at=first + dt.timedelta(days=index), distance_m=5_000
        )

    with django_assert_num_queries(9):
        response = page.get(HISTORY, {"since": "2025-03-18", "far": "5"})

    assert response.context["totals"].distance_m == 1_500_000
    assert "300 found" in words(response)
    assert len(shown(response)) == 30


def test_the_list_tells_distance_time_pace_effort_pair_and_note(page, runner):
    shoe = ShoeFactory(owner=runner, name="Blue")
    run = ActivityFactory(runner=runner, shoe=shoe, effort=4, surface="trail", note="hills & <b>")

    text = words(page.get(HISTORY))

    for told in (
        "Tue 17",
        "10.0 km",
        "55:00",
        "5:30 /km",
        "Blue",
        "trail",
        "hills &amp; &lt;b&gt;",
    ):
        assert told in text
    assert reverse("injuries:log-edit", args=[run.pk]) in text
    assert reverse("injuries:log-delete", args=[run.pk]) in text


def test_a_week_cut_by_the_page_still_tells_its_whole_total(page, runner):
    for hour in range(20):
        ActivityFactory(runner=runner, started_at=at(2026, 3, 17, hour), distance_m=1_000)
        ActivityFactory(runner=runner, started_at=at(2026, 3, 16, hour), distance_m=2_000)
    ActivityFactory(runner=runner, kind="ride", started_at=at(2026, 3, 16, 22))

    (first,) = page.get(HISTORY).context["weeks"]
    (second,) = page.get(HISTORY, {"page": 2}).context["weeks"]

    assert (len(first.activities), len(second.activities)) == (30, 11)
    assert first.totals == second.totals
    assert first.totals.runs == 40
    assert first.totals.distance_m == 60_000
    assert first.totals.longest_m == 2_000
    assert first.totals.duration_s == 40 * 3_300
    assert first.totals.others == 1


def test_a_run_of_unknown_distance_makes_the_sum_a_lower_bound(page, runner):
    ActivityFactory(runner=runner, distance_m=None)
    ActivityFactory(runner=runner, distance_m=8_000)

    assert '2 runs</span>, <span class="nowrap">at least <strong>8.0 km' in words(page.get(HISTORY))


def test_every_filter_narrows_and_stays_in_the_form(page, runner):
    blue = ShoeFactory(owner=runner, name="Blue")
    hilly = ActivityFactory(
        runner=runner, shoe=blue, surface="trail", distance_m=16_000, note="Hill reps",
        started_at=at(2026, 2, 1),
    )  # fmt: skip
    sore = ActivityFactory(runner=runner, started_at=at(2026, 3, 1), distance_m=5_000)
    PainReport.objects.create(runner=runner, on=sore.on, activity=sore, during=3)
    fine = ActivityFactory(runner=runner, started_at=at(2026, 3, 2), distance_m=5_001)
    PainReport.objects.create(runner=runner, on=fine.on, activity=fine, during=0)
    ride = ActivityFactory(runner=runner, kind="ride", started_at=at(2026, 3, 3), distance_m=4_000)

    def found(**query):
        return shown(page.get(HISTORY, query))

    assert found(kind="ride") == [ride]
    assert found(shoe=blue.pk) == [hilly]
    assert found(shoe="none") == [ride, fine, sore]
    assert found(surface="trail") == [hilly]
    assert found(since="2026-03-02") == [ride, fine]
    assert found(until="2026-03-01") == [sore, hilly]
    assert found(far="5,001") == [fine, hilly]
    assert found(pain="on") == [sore]
    assert found(note="hill") == [hilly]
    assert found(kind="run", since="2026-03-01", far="5", pain="on") == [sore]
    assert 'value="hill"' in words(page.get(HISTORY, {"note": "hill"}))


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("kind", "'", "Select a valid choice"),
        ("shoe", "999999", "Select a valid choice"),
        ("since", "2026-02-30", "Enter a valid date"),
        ("far", "many", "Write the distance as a number of km"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named_and_left_out(field, value, error, page, runner):
    run = ActivityFactory(runner=runner)

    response = page.get(HISTORY, {field: value})

    assert shown(response) == [run]
    assert error in response.context["form"].errors[field][0]


def test_days_in_the_wrong_order_are_named(page):
    form = page.get(HISTORY, {"since": "2026-03-02", "until": "2026-03-01"}).context["form"]
    assert form.errors == {"until": ["This day lies before the first one."]}


def test_somebody_elses_pair_is_no_filter(page, runner):
    other = ShoeFactory()
    response = page.get(HISTORY, {"shoe": other.pk})
    assert "shoe" in response.context["form"].errors
    assert other.name not in words(response)


def test_a_filter_with_nothing_in_it_offers_everything(page, runner):
    ActivityFactory(runner=runner)
    text = words(page.get(HISTORY, {"kind": "swim"}))
    assert "Nothing you logged fits this filter." in text
    assert '<a class="button" href="?">Show everything</a>' in text


@pytest.mark.parametrize("query", [{}, {"kind": "swim"}])
def test_an_empty_history_offers_the_first_step(query, page):
    text = words(page.get(HISTORY, query))
    assert f'href="{reverse("injuries:log")}"' in text
    assert f'href="{reverse("members:import")}"' in text


# --- The calendar ---------------------------------------------------------------------------------
def test_a_month_tells_what_each_day_was_and_never_makes_silence_rest(page, runner):
    ActivityFactory(runner=runner, distance_m=12_300)
    ActivityFactory(runner=runner, kind="swim", started_at=at(2026, 3, 17, 7), distance_m=None)
    DayStatusFactory(runner=runner, on=dt.date(2026, 3, 16), status="ill")
    MorningFactory(runner=runner, on=dt.date(2026, 3, 16), first_step=0)

    response = page.get(HISTORY, {"view": "calendar"})
    weeks = response.context["calendar"]
    monday, tuesday, wednesday, thursday = weeks[3].days[:4]

    assert [week.monday.isoformat() for week in weeks] == [
        "2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30",
    ]  # fmt: skip
    assert (monday.status, monday.first_step, monday.is_unknown) == ("ill", 0, False)
    assert [one.kind for one in tuesday.activities] == ["swim", "run"]
    assert (wednesday.is_today, wednesday.is_unknown) == (True, True)
    assert (thursday.is_future, thursday.is_unknown) == (True, False)
    assert (weeks[3].totals.runs, weeks[3].totals.distance_m, weeks[3].totals.others) == (
        1, 12_300, 1,
    )  # fmt: skip
    text = words(response)
    assert text.count("calendar-noword") == 22  # 23 February to 18 March, but for two days
    assert "run 12.3 km" in text
    assert "swim 55:00" in text
    assert "first steps 0" in text
    assert "rest" not in text.split('class="calendar"')[1].split("“No word”")[0]


def test_each_day_up_to_today_opens_the_log_and_each_week_its_days(page, runner):
    text = words(page.get(HISTORY, {"view": "calendar"}))
    log = reverse("injuries:log")
    assert f'href="{log}?on=2026-03-18"' in text
    assert f"{log}?on=2026-03-19" not in text
    assert f'href="{reverse("members:days")}?week=2026-W12"' in text


def test_a_filter_hides_but_does_not_unsay(page, runner):
    ActivityFactory(runner=runner, kind="ride")
    response = page.get(HISTORY, {"view": "calendar", "kind": "run"})
    tuesday = response.context["calendar"][3].days[1]
    assert (tuesday.activities, tuesday.hidden, tuesday.is_unknown) == ([], 1, False)
    assert "1 not shown by the filter" in words(response)


@pytest.mark.parametrize(
    ("asked", "month"),
    [
        ("2025-12", "2025-12-01"),
        ("2026-13", "2026-03-01"),
        ("x", "2026-03-01"),
        ("2027-01", "2026-03-01"),
        ("0001-01", "1990-01-01"),
    ],
)
def test_an_odd_month_is_this_one(asked, month, page):
    response = page.get(HISTORY, {"view": "calendar", "month": asked})
    assert response.context["month"] == dt.date.fromisoformat(month)


def test_months_with_something_in_them_are_links_that_keep_the_filter(page, runner):
    ActivityFactory(runner=runner)
    ActivityFactory(runner=runner, started_at=at(2024, 2, 10))

    listed = page.get(HISTORY, {"kind": "run"})
    calendar = words(page.get(HISTORY, {"view": "calendar", "kind": "run"}))

    years = listed.context["years"]
    assert [(year, [one.first.month for one in months]) for year, months in years] == [
        (2026, [3]),
        (2024, [2]),
    ]
    assert 'href="?kind=run&amp;since=2024-02-01&amp;until=2024-02-29"' in words(listed)
    assert 'href="?view=calendar&amp;kind=run&amp;month=2024-02"' in calendar
    february = page.get(HISTORY, {"since": "2024-02-01", "until": "2024-02-29"})
    assert february.context["month"] == dt.date(2024, 2, 1)


def test_nobody_sees_what_others_logged(page, runner):
    other = ActivityFactory(note="secret hill")
    PainReport.objects.create(runner=other.runner, on=other.on, activity=other, during=9)
    ActivityFactory(runner=runner)
    for query in ({}, {"view": "calendar"}, {"note": "secret"}, {"pain": "on"}):
        text = words(page.get(HISTORY, query))
        assert "secret hill" not in text
        assert "heel 9" not in text
