"""What Robin does: through the pages, or, on days between, by the services behind them."""

import datetime as dt
import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from injuries.models import HeelProblem
from injuries.questions import RED_FLAG_QUESTIONS
from injuries.services.assessing import assess_changed
from injuries.services.checks import answer_check
from injuries.services.pain import report_morning, report_run_pain
from injuries.services.problems import answer_red_flags
from members.models import User
from members.services.activities import log_activity
from members.services.days import set_day_status
from tests.browser.story_stage import Stage, words

DAY = dt.timedelta(days=1)


@dataclass
class Robin:
    """A runner at a phone."""

    stage: Stage
    user: User

    @property
    def problem(self) -> HeelProblem:
        """The sore heel."""
        return HeelProblem.objects.get(runner=self.user)

    def go(self, path: str) -> Page:
        """Open a page."""
        return self.stage.go(self.user, path)

    # --- Through the pages -----------------------------------------------------------------------
    def logs_a_run(self, distance: str, duration: str, *, during: int | None = None) -> str:
        """Log it on the log page; return what it answers about this run."""
        page = self.go("/log/")
        page.get_by_label("Distance").fill(distance)
        page.get_by_label("Time", exact=True).fill(duration)
        heel = page.get_by_role("group", name="Any heel pain?")
        heel.get_by_label("no" if during is None else "yes", exact=True).check()
        if during is not None:
            page.get_by_role("slider", name=re.compile("during the run")).fill(str(during))
        page.get_by_role("button", name="Save").click()
        expect(page.locator("h1")).to_contain_text("Saved:")
        return words(page.locator("section[aria-labelledby=this-run]").inner_text())

    def opens_the_spot(self) -> None:
        """Tap it on the picture of the foot."""
        page = self.go("/heel/")
        page.locator("a[href*='side=left'][href*='spot=under_heel_inner']").first.click()
        self._press(page, "Open it and answer a few questions")
        expect(page.locator("h1")).to_have_text("Safety questions")

    def answers_the_questions(self, *, yes: str = "") -> str:
        """Answer every safety question no, but for one; return what the page says to it."""
        page = self.go(f"/heel/{self.problem.pk}/red-flags/")
        for answer in page.get_by_label("no", exact=True).all():
            answer.check()
        if yes:
            group = page.get_by_role("group", name=RED_FLAG_QUESTIONS[yes])
            group.get_by_label("yes", exact=True).check()
        return self._press(page, "Save the answers")

    def taps_the_morning(self, first_step: int) -> str:
        """Say the first steps on my week in one tap."""
        return self._press(self.go("/"), str(first_step))

    def was_looked_at(self) -> str:
        """Note that a clinician has looked at it today."""
        return self._press(self.go(f"/heel/{self.problem.pk}/"), "Note it")

    def checks_the_week(self, *answers: str) -> str:
        """Answer the weekly check; without answers by the one tap for no problem."""
        return self._check(self.go("/check/"), *answers)

    def checks_by_link(self, link: str, *answers: str) -> str:
        """Answer the weekly check by a mail's link, in a browser without a login."""
        page = self.stage.go(None, link)
        self._check(page, *answers)
        return words(page.locator("main").inner_text())

    def _check(self, page: Page, *answers: str) -> str:
        if not answers:
            return self._press(page, "No problem")
        groups: list[Locator] = page.locator("fieldset:has(input[type=radio])").all()
        for group, answer in zip(groups, answers, strict=False):
            group.get_by_label(answer, exact=True).check()
        return self._press(page, "Save")

    def says_a_day(self, on: dt.date, status: str) -> None:
        """Say on the page of days what one was."""
        page = self.go(f"/days/?week={on:%G-W%V}")
        day = page.locator("li.card", has_text=f"{on:%a} {on.day} {on:%B}")
        day.get_by_role("combobox").select_option(status)
        day.get_by_role("button").click()
        expect(day.get_by_role("combobox")).to_have_value(status)

    def begins_the_way_back(self) -> str:
        """Begin the plan, or be told why not."""
        return self._press(self.go(f"/heel/{self.problem.pk}/plan/"), "Begin")

    def logs_a_session(self, *, distance: str = "", duration: str = "", during: int) -> str:
        """Log the walk or session the plan asks for; return what the plan then says."""
        page = self.go(f"/heel/{self.problem.pk}/plan/session/")
        for label, value in (("Distance", distance), ("Time", duration)):
            if value:
                page.get_by_label(label).first.fill(value)
        page.get_by_role("group", name="Worst pain during it").get_by_label(
            str(during), exact=True
        ).check()
        for question in ("Did you walk or run differently", "Did you take a painkiller"):
            page.get_by_role("group", name=question).get_by_label("no", exact=True).check()
        self._press(page, "Save")
        return self.plan()

    def plan(self) -> str:
        """Return what the plan's page says about where it stands and what is next."""
        page = self.go(f"/heel/{self.problem.pk}/plan/")
        return words(page.locator("section[aria-labelledby=where]").inner_text())

    def _press(self, page: Page, name: str) -> str:
        """Press a button; return the message on the page that follows."""
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_load_state()
        return words(" ".join(page.locator(".messages").all_inner_texts()))

    # --- By services, on the days between -------------------------------------------------------
    def mornings(self, first: dt.date, *values: int) -> None:
        """Say these mornings, one a day."""
        for number, value in enumerate(values):
            report_morning(self.user, on=first + number * DAY, first_step=value, now=self.stage.now)
        assess_changed(self.user.pk, now=self.stage.now)

    def days(self, first: dt.date, last: dt.date, status: str) -> None:
        """Say what these days were."""
        for number in range((last - first).days + 1):
            set_day_status(self.user, on=first + number * DAY, status=status, now=self.stage.now)

    def ran(self, on: dt.date, metres: int, *, during: int = 0) -> None:
        """Log a run and the morning after it."""
        now = self.stage.now
        run = log_activity(
            self.user, kind="run", now=now, time_zone="UTC", distance_m=metres,
            started_at=dt.datetime.combine(on, dt.time(7), dt.UTC), duration_s=metres * 2 // 5,
        )  # fmt: skip
        report_run_pain(
            run, during=during, after=None, gait_changed=False, painkiller=False, now=now
        )
        if on < self.stage.today:
            self.mornings(on + DAY, 1)

    def answered_no(self) -> None:
        """Answer every safety question no."""
        answers = dict.fromkeys(RED_FLAG_QUESTIONS, False)
        now = self.stage.now
        answer_red_flags(self.problem, answers=answers, on=self.stage.today, now=now)
        assess_changed(self.user.pk, now=now)

    def checked(self, week: dt.date, participation: int) -> None:
        """Answer a week's check on its Sunday's evening."""
        now = self.stage.now
        more = {} if participation == 0 else {"volume": 8, "performance": 0, "pain": 8}
        answer_check(
            self.user, problem=self.problem, week=week, on=self.stage.today, now=now,
            participation=participation, **more,
        )  # fmt: skip
        assess_changed(self.user.pk, now=now)
