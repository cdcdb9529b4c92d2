"""No weekly mail tells how a heel is, whatever was answered, whoever shares what with whom."""

import datetime as dt
import random

import pytest

from dashboards.services.runner_letter import CANNOT_TELL, LOOK
from injuries.services.assessing import assess_week_of
from members.models import Sharing
from tests.dashboards.services.mails import MONDAY, SEVEN, SUNDAY, WEEK, letter, mail, run
from tests.dashboards.services.pains import WORDS, decide, give_pain
from tests.factories import DayStatusFactory, MorningFactory
from tests.mail_checks import readable

DAY = dt.timedelta(days=1)


def log_weeks(runner, chance: random.Random, *, days: int = 60) -> None:
    """A run each third day, the last one sometimes long, and rest between."""
    for back in range(days):
        day = SUNDAY - back * DAY
        if back % 3:
            DayStatusFactory(runner=runner, on=day)
        else:
            run(runner, chance.choice((10, 10, 24)) if back == 0 else 10, on=day)


@pytest.mark.parametrize("seed", range(24))
def test_no_word_of_a_heel_in_any_weekly_mail(seed, membership, coach_membership):
    chance = random.Random(seed)
    runner = membership.user
    log_weeks(runner, chance)
    assess_week_of(runner, week=WEEK, on=SUNDAY, now=SEVEN)
    before = letter(membership)
    give_pain(runner, chance, sunday=SUNDAY)
    membership.sharing = chance.choice(Sharing.values)
    membership.save()
    judged = assess_week_of(runner, week=WEEK, on=SUNDAY, now=SEVEN)
    if chance.random() < 0.5:  # by the time of the mail a new week has begun, with a worse morning
        MorningFactory(runner=runner, on=MONDAY, first_step=9)
        judged = assess_week_of(runner, week=MONDAY, on=MONDAY, now=SEVEN)
    decide(judged, chance, coach=coach_membership, now=SEVEN)
    after = letter(membership)

    # A subject says what it said without a heel, or the distance alone.
    assert after.subject in {before.subject, f"Your week: {before.figures[0].value}"}
    assert after.answers[:2] == before.answers[:2]
    now = after.answers[2]
    assert now == before.answers[2] or now.value.startswith((LOOK, CANNOT_TELL))
    mails = [mail(membership), mail(coach_membership, kind="coach")]
    for sent in mails:
        said = readable(sent)
        assert [word for word in WORDS if word in said] == []
    if judged.training in {"rest", "cross_train"} or judged.clinician:
        assert "Robin" not in mails[1].message().as_string()
