"""Reading training logs: what is known, and what is wrong with a file in one line."""

import gzip

import pytest

from injuries.backtest import Malformed, read
from injuries.backtest.lovdal import EVENTS, Event, LoggedDay

DAILY = "athlete,sessions,km,strength,day,injury\n"
HEAD = ",".join(EVENTS) + "\n"
HISTORY = ["1"] * 7 + ["7", "6", "5", "2", "3", "4"] + ["0"] * 15


def event(athlete="7", day="60", injury="0", **cells):
    row = dict(zip(EVENTS, [athlete, day, injury, *HISTORY], strict=True)) | cells
    return ",".join(row.values()) + "\n"


@pytest.fixture
def write(tmp_path):
    def write_file(text, name="daily_long.csv"):
        path = tmp_path / name
        content = text if isinstance(text, bytes) else text.encode()
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return write_file


def error_of(*paths):
    with pytest.raises(Malformed) as caught:
        read(paths)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_days_are_whole_metres_and_an_empty_cell_is_not_zero(write):
    path = write(DAILY + "a,1.0,5.8,0.0,1,0\na,,,,2,1\na,0.0,0.0,0.0,-3,\n")
    assert read([path]).days == {
        "a": [
            LoggedDay(-3, 0, 0.0, False),
            LoggedDay(1, 5_800, 1.0, False),
            LoggedDay(2, None, None, True),
        ]
    }


def test_events_keep_what_is_unknown(write):
    path = write(HEAD + event(injury="1", h37="", max2="16.45"), "events.csv")
    assert read([path]).events == {
        "7": [
            Event(
                day=60,
                injury=True,
                last=(1_000,) * 7,
                weeks=(7_000, 6_000, 5_000),
                longest=(2_000, 3_000, 16_450),
                before=(0,) * 14 + (None,),
            )
        ]
    }


def test_a_folder_a_file_and_a_packed_file_are_the_same(write, tmp_path):
    text = HEAD + event()
    plain, packed = write(text, "events.csv"), write(text, "other.csv.gz")
    assert read([plain]) == read([packed]) == read([tmp_path])


def test_columns_may_stand_in_any_order_with_others_between(write):
    path = write("injury,day,note,km,sessions,athlete\n0,1,x,5,1,a\n")
    assert read([path]).days == {"a": [LoggedDay(1, 5_000, 1.0, False)]}


def test_several_files_are_one_set_of_athletes(write):
    one = write(DAILY + "10,1,5,0,1,0\n", "one.csv")
    two = write("\ufeff" + DAILY + "9,1,5,0,1,0\n\n", "two.csv")
    assert read([one, two]).athletes == read([two, one]).athletes == ["9", "10"]


WRONG = [
    ("a,1,abc,0,1,0", "line 2, column km: 'abc' is not a number from 0 to 10000."),
    ("a,1,-1,0,1,0", "line 2, column km: '-1' is not a number from 0 to 10000."),
    ("a,1,nan,0,1,0", "line 2, column km: 'nan' is not a number from 0 to 10000."),
    ("a,1,5,0,x,0", "line 2, column day: 'x' is not a whole number of days."),
    ("a,1,5,0,1.5,0", "line 2, column day: '1.5' is not a whole number of days."),
    ("a,1,5,0,99999999,0", "line 2, column day: '99999999' is not a whole number of days."),
    ("a,1,5,0,1,2", "line 2, column injury: '2' is not 0 or 1."),
    (",1,5,0,1,0", "line 2, column athlete: is required."),
    ("a,1,5,0,,0", "line 2, column day: is required."),
    ("a,1,5,0,1", "line 2: has 5 columns instead of 6."),
    ("a,1,5,0,1,0\na,1,5,0,1,0", "line 3, column day: athlete a has day 1 twice."),
    ("a,1,5,0,1,0\x00", "line 2, column injury: '0\\x00' is not 0 or 1."),
]


@pytest.mark.parametrize(("row", "line"), WRONG)
def test_a_wrong_row_names_file_line_and_column(write, row, line):
    path = write(DAILY + row + "\n")
    assert error_of(path) == f"{path}: {line}"


def test_an_event_must_say_whether_there_was_an_injury(write):
    path = write(HEAD + event() + event(day="61", injury=""), "events.csv")
    assert error_of(path) == f"{path}: line 3, column injury: '' is not 0 or 1."


def test_a_missing_column_is_named(write):
    path = write(HEAD.replace(",h30", "") + "", "events.csv")
    assert error_of(path) == f"{path}: line 1, column h30: is missing."
    empty = write("", "empty.csv")
    assert error_of(empty) == f"{empty}: line 1, column athlete: is missing."


def test_what_is_no_such_file_is_said(write, tmp_path):
    missing = tmp_path / "none.csv"
    assert error_of(missing) == f"{missing}: there is no such file."
    assert error_of(tmp_path) == f"{tmp_path}: holds neither daily_long.csv nor events.csv."
    packed = write(DAILY + "a,1,5,0,1,0\n", "cut.csv.gz")
    packed.write_bytes(packed.read_bytes()[:-8])
    assert error_of(packed) == f"{packed}: is not a whole gzip file."
    unpacked = tmp_path / "plain.csv.gz"
    unpacked.write_text(DAILY)
    assert error_of(unpacked) == f"{unpacked}: is not a whole gzip file."
    latin = write(DAILY.encode() + b"\xe9,1,5,0,1,0\n", "latin.csv")
    assert error_of(latin) == f"{latin}: is not UTF-8 text."
    long = write(DAILY + '"' + "x" * 200_000 + '",1,5,0,1,0\n', "long.csv")
    assert error_of(long).startswith(f"{long}: line 2: field larger than field limit")
