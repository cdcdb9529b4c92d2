"""What SECURITY.md promises and no test elsewhere holds: headers of every answer, and the logs."""

import logging

import pytest
from django.urls import reverse

from injuries.models import PainReport, RedFlagAnswers
from injuries.services.assessing import assess_changed
from injuries.tasks import assess_due_weeks
from members.models import Activity
from tests.factories import HeelProblemFactory

POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture(autouse=True)
def _today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.mark.parametrize(
    "address",
    ["/", "/log/", "/c/heath/", "/settings/", "/accounts/login/", "/api/v1/me/", "/nowhere/"],
)
def test_every_answer_forbids_what_is_inline_or_from_elsewhere(address, client_of, coach):
    response = client_of(coach).get(address)
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.fixture
def logged(caplog):
    """Everything this process logs, database statements apart, which no setting switches on."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="django.db.backends")
    return caplog


def test_no_log_says_what_somebody_said(client_of, membership, coach, logged, now):
    runner, problem = membership.user, HeelProblemFactory(runner=membership.user)
    page = client_of(runner)
    run = {"distance": "10", "duration": "55", "on": "2026-03-18", "note": "limped home"}
    page.post("/log/", run | {"heel": "yes", "during": "7", "gait_changed": "yes"})
    page.post("/log/", run | {"heel": "yes", "during": "eleven"})
    page.post(reverse("injuries:red-flags", args=[problem.pk]), {"night_pain": "yes"})
    page.post("/api/v1/pain/", {"on": "2026-03-18"}, content_type="application/json")
    client_of(coach).get(reverse("dashboards:runner", args=["heath", membership.pk]))
    client_of(coach).get("/c/heath/nowhere/")
    assess_changed(runner.pk, now=now)
    assess_due_weeks()

    assert Activity.objects.count() == 1
    assert PainReport.objects.get().during == 7
    assert RedFlagAnswers.objects.get().answers["night_pain"] is True
    assert "/c/heath/nowhere/" in logged.text  # something was logged at all
    said = ("limped", "night", "heel hurt", "pain", "eleven", runner.name, runner.email)
    assert [word for word in said if word in logged.text.replace("/api/v1/pain/", "")] == []
