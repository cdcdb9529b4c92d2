"""What a longer run would mean, asked by a coach: the engine's own answer, as far as shared."""

import datetime as dt

import pytest

from injuries.models import PainReport
from members.models import AuditEntry, DayStatus, Sharing
from tests.dashboards.views.conftest import words_of
from tests.factories import ActivityFactory, MorningFactory


@pytest.fixture
def steady(runner):
    """Two months of a 10 km run every third day, every other day said to be rest."""
    for back in range(60):
        day = dt.datetime(2026, 3, 17, 7, tzinfo=dt.UTC) - dt.timedelta(days=back)
        if back % 3 == 0:
            ActivityFactory(runner=runner, started_at=day)
        else:
            DayStatus.objects.create(runner=runner, on=day.date(), status="rest")
    return runner


@pytest.fixture
def ask(client_of, coach, membership):
    def asked(far, sharing=Sharing.EVERYTHING, **headers):
        membership.sharing = sharing
        membership.save()
        address = f"/c/heath/runners/{membership.pk}/what-if/"
        return client_of(coach).get(address, {"far": far}, headers=headers)

    return asked


def test_the_coach_reads_the_level_and_the_ceiling(ask, steady):
    text = words_of(ask("14"))
    assert "14.0 km would be more than a tenth longer than their longest of the 30 days" in text
    assert "11.0 km is as far as we would go." in text
    assert "ease off" in text
    assert "more than twice their longest" in words_of(ask("21"))
    assert "9.0 km would be no big step" in words_of(ask("9"))


def test_beside_a_stricter_advice_the_level_is_no_badge(ask, steady):
    run = steady.activities.first()
    PainReport.objects.create(runner=steady, on=run.on, activity=run, during=7)
    answer = ask("14")
    assert "The advice now is to rest, and that comes first." in words_of(answer)
    assert answer.context["level"] is None


def test_with_the_status_alone_there_is_no_ceiling_for_pain_may_have_lowered_it(ask, steady):
    text = words_of(ask("14", Sharing.STATUS))
    assert "more than a tenth longer than their longest" in text
    assert "as far as we would go" not in text


def test_with_the_status_alone_nobody_is_said_to_be_young(ask, steady, now):
    steady.adult_from = dt.date(2028, 1, 1)
    steady.save()
    assert "under 18" in words_of(ask("14"))
    said = words_of(ask("14", Sharing.STATUS))
    assert "under 18" not in said
    assert "their runs are not compared" in said


def test_who_shares_nothing_is_not_asked_about(ask, steady):
    answer = ask("14", Sharing.NOTHING)
    assert answer.status_code == 403
    assert b"longest" not in answer.content
    assert not AuditEntry.objects.filter(action="runner_viewed").exists()


def test_asking_is_looking(ask, steady, coach):
    ask("14")
    ask("15")
    (entry,) = AuditEntry.objects.filter(action="runner_viewed")
    assert (entry.by, entry.about) == (coach, steady)


def test_htmx_gets_the_answer_alone_and_a_mistake_is_said(ask, steady):
    part = ask("14", **{"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith("<p><span")
    wrong = ask("far", **{"HX-Request": "true"})
    assert (wrong.status_code, b'class="error"' in wrong.content) == (422, True)
    assert ask("far").context["what_if"].errors["far"]


def test_the_slider_reaches_past_the_double(client_of, coach, membership, steady):
    html = client_of(coach).get(f"/c/heath/runners/{membership.pk}/").content.decode()
    assert 'data-slides="id_far" min="0.5" max="25" step="0.5" value="10.0"' in html
    assert f'hx-get="/c/heath/runners/{membership.pk}/what-if/"' in html


def test_the_query_count_does_not_grow(
    client_of, coach, membership, steady, django_assert_num_queries
):
    client, address = client_of(coach), f"/c/heath/runners/{membership.pk}/what-if/?far=14"
    client.get(address)  # the day's look is written down here
    for mornings in (1, 3):
        for back in range(mornings):
            on = dt.date(2026, 3, 12 + 2 * mornings) - dt.timedelta(days=back)
            MorningFactory(runner=steady, on=on)
        with django_assert_num_queries(16):
            client.get(address)
