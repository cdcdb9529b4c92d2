"""Some hundred broken files, the same every time; `make fuzz` breaks as many as time allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.activity_files import ParsedActivity
from tests.members.activity_files import fit_files
from tests.members.activity_files.builders import read
from tests.members.activity_files.fuzz import OWN, Wrong, check, fuzz


@pytest.mark.parametrize("name", OWN)
def test_the_files_to_break_are_whole(name):
    outcomes = [entry.outcome for entry in read(OWN[name], name=name)]

    assert name == "diary.csv" or any(isinstance(one, ParsedActivity) for one in outcomes)


@pytest.mark.parametrize("seed", range(4))
def test_broken_files_give_what_could_be_read_or_a_reason(seed):
    tally = fuzz(OWN, seed=seed, until=lambda number: number >= 150)

    assert tally.failures == []
    assert tally.cases.total() == 150
    assert tally.outcomes["ParsedActivity"] > 50


def test_the_check_sees_what_must_not_be():
    with pytest.raises(Wrong):
        check([], "a.gpx")
    with pytest.raises(Wrong):
        check(read(OWN["run.gpx"], name="run.gpx"), "other.gpx")


CELLS = st.one_of(
    st.sampled_from(
        ["", "--", "1,035", "8.02", "00:08:02.2", "1:33", "24:61:61", "1e9", "nan", "Laufen"],
    ),
    st.sampled_from(["31.12.2025", "12/31/2025", "2025-09-28 23:07:55", "9999-12-31"]),
    st.sampled_from(["Jul 17, 2015, 10:15:52 AM", "17 juil. 2015 à 10:15", "0-0-0"]),
    st.text(max_size=12),
)


@given(
    headings=st.sampled_from([OWN[name] for name in ("garmin.csv", "diary.csv")]),
    rows=st.lists(st.lists(CELLS, max_size=14), max_size=6),
    separator=st.sampled_from(",;\t"),
)
def test_cells_of_any_kind_give_an_activity_or_a_reason(headings, rows, separator):
    first = headings.partition(b"\n")[0].decode("cp1252")
    text = "\n".join([first, *(separator.join(row) for row in rows)])

    check(read(text.encode("utf-8", "replace"), name="list.csv"), "list.csv")


@given(
    numbers=st.lists(
        st.tuples(
            st.sampled_from(["session", "record", "lap", "event", "activity", "sport"]),
            st.lists(st.integers(0, 2**32 - 1), min_size=4, max_size=4),
        ),
        max_size=8,
    )
)
def test_fit_messages_with_any_numbers_give_an_activity_or_a_reason(numbers):
    messages = []
    for name, values in numbers:
        fields = list(fit_files.MESSAGES[name][1].items())
        told = {
            key: value % 256
            if base in ("enum", "u8")
            else value % 2**16
            if base == "u16"
            else value
            for (key, (_, base)), value in zip(fields, values, strict=False)
            if base not in ("str", "s32")
        }
        messages.append(fit_files.message(name, **told))

    check(read(fit_files.fit(fit_files.file_id(), *messages), name="a.fit"), "a.fit")
