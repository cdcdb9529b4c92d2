"""Tables as services export them, spreadsheets save them and people keep them."""

from collections.abc import Iterator

from tests.members.activity_files.varied import Case, Want, at, refused

GARMIN = (
    "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Aerobic TE,"
    "Avg Run Cadence,Max Run Cadence,Avg Pace,Best Pace,Total Ascent,Avg Stride Length,"
    "Moving Time,Elapsed Time,Min Elevation,Max Elevation\n"
)
GERMAN = (
    "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø Herzfrequenz,Maximale "
    "Herzfrequenz,Ø Laufschrittfrequenz,Ø Pace,Ø Schrittlänge,Verstrichene Zeit\n"
)
RUN = Want("run", at("2025-09-28T18:05:10+02:00"), 10_000, 3000, 3060)
"""10 km in 50 minutes, with a minute at a crossing; steps 174 a minute of 1.15 m."""
LONG = Want("run", at("2025-09-21T09:00:00+02:00"), 21_100, 6330, 6330)


def case(name: str, content: str | bytes, *wants: Want, **more: str) -> Case:
    packed = content if isinstance(content, bytes) else content.encode()
    return Case(f"{name}.csv", packed, wants, more.get("status", ""), compare=False)


def table_cases() -> list[Case]:
    """All of them."""
    return [*_garmin(), *_strava(), *_others(), *_kept_by_hand(), *_refused()]


# --- Garmin Connect ------------------------------------------------------------------------------
def _english(distance: str, long: str, pace: str, stride: str, title: str = "Evening") -> str:
    return (
        f'{GARMIN}Running,2025-09-28 18:05:10,false,"{title}","{distance}","1,020",00:50:00,150,'
        f"171,3.1,174,190,{pace},4:10,30,{stride},00:50:00,00:51:00,12,40\n"
        f'Running,2025-09-21 09:00:00,true,Long,"{long}",900,01:45:30,150,171,3.1,174,190,{pace},'
        f"4:10,30,{stride},01:45:30,01:45:30,12,40\n"
    )


def _garmin() -> Iterator[Case]:
    km = _english("10.00", "21.10", "5:00", "1.15")
    yield case("garmin-km", km, LONG, RUN)
    yield case("garmin-miles", _english("6.21", "13.11", "8:03", "1.15"), LONG, RUN)
    yield case(
        "garmin-title-on-two-lines", _english("10.00", "21.10", "5:00", "1.15", "A\nB"), LONG, RUN
    )
    yield case(
        "garmin-title-with-comma",
        _english("10.00", "21.10", "5:00", "1.15", 'Say ""hi"", B'),
        LONG,
        RUN,
    )
    yield case("garmin-by-pace", _english("10.00", "21.10", "5:00", "--"), LONG, RUN)
    yield case("garmin-miles-by-pace", _english("6.21", "13.11", "9:50", "--"), LONG, RUN)
    yield case("garmin-unit-untold", _english("10.00", "21.10", "8:03", "--"), status="asked")
    yield case("garmin-with-bom", b"\xef\xbb\xbf" + km.encode(), LONG, RUN)
    yield case("garmin-utf-16-tabs", _tabbed(km).encode("utf-16"), LONG, RUN)
    yield case("garmin-windows-lines", km.replace("\n", "\r\n"), LONG, RUN)
    saved = km.replace("2025-09-28 18:05:10", "9/28/2025 18:05").replace(
        "2025-09-21 09:00:00", "9/21/2025 9:00"
    )
    at_minute = RUN._replace(start=at("2025-09-28T18:05:00+02:00"))
    yield case("garmin-saved-in-america", saved, LONG, at_minute)
    clock = saved.replace("18:05", "6:05 PM").replace(" 9:00,", " 9:00 AM,")
    yield case("garmin-saved-with-am-and-pm", clock, LONG, at_minute)
    rows = (
        'Laufen,2025-09-28 18:05:10,false,"Havel","10.00","1,020",00:50:00,150,171,174,5:00,1.15,'
        '00:51:00\nLaufbandtraining,2025-09-21 09:00:00,false,"Band","21.10","900",01:45:30.2,150,'
        "171,174,5:00,1.15,01:45:30\n"
    )
    yield case("garmin-german", GERMAN + rows, LONG, RUN)
    excel = GERMAN.replace(",", ";") + (
        "Laufen;28.09.2025 18:05:10;FALSCH;Havel;10,00;1.020;00:50:00;150;171;174;05:00;1,15;"
        "00:51:00\nLaufen;21.09.2025 09:00:00;FALSCH;Lang;21,10;900;01:45:30;150;171;174;05:00;"
        "1,15;01:45:30\n"
    )
    yield case("garmin-german-excel", excel.encode("cp1252"), LONG, RUN)
    yield case("garmin-german-excel-sep", "sep=;\r\n" + excel, LONG, RUN)
    swim = GARMIN + (
        'Pool Swim,2025-09-28 18:05:10,false,Pool,"2,000",400,00:50:00,--,--,--,--,--,2:30,--,--,'
        "--,00:50:00,00:51:00,--,--\nRunning,2025-09-21 09:00:00,true,Long,21.10,900,01:45:30,150,"
        "171,3.1,174,190,5:00,4:10,30,1.15,01:45:30,01:45:30,12,40\n"
    )
    yield case("garmin-swim-in-metres", swim, LONG, Want("swim", RUN.start, 2000, 3000))


def _tabbed(text: str) -> str:
    """As Excel saves "Unicode text"; the thousands lose their quotes."""
    return text.replace('"1,020"', "1020").replace('"', "").replace(",", "\t")


# --- Strava --------------------------------------------------------------------------------------
_NEW = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
    "Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,"
    "Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed\n"
)
_TAIL = "3060,10.00,171,40,false,,,,70,,3060.0,3000.0,10000.5,5.1\n"


def _strava() -> Iterator[Case]:
    new = f'{_NEW}1,"Sep 28, 2025, 4:05:10 PM",Evening,Run,"So, so\nand so",{_TAIL}'
    yield case("strava-new", new, RUN)
    yield case("strava-24-hours", new.replace("4:05:10 PM", "16:05:10"), RUN)
    quoted = '"10,00"'
    german = (
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,"
        "Verstrichene Zeit,Distanz,Max. Herzfrequenz,Relative Leistung,Arbeitsweg,Private Notiz,"
        "Ausrüstung,Dateiname,Gewicht,Radgewicht,Verstrichene Zeit,Bewegungszeit,Distanz,Max.\n"
        f'1,"28.09.2025, 16:05:10",Abends,Lauf,,{_TAIL.replace("10.00", quoted)}'
    )
    yield case("strava-german", german, RUN)
    french = german.replace('"28.09.2025, 16:05:10"', '"28 sept. 2025, 16:05:10"')
    yield case("strava-french-date", french.replace(",Lauf,", ",Course à pied,"), RUN)
    old = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Relative "
        'Effort,Commute,Activity Gear,Filename\n1,"Sep 28, 2025, 4:05:10 PM",A,Run,3000,10.00,,'
        "false,,\n"
    )
    yield case("strava-2020", old, RUN._replace(elapsed=None))
    first = (
        "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
        "1,2025-09-28 16:05:10,A,Run,,3000,10000.4,false,,\n"
    )
    yield case("strava-2018", first, RUN._replace(elapsed=None))


# --- Others --------------------------------------------------------------------------------------
def _others() -> Iterator[Case]:
    plain = RUN._replace(elapsed=None)
    runkeeper = (
        "Activity Id,Date,Type,Route Name,Distance ({unit}),Duration,Average Pace,Average Speed "
        "({unit}/h),Calories Burned,Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX "
        "File\nab-1,2025-09-28 18:05:10,Running,,{metres},50:00,5:00,12.0,700,10,150,,,\n"
    )
    yield case("runkeeper-km", runkeeper.format(unit="km", metres="10.00"), plain)
    yield case("runkeeper-miles", runkeeper.format(unit="mi", metres="6.21"), plain)
    polar = (
        "Name,Sport,Date,Start time,Duration,Total distance (km),Average heart rate (bpm),Notes\n"
        "A,RUNNING,28.09.2025,18:05:10,00:50:00,10.00,150,\n"
        "Sample rate,Time,HR (bpm),Speed (km/h),Pace (min/km)\n1,00:00:00,90,0.0,00:00\n"
        ",00:00:01,91,9.0,06:40\n"
    )
    yield case("polar", polar, plain)
    own = (
        "id,kind,started_at,time_zone,distance_m,duration_s,elapsed_s,effort,surface,shoe,note,"
        "source\n7,run,2025-09-28T16:05:10+00:00,Europe/Berlin,10000,3000,3060,4,road,2,,file\n"
    )
    yield case("our-own", own, RUN)


# --- Kept by hand: asked, and then read as suggested ----------------------------------------------
def _noon(day: int) -> Want:
    return Want("run", at(f"2025-09-{day}T12:00:00+02:00"), 10_000, 3000)


def _kept_by_hand() -> Iterator[Case]:
    both = (_noon(21), _noon(28))

    def asked(name: str, content: str | bytes, *wants: Want) -> Case:
        return case(name, content, *wants, status="asked")

    semicolons = (
        "Datum;Strecke km;Dauer;Bemerkung\n21.09.2025;10,00;0:50:00;\n28.09.2025;10,0;50:00;Havel\n"
    )
    yield asked("diary-german", semicolons, *both)
    yield asked("diary-german-excel", semicolons.replace("Havel", "schön").encode("cp1252"), *both)
    yield asked(
        "diary-french",
        "Date;Distance (km);Durée\n21/09/2025;10,0;50:00\n28/09/2025;10,0;50 min\n",
        *both,
    )
    yield asked("diary-minutes", "Date,km,Minutes\n2025-09-21,10,50\n2025-09-28,10.0,50\n", *both)
    yield asked(
        "diary-metres",
        "date,distance_m,duration_s\n2025-09-21,10000,3000\n2025-09-28,10000,3000\n",
        *both,
    )
    yield asked(
        "diary-miles", "Date,Miles,Time\n9/21/2025,6.21,50:00\n9/28/2025,6.21,50:00\n", *both
    )
    yield asked(
        "diary-units-in-cells",
        "Day\tHow far\tHow long\n2025-09-21\t10 km\t50 min\n2025-09-28\t6.21 mi\t0h 50m\n",
        *both,
    )
    yield asked(
        "diary-tabs",
        "Date\tDistance\tTime\tPace\n2025-09-21\t10.0\t50:00\t5:00\n2025-09-28\t10\t0:50:00\t5:00\n",
        *both,
    )
    clock = "Date,Start,Distance (km),Duration,Pace\n9/28/2025,6:05:10 PM,10.0,50:00,5:00\n"
    yield asked("diary-am-pm", clock, RUN._replace(elapsed=None))
    rides = (
        "Datum,Sport,Distanz,Zeit\n21.09.2025,Laufen,10.0,50:00\n28.09.2025,Radfahren,10.0,50:00\n"
    )
    yield asked("diary-sports", rides, _noon(21), _noon(28)._replace(kind="ride"))


# --- Nothing in it -------------------------------------------------------------------------------
def _refused() -> Iterator[Case]:
    yield refused("headings-alone.csv", GARMIN.encode(), "failed")
    yield refused("empty.csv", b"", "failed")
    yield refused("profile.csv", b"Athlete ID,Email,First Name\n1,a@example.org,Ann\n")
    yield refused("web-page.csv", b"<!DOCTYPE html>\n<html><body>Log in</body></html>", "failed")
    yield refused("film.csv", bytes(range(256)) * 8, "failed")
    row = "Running,2055-09-28 18:05:10,false,A,10.00,1,00:50:00,150,171,3.1,174,190,5:00,4:10,30,"
    future = f"{GARMIN}{row}1.15,,,,\n"
    yield refused("in-2055.csv", future.encode())
