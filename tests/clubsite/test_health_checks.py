"""What load balancers ask: no login, no detail, 200 or 503."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_well(path, client):
    answer = client.get(path)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_without_a_database(path, client):
    def lost(*args, **kwargs):
        raise OperationalError("connection to 10.0.0.7 failed for user surefoot")

    with connection.execute_wrapper(lost):
        answer = client.get(path)
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


def test_a_table_that_is_not_there_yet_stops_readiness_only(client):
    MigrationRecorder.Migration.objects.filter(app="dashboards").last().delete()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
