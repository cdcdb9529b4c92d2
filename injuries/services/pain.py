"""What somebody says about their heel: with a run, and on the morning after."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from injuries.models import HeelProblem, PainReport
from injuries.selectors.checks import morning_said
from injuries.services.assessing import mark_changed
from members.models import Activity, User
from members.weeks import day_refusal

NO_CONSENT = (
    "You have not agreed that we keep answers about pain. You can change that in your settings."
)


class AlreadyAnswered(Exception):
    """What a mail's link asks for has been answered."""


def require_consent(runner: User) -> None:
    """Raise ValidationError unless the runner agreed that answers about pain are kept."""
    if runner.health_consent_at is None:
        raise ValidationError(NO_CONSENT)


def report_run_pain(
    activity: Activity,
    *,
    during: int | None,
    after: int | None,
    gait_changed: bool | None,
    painkiller: bool | None,
    now: dt.datetime,
    problem: HeelProblem | None = None,
) -> PainReport | None:
    """Keep what was said about one run, 0 to 10; saying nothing at all takes it back.

    Without `problem` a report stays with the one it was made for: a session of a plan that is
    mended on the log page is still its session.

    Raises ValidationError without consent or for impossible numbers.
    """
    said = {
        "during": during,
        "after": after,
        "gait_changed": gait_changed,
        "painkiller": painkiller,
    }
    if all(value is None for value in said.values()):
        with transaction.atomic():
            PainReport.objects.filter(activity=activity).delete()
            mark_changed(activity.runner, first_day=activity.on, now=now)
        return None
    require_consent(activity.runner)
    report = PainReport.objects.filter(activity=activity).first() or PainReport(
        activity=activity, runner=activity.runner
    )
    report.on, report.problem = activity.on, problem or report.problem
    return _save(report, said, now=now)


def report_morning(
    runner: User,
    *,
    on: dt.date,
    first_step: int | None,
    now: dt.datetime,
    after: int | None = None,
    problem: HeelProblem | None = None,
) -> PainReport | None:
    """Keep the first steps of a morning, 0 to 10; nothing said at all takes the report back.

    Raises ValidationError by field for a day to come, without consent, or impossible numbers.
    """
    refused = day_refusal(on, today=runner.today(now=now))
    if refused:
        raise ValidationError({"on": refused})
    mornings = PainReport.objects.filter(runner=runner, on=on, activity__isnull=True)
    if first_step is None and after is None:
        with transaction.atomic():
            mornings.delete()
            mark_changed(runner, first_day=on, now=now)
        return None
    require_consent(runner)
    report = mornings.first() or PainReport(runner=runner, on=on)
    report.problem = problem
    said = {"first_step": first_step}
    return _save(report, said if after is None else said | {"after": after}, now=now)


def take_back_first_step(runner: User, *, on: dt.date, now: dt.datetime) -> None:
    """Forget the first steps of a morning; what else was said of that day stays."""
    report = PainReport.objects.filter(runner=runner, on=on, activity__isnull=True).first()
    if report is None:
        return
    with transaction.atomic():
        if report.after is None:
            report.delete()
        else:
            report.first_step = None
            report.save(update_fields=["first_step"])
        mark_changed(runner, first_day=on, now=now)


def answer_morning_by_link(
    runner: User, *, on: dt.date, first_step: int, now: dt.datetime
) -> PainReport | None:
    """Keep the first steps that came by a mail's link: once a day, whoever taps twice.

    Raises AlreadyAnswered, or ValidationError.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=runner.pk)
        if morning_said(runner, on=on) is not None:
            raise AlreadyAnswered
        return report_morning(runner, on=on, first_step=first_step, now=now)


def _save(
    report: PainReport, said: Mapping[str, int | bool | None], *, now: dt.datetime
) -> PainReport:
    for field, value in said.items():
        setattr(report, field, value)
    report.reported_at = now
    report.clean_fields(exclude={"runner", "activity", "problem"})
    with transaction.atomic():
        report.save()
        mark_changed(report.runner, first_day=report.on, now=now)
    return report
