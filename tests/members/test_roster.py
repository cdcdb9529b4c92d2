"""Lists of people, as clubs keep them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.roster import MAX_BYTES, MAX_ROWS, Line, RosterError, lines_of, text_of

ROBIN = Line("Robin Runner", "robin@example.org", "runner", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("robin@example.org", [ROBIN._replace(name="")]),
        ("Robin Runner, robin@example.org", [ROBIN]),
        ("Robin Runner;robin@example.org;Tuesday", [ROBIN._replace(squad="Tuesday")]),
        ("Robin Runner\trobin@example.org\tcoach", [ROBIN._replace(role="coach")]),
        ("name,email\nRobin Runner,robin@example.org\n\n", [ROBIN]),
        (
            "\ufeffVorname;Nachname;E-Mail;Rolle;Gruppe\r\nRobin;Runner;robin@example.org;"
            "Co-Trainerin;Dienstag\r\n",
            [ROBIN._replace(role="assistant", squad="Dienstag")],
        ),
        ('Email,Name\nrobin@example.org,"Runner, Robin"', [ROBIN._replace(name="Runner, Robin")]),
        ("Name,Email,Role\nRobin Runner,robin@example.org,King", [ROBIN._replace(role="King")]),
        ("Name,Email\n  Robin   Runner ,", [ROBIN._replace(email="")]),
        ("Email,Role\nrobin@example.org", [ROBIN._replace(name="")]),
    ],
)
def test_a_list_is_read_as_it_was_kept(text, expected):
    assert lines_of(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is nobody in it yet."),
        (" \n;;\n", "There is nobody in it yet."),
        ("name,email", "There are headings in it, and nobody below them."),
        ("a@b.org\n" * (MAX_ROWS + 1), "At most 150 people at a time; there are 151 in it."),
    ],
)
def test_what_is_no_list_is_said(text, said):
    with pytest.raises(RosterError) as refused:
        lines_of(text)
    assert str(refused.value) == said


def test_as_many_as_are_allowed():
    assert len(lines_of("a@b.org\n" * MAX_ROWS)) == MAX_ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_however_it_was_saved(encoding):
    (line,) = lines_of(text_of("Name;Email\nJörg Läufer;joerg@example.org".encode(encoding)))
    assert line.name == "Jörg Läufer"


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0", b"a" * (MAX_BYTES + 1)])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(RosterError):
        text_of(content)


@given(st.binary(max_size=400))
def test_anything_is_read_or_refused(content):
    with suppress(RosterError):
        assert all(isinstance(cell, str) for line in lines_of(text_of(content)) for cell in line)
