"""No log line holds an address or a link that works, whoever wrote it."""

import datetime as dt
import logging
import secrets

import pytest
from django.conf import settings
from django.urls import reverse

from clubsite.log_lines import Formatter
from dashboards.links import mail_off_link
from injuries.links import check_token
from members.links import join_link


def written(message, *args, error=None):
    """Return the line as the console gets it."""
    record = logging.LogRecord("x", logging.WARNING, "x.py", 1, message, args, error)
    return Formatter("{levelname} {message}", style="{").format(record)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("refused robin.r+x@heath.example.org.", "refused (address)."),
        ("To: <robin@heath.example>", "To: <(address)>"),
        ("celery@vm ready", "celery@vm ready"),
        ("event=job_end job=injuries.assess_changed_runner ms=12", None),
        ("Not Found: /c/heath/runners/12/", None),
        ("static/clubsite/surefoot.0f3b2c1d4e5f.css", None),
    ],
)
def test_an_address_is_taken_out_and_the_rest_stays(said, line):
    assert written(said) == f"WARNING {line or said}"


def test_the_secret_of_a_shared_sheet_is_taken_out():
    link = reverse("dashboards:sheet", args=[secrets.token_urlsafe(32)])
    line = written("Internal Server Error: %s", link)
    assert line == "WARNING Internal Server Error: /sheet/(signed)/"


def test_signed_links_are_taken_out():
    links = [
        join_link(4),
        mail_off_link(4, kind="runner"),
        f"/check/{check_token(4, week=dt.date(2026, 3, 9))}/",
    ]
    for link in links:
        line = written("Unprocessable Entity: %s", link)
        assert line.endswith("(signed)/")
        assert link.split("/")[-2] not in line


def test_an_errors_words_are_cleaned_too():
    try:
        raise ValueError("Key (email)=(robin@heath.example) already exists")
    except ValueError as error:
        line = written("Internal Server Error", error=(type(error), error, error.__traceback__))
    assert "Key (email)=((address)) already exists" in line


def test_the_site_writes_its_lines_so():
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "line"
    assert settings.LOGGING["formatters"]["line"]["()"] == "clubsite.log_lines.Formatter"
