"""Each known table, as its program writes it."""

import pytest

from members.activity_files import EmptyFile
from tests.members.activity_files.tables.shared import entries, figures, rows, unknown

GARMIN = (
    "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Avg Run Cadence,Avg Pace,"
    "Avg Stride Length\n"
)


@pytest.mark.parametrize(
    ("distance", "pace", "metres"), [("10.00", "5:01", 10_000), ("6.21", "8:05", 9_994)]
)
def test_garmin_steps_times_stride_tell_kilometres_from_miles(distance, pace, metres):
    row = f"Running,2025-09-28 23:07:55,false,Evening,{distance},9,00:50:14,150,172,{pace},1.16\n"

    assert figures(GARMIN + row) == [
        ("run", "2025-09-28 23:07:55+0200", metres, 3014, 3014, "Evening")
    ]


def test_garmin_lists_swims_in_metres_and_writes_two_dashes_for_nothing():
    found = figures(
        GARMIN
        + 'Running,2025-09-28 07:00:00,true,"Run",5.00,300,00:25:00,--,172,5:00,1.16\n'
        + 'Pool Swim,2025-09-27 07:00:00,false,"Swim","1,035",300,00:30:14,--,--,2:55,--\n'
        + 'Strength Training,2025-09-26 07:00:00,false,"Gym",--,100,00:40:00.6,--,--,--,--\n'
    )

    assert [(kind, metres, timer) for kind, _, metres, timer, *_ in found] == [
        ("run", 5000, 1500),
        ("swim", 1035, 1814),
        ("strength", None, 2401),
    ]


def test_garmin_from_a_spreadsheet_has_lost_its_seconds():
    row = "Running,9/28/2025 23:07,FALSE,Long,16.75,720,1:33,150,170,5:33,\n"

    assert figures(GARMIN + row) == [
        ("run", "2025-09-28 23:07:00+0200", 16_750, 93 * 60, 93 * 60, "Long")
    ]


def test_garmin_minutes_and_seconds_are_told_by_the_pace():
    row = "Running,2025-09-28 23:07:00,FALSE,Short,5.00,720,25:10,150,170,5:02,\n"

    assert rows(GARMIN + row)[0].timer_s == 25 * 60 + 10


def test_garmin_in_german():
    found = figures(
        "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø Herzfrequenz\n"
        'Laufen,2025-09-28 23:07:55,false,"Berlin","1.35","107",00:08:02.2,150\n'
        'Radfahren,2025-09-27 10:00:00,false,"Havel","31.35","1,720",01:08:02,--\n'
        'Laufbandtraining,2025-01-26 18:00:00,false,"Band","5.00","300",00:30:00,--\n'
    )

    assert found == [
        ("run", "2025-09-28 23:07:55+0200", 1350, 482, 482, "Berlin"),
        ("ride", "2025-09-27 10:00:00+0200", 31_350, 4082, 4082, "Havel"),
        ("run", "2025-01-26 18:00:00+0100", 5000, 1800, 1800, "Band"),
    ]


def test_garmin_in_another_language_with_semicolons_and_decimal_commas():
    found = figures(
        "Type d'activité;Date;Favori;Titre;Distance;Calories;Durée;Fréquence cardiaque moyenne\n"
        "Course à pied;3.9.2025 18:05;false;Sortie;10,52;720;00:55:10;150\n"
        "Course sur tapis;1.9.2025 18:05;false;Tapis;1,035;80;00:06:10;150\n"
    )

    assert found == [
        ("run", "2025-09-03 18:05:00+0200", 10_520, 3310, 3310, "Sortie"),
        ("run", "2025-09-01 18:05:00+0200", 1035, 370, 370, "Tapis"),
    ]


def test_garmin_with_nothing_to_tell_the_unit_is_asked_about():
    table = unknown(
        "Activity Type,Date,Favorite,Title,Distance,Calories,Time\n"
        "Running,2025-09-28 23:07:55,false,Evening,10.00,720,01:10:14\n"
    )

    assert table.suggestion.used == {"date": 1, "kind": 0, "distance": 4, "duration": 6, "title": 3}


STRAVA_OLD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,"
    "Relative Effort,Commute,Activity Gear,Filename\n"
)


def test_strava_of_2020_is_in_kilometres_and_utc():
    row = '123,"Jul 17, 2015, 10:15:52 PM",Evening Run,Run,1800,15.02,,false,,\n'

    assert figures(STRAVA_OLD + row) == [
        ("run", "2015-07-18 00:15:52+0200", 15_020, 1800, 1800, "Evening Run")
    ]
    assert f"{rows(STRAVA_OLD + row)[0].on}" == "2015-07-18"


def strava_new(headings: str, row: str) -> str:
    """The first 18 of its columns; time and distance come twice, the second time exact."""
    return f"{headings}\n{row}\n"


STRAVA_NEW = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
    "Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,"
    "Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance"
)
STRAVA_GERMAN = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,"
    "Verstrichene Zeit,Distanz,Max. Herzfrequenz,Relative Leistung,Pendelfahrt,Private Notiz,"
    "Ausrüstung,Dateiname,Gewicht,Radgewicht,Verstrichene Zeit,Bewegungszeit,Distanz"
)


def test_strava_of_today_repeats_headings_and_its_second_distance_is_in_metres():
    row = '99,"Nov 2, 2024, 9:05:00 AM",Lunch,Run,,1900,5.02,,,false,,,,,,1900.0,1810.0,5023.4'

    assert figures(strava_new(STRAVA_NEW, row)) == [
        ("run", "2024-11-02 10:05:00+0100", 5023, 1810, 1900, "Lunch")
    ]


def test_strava_in_another_language_is_told_by_its_order():
    row = (
        '99,"02.11.2024, 09:05:00",Mittag,Lauf,,1900,"5,02",,,false,,,activities/7.fit.gz,,,'
        "1900.0,1810.0,5023.4"
    )

    assert figures(strava_new(STRAVA_GERMAN, row)) == [
        ("run", "2024-11-02 10:05:00+0100", 5023, 1810, 1900, "Mittag")
    ]


@pytest.mark.parametrize(("unit", "metres"), [("km", 5010), ("mi", 8063)])
def test_runkeeper_names_the_unit_in_the_heading(unit, metres):
    found = figures(
        f"Activity Id,Date,Type,Route Name,Distance ({unit}),Duration,Average Pace,Notes,GPX File\n"
        'a,2020-02-11 12:08:52,Running,,5.01,13:05,5:36,"",2020-02-11-120852.gpx\n'
        'b,2020-07-10 11:05:37,Cycling,,5.01,2:12:01,5:52,"windy",\n'
    )

    assert found == [
        ("run", "2020-02-11 12:08:52+0100", metres, 785, 785, ""),
        ("ride", "2020-07-10 11:05:37+0200", metres, 7921, 7921, "windy"),
    ]


def test_polar_session_is_its_second_row_and_the_rest_samples():
    found = figures(
        "Name,Sport,Date,Start time,Duration,Total distance (km),Average heart rate (bpm)\n"
        "Sam,TREADMILL_RUNNING,06.09.2015,10:15:52,00:45:12,8.52,150\n"
        "Sample rate,Time,HR (bpm),Speed (km/h)\n"
        "1,00:00:00,90,5.1\n"
        ",00:00:01,91,5.2\n"
    )

    assert found == [("run", "2015-09-06 10:15:52+0200", 8520, 2712, 2712, "")]


OWN = (
    "id,kind,started_at,time_zone,distance_m,duration_s,elapsed_s,effort,surface,shoe,note,source\n"
)


def test_our_own_export_keeps_its_zone():
    row = '7,walk,2025-09-28T23:07:55+09:00,Asia/Tokyo,5000,1800,1900,5,road,,"slow, warm",typed\n'
    [activity] = rows(OWN + row)

    assert figures(OWN + row) == [
        ("walk", "2025-09-28 23:07:55+0900", 5000, 1800, 1900, "slow, warm")
    ]
    assert (activity.time_zone, f"{activity.on}") == ("Asia/Tokyo", "2025-09-28")


def test_every_row_is_an_entry_under_the_name_of_the_file():
    row = "7,run,2025-09-28T23:07:55+02:00,Europe/Berlin,5000,1800,,,,,,typed\n"
    found = entries(OWN + row + row.replace("2025-09-28T", "later ") + row, name="a/activities.csv")

    assert [entry.file for entry in found] == ["a/activities.csv"] * 3
    assert [getattr(entry.outcome, "reason", "") for entry in found] == [
        "",
        "Row 2: “later 23:07:55+02:00” is no date that can be read.",
        "",
    ]


def test_a_row_has_the_same_hash_in_a_longer_table_and_another_when_it_comes_twice():
    row = "7,run,2025-09-28T23:07:55+02:00,Europe/Berlin,5000,1800,,,,,,typed\n"
    [once] = rows(OWN + row)
    first, other, again = rows(OWN + row + row.replace("7,run", "8,run") + row)

    assert first.sha256 == once.sha256
    assert len({first.sha256, other.sha256, again.sha256}) == 3


def test_headings_alone_hold_nothing():
    [entry] = entries(OWN)

    assert type(entry.outcome) is EmptyFile


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_of_spreadsheets(encoding):
    text = OWN + "7,run,2025-09-28T23:07:55+02:00,Europe/Berlin,5000,1800,,,,,Müggelsee,typed\n"

    assert rows(text.encode(encoding))[0].title == "Müggelsee"
