"""Small FIT files made in code, message by message (https://developer.garmin.com/fit/protocol/)."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.members.activity_files.builders import METRES_PER_DEGREE, START

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
SEMICIRCLES = 2**31 / 180

_BASE = {"enum": 0x00, "u8": 0x02, "u16": 0x84, "s32": 0x85, "u32": 0x86, "u32z": 0x8C, "str": 0x07}
_PACKED = {"enum": "B", "u8": "B", "u16": "H", "s32": "i", "u32": "I", "u32z": "I"}
_INVALID = {"enum": 0xFF, "u8": 0xFF, "u16": 0xFFFF, "s32": 0x7FFFFFFF, "u32": 2**32 - 1, "u32z": 0}

MESSAGES: dict[str, tuple[int, dict[str, tuple[int, str]]]] = {
    "file_id": (0, {
        "type": (0, "enum"), "manufacturer": (1, "u16"), "product": (2, "u16"),
        "serial": (3, "u32z"), "time_created": (4, "u32"), "product_name": (8, "str"),
    }),
    "sport": (12, {"sport": (0, "enum"), "sub_sport": (1, "enum"), "title": (3, "str")}),
    "session": (18, {
        "timestamp": (253, "u32"), "start_time": (2, "u32"), "sport": (5, "enum"),
        "sub_sport": (6, "enum"), "elapsed": (7, "u32"), "timer": (8, "u32"),
        "distance": (9, "u32"), "moving": (59, "u32"), "profile": (110, "str"),
    }),
    "lap": (19, {
        "timestamp": (253, "u32"), "start_time": (2, "u32"), "elapsed": (7, "u32"),
        "timer": (8, "u32"), "distance": (9, "u32"), "sport": (25, "enum"),
    }),
    "record": (20, {
        "timestamp": (253, "u32"), "lat": (0, "s32"), "lon": (1, "s32"), "altitude": (2, "u16"),
        "heart_rate": (3, "u8"), "cadence": (4, "u8"), "distance": (5, "u32"), "speed": (6, "u16"),
        "enhanced_speed": (73, "u32"),
    }),
    "event": (21, {"timestamp": (253, "u32"), "event": (0, "enum"), "event_type": (1, "enum")}),
    "activity": (34, {
        "timestamp": (253, "u32"), "local_timestamp": (5, "u32"), "timer": (0, "u32"),
        "sessions": (1, "u16"),
    }),
    "length": (101, {
        "timestamp": (253, "u32"), "start_time": (2, "u32"), "elapsed": (3, "u32"),
        "timer": (4, "u32"), "strokes": (5, "u16"), "length_type": (12, "enum"),
    }),
    "developer_data_id": (207, {"index": (3, "u8"), "manufacturer": (2, "u16")}),
    "field_description": (206, {
        "index": (0, "u8"), "field": (1, "u8"), "base": (2, "u8"), "title": (3, "str"),
        "units": (8, "str"),
    }),
    "unknown": (0xFF17, {"timestamp": (253, "u32"), "one": (0, "u16"), "two": (1, "u8")}),
}  # fmt: skip

Values = Mapping[str, Any]
ACTIVITY, RUNNING, CYCLING, WALKING, TRANSITION = 4, 1, 2, 11, 3
SWIMMING, TRAINING, FITNESS_EQUIPMENT = 5, 10, 4


def seconds(moment: datetime) -> int:
    """As FIT counts."""
    return int((moment - EPOCH).total_seconds())


def message(
    name: str,
    *,
    first: bool = True,
    local: int | None = None,
    big: bool = False,
    offset_s: int | None = None,
    developer: Sequence[tuple[int, bytes]] = (),
    **values: Any,
) -> bytes:
    """A message, behind its definition where it is the first of its kind.

    `big`: most significant byte first. `offset_s`: the time in five bits of the header, as seconds
    of the last full one. `developer`: fields of developer 0, by number.
    """
    number, fields = MESSAGES[name]
    local = list(MESSAGES).index(name) if local is None else local
    order, parts = "<>"[big], [(fields[key], value) for key, value in values.items()]
    kind = 0x60 if developer else 0x40
    definition = struct.pack(order + "BBBHB", kind | local, 0, big, number, len(parts))
    for (field, base), value in parts:
        size = len(_text(value)) if base == "str" else struct.calcsize(_PACKED[base])
        definition += struct.pack("<BBB", field, size, _BASE[base])
    if developer:
        definition += bytes([len(developer)])
        definition += b"".join(bytes([field, len(data), 0]) for field, data in developer)
    head = local if offset_s is None else 0x80 | local << 5 | offset_s % 32
    data = b"".join(_packed(base, value, order) for (_, base), value in parts)
    own = b"".join(data for _, data in developer)
    return (definition if first else b"") + bytes([head]) + data + own


def _text(value: str) -> bytes:
    return value.encode() + b"\0"


def _packed(base: str, value: Any, order: str) -> bytes:
    if base == "str":
        return _text(value)
    return struct.pack(order + _PACKED[base], _INVALID[base] if value is None else value)


def fit(*messages: bytes, crc: bool = True, short: bool = False) -> bytes:
    """A file of these messages, with its header (the short one without a checksum) and its own."""
    body = b"".join(messages)
    if short:
        old = struct.pack("<BBHI4s", 12, 0x10, 108, len(body), b".FIT") + body
        return old + struct.pack("<H", checksum(old))
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    whole = head + struct.pack("<H", checksum(head)) + body
    return whole + (struct.pack("<H", checksum(whole)) if crc else b"")


_CRC = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip


def checksum(content: bytes) -> int:
    crc = 0
    for byte in content:
        crc = (crc >> 4) & 0x0FFF ^ _CRC[crc & 0xF] ^ _CRC[byte & 0xF]
        crc = (crc >> 4) & 0x0FFF ^ _CRC[crc & 0xF] ^ _CRC[byte >> 4]
    return crc


def file_id(**values: Any) -> bytes:
    return message("file_id", **({"type": ACTIVITY, "manufacturer": 1, "product": 3113} | values))


def records(
    start: datetime = START,
    *,
    length_s: int = 60,
    kmh: float = 12,
    every: int = 10,
    at: float = 0,
    placed: bool = True,
    first: bool = True,
    **more: Any,
) -> list[bytes]:
    """An even way northwards, a record each `every` seconds; `more` changes what each one says."""
    made = []
    for second in range(0, length_s + 1, every):
        metres = at + second * kmh / 3.6
        where = {
            "lat": round((50 + metres / METRES_PER_DEGREE) * SEMICIRCLES) if placed else None,
            "lon": round(8 * SEMICIRCLES) if placed else None,
        }
        values = {
            "timestamp": seconds(start) + second,
            **where,
            "altitude": (100 + 500) * 5,
            "heart_rate": 140 + second % 20,
            "cadence": 85,
            "distance": round(metres * 100),
            "speed": round(kmh / 3.6 * 1000),
        }
        made.append(message("record", first=first and not made, **(values | more)))
    return made


def session(
    start: datetime = START,
    *,
    length_s: float = 60,
    timer_s: float | None = None,
    distance_m: float | None = 200,
    sport: int | None = RUNNING,
    sub_sport: int | None = 0,
    **more: Any,
) -> bytes:
    values = {
        "timestamp": seconds(start) + int(length_s),
        "start_time": seconds(start),
        "sport": sport,
        "sub_sport": sub_sport,
        "elapsed": round(length_s * 1000),
        "timer": round((length_s if timer_s is None else timer_s) * 1000),
        "distance": None if distance_m is None else round(distance_m * 100),
    }
    return message("session", **(values | more))


def activity(
    end: datetime, *, offset: timedelta | None = None, sessions: int = 1, **more: Any
) -> bytes:
    local = None if offset is None else seconds(end + offset)
    values = {"timestamp": seconds(end), "local_timestamp": local, "timer": 0, "sessions": sessions}
    return message("activity", **(values | more))


def run(
    start: datetime = START,
    *,
    length_s: int = 60,
    kmh: float = 12,
    every: int = 10,
    offset: timedelta | None = timedelta(hours=1),
    sessions: Sequence[bytes] | None = None,
    extra: Iterable[bytes] = (),
    placed: bool = True,
) -> bytes:
    """A whole file of one run, as a watch writes it."""
    end = start + timedelta(seconds=length_s)
    if sessions is None:
        sessions = [session(start, length_s=length_s, distance_m=length_s * kmh / 3.6)]
    return fit(
        file_id(time_created=seconds(start)),
        *records(start, length_s=length_s, kmh=kmh, every=every, placed=placed),
        *extra,
        *sessions,
        activity(end, offset=offset, sessions=len(sessions)),
    )
