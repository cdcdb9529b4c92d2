import time

import pytest

from members.activity_files import UnsafeFile
from members.activity_files.xml_stream import XmlReader, root_name
from tests.members.activity_files.builders import gpx, plain_run, read_one, segment, trk

BILLION_LAUGHS = "<!DOCTYPE gpx [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 10)
)
EXTERNAL = '<!DOCTYPE gpx [<!ENTITY passwords SYSTEM "file:///etc/passwd">'
QUADRATIC = f"<!DOCTYPE gpx [<!ENTITY long '{'x' * 50_000}'>"
PARAMETER = '<!DOCTYPE gpx [<!ENTITY % outer SYSTEM "http://127.0.0.1:9/x"> %outer;'


@pytest.mark.parametrize(
    ("doctype", "entity"),
    [
        (BILLION_LAUGHS + "]>", "&a9;"),
        (EXTERNAL + "]>", "&passwords;"),
        (QUADRATIC + "]>", "&long;" * 50_000),
        (PARAMETER + "]>", ""),
        ('<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/gpx.dtd">', ""),
        ("<!DOCTYPE lolz>", ""),
    ],
    ids=["laughs", "external", "quadratic", "parameter", "dtd", "other-name"],
)
def test_files_with_a_doctype_are_refused_at_once(doctype, entity):
    content = gpx(trk(segment(), name=entity)).decode().replace("<gpx", doctype + "<gpx", 1)
    began = time.perf_counter()

    outcome = read_one(content.encode())

    assert type(outcome) is UnsafeFile
    assert outcome.status == "failed"
    assert outcome.reason == (
        "It declares XML entities, which no watch does and which can harm a reader. "
        "Export the activity again."
    )
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<a>" * 1000, "nests its elements without end"),
        (
            "<a " + " ".join(f'a{n}=">"' for n in range(300_000)) + "/>",
            "has a single endless element",
        ),
    ],
)
def test_bombs_of_structure_are_refused(inside, what):
    outcome = read_one(gpx(inside))

    assert type(outcome) is UnsafeFile
    assert outcome.reason.startswith(f"It {what}, which no watch does")


def test_the_built_in_entities_and_cdata_are_text():
    content = gpx(trk(segment(), name="<![CDATA[Tom & ]]>Jerry &lt;3&#33;"))

    assert read_one(content).title == "Tom & Jerry <3!"


def test_an_undefined_entity_ends_the_reading_there():
    outcome = read_one(plain_run().replace(b"</trkseg>", b"</trkseg><name>&nbsp;</name>"))

    assert outcome.distance_m == 200
    assert outcome.partial == "It breaks off or is damaged at line 2; what stood before was read."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<gpx/>", "gpx"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- <tcx/> --><g:gpx>", "gpx"),
        ("<?xml version='1.0' encoding='UTF-16'?><gpx>".encode("utf-16"), "gpx"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"<gpx", ""),
        (b"GPX", ""),
        (b"", ""),
        (b"\x00\x01\x02", ""),
    ],
)
def test_the_root_is_told_at_a_glance(content, name):
    assert root_name(content) == name


def test_only_wanted_text_is_handed_over_with_its_place():
    seen = []

    class Reader(XmlReader):
        wanted = frozenset({("a", "b")})

        def start(self, parent, name, attributes):
            seen.append(("start", parent, name, attributes))

        def text(self, parent, name, value):
            seen.append(("text", parent, name, value))

        def end(self, parent, name):
            seen.append(("end", parent, name))

    assert Reader().read(b'<a x="1"><b> yes </b>no<c><b>no</b></c></a>') == ""
    assert seen == [
        ("start", "", "a", {"x": "1"}),
        ("start", "a", "b", {}),
        ("text", "a", "b", "yes"),
        ("end", "a", "b"),
        ("start", "a", "c", {}),
        ("start", "c", "b", {}),
        ("end", "c", "b"),
        ("end", "a", "c"),
        ("end", "", "a"),
    ]
