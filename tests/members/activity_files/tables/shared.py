"""Reading a small table written out in a test."""

from datetime import UTC, datetime

from members.activity_files import FileEntry, ParsedActivity, UnknownTable, read_activity_file

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def entries(content: str | bytes, *, name: str = "list.csv", **kwargs) -> list[FileEntry]:
    packed = content.encode() if isinstance(content, str) else content
    return list(
        read_activity_file(packed, name=name, default_time_zone="Europe/Berlin", now=NOW, **kwargs)
    )


def rows(content: str | bytes, **kwargs) -> list[ParsedActivity]:
    found = [entry.outcome for entry in entries(content, **kwargs)]
    assert all(isinstance(one, ParsedActivity) for one in found), found
    return found


def figures(content: str | bytes, **kwargs) -> list[tuple]:
    """Kind, start as written where it was run, metres, timer and elapsed seconds, title."""
    return [
        (
            str(one.kind),
            f"{one.started_at:%Y-%m-%d %H:%M:%S%z}",
            one.distance_m,
            one.timer_s,
            one.elapsed_s,
            one.title,
        )
        for one in rows(content, **kwargs)
    ]


def unknown(content: str | bytes, **kwargs) -> UnknownTable:
    [entry] = entries(content, **kwargs)
    assert type(entry.outcome) is UnknownTable, entry.outcome
    return entry.outcome
