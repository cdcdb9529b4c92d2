"""The figures of the trends once more, the slow and plain way, from all rows of the tables.

Written apart from the selectors: loops over whole tables, days compared with days, and the rules of
sharing spelled out here again. Nothing of the code under test is used, nor a figure of it.
"""

import datetime as dt
import statistics

from injuries.models import CoachDecision, PainReport, RiskFlag, WeeklyAssessment, WeeklyCheck
from members.models import Activity, DayStatus, Membership, Shoe

DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
LOAD_AND_SHOES = ("L1", "L3", "L4", "L7", "S1", "S3", "S4")


class Naive:
    """A club's figures for the runners of one squad, or of all (None), up to `on`."""

    def __init__(self, club, *, on, weeks, squad=None):
        monday = on - on.weekday() * DAY
        self.on = on
        self.mondays = [monday - back * WEEK for back in range(weeks)][::-1]
        clubs = [
            one
            for one in Membership.objects.all()
            if one.club_id == club.pk
            and one.role == "runner"
            and one.left_at is None
            and one.user.is_active
        ]
        self.large = self.large_squads([one for one in clubs if one.sharing != "nothing"])
        everybody = [one for one in clubs if squad is None or one.squad_id == squad]
        self.squad = squad
        self.nothing = len([one for one in everybody if one.sharing == "nothing"])
        self.members = sorted(
            (one for one in everybody if one.sharing != "nothing"),
            key=lambda one: (one.user.name, one.pk),
        )
        self.activities = list(Activity.objects.all())
        self.statuses = list(DayStatus.objects.all())
        self.assessments = list(WeeklyAssessment.objects.all())

    def large_squads(self, members):
        """Squads of five or more, and no four others left over beside them."""
        squads = [one.squad_id for one in members]
        large = {squad for squad in squads if squads.count(squad) >= 5}
        left = len([squad for squad in squads if squad not in large])
        if large and 0 < left < 5:
            large.remove(min(large, key=lambda squad: (squads.count(squad), str(squad))))
        return large

    def shows_ground(self):
        return len(self.members) >= 5 if self.squad is None else self.squad in self.large

    def shares_pain(self, member):
        return member.sharing == "everything" and member.user.health_consent_at is not None

    def week_days(self, monday):
        days = [monday + n * DAY for n in range(7)]
        return [day for day in days if day <= self.on]

    def said_anything(self, member, monday):
        days = self.week_days(monday)
        rows = [*self.activities, *self.statuses]
        return any(row.runner_id == member.user_id and row.on in days for row in rows)

    def runs(self, member, monday):
        days = self.week_days(monday)
        return [
            one
            for one in self.activities
            if one.runner_id == member.user_id and one.kind == "run" and one.on in days
        ]

    # --- The grid ---
    def unsaid(self, member, monday):
        joined = member.joined_at.date()
        return "" if monday + 6 * DAY < joined else "silent"

    def load_cell(self, member, monday):
        if not self.said_anything(member, monday):
            return self.unsaid(member, monday)
        runs = self.runs(member, monday)
        metres = [run.distance_m for run in runs if run.distance_m is not None]
        if runs and not metres:
            return "unmeasured"
        return sum(metres)

    def answer_cell(self, member, monday):
        found = [
            one
            for one in self.assessments
            if one.runner_id == member.user_id and one.week == monday
        ]
        silent = not self.said_anything(member, monday)
        if monday == self.mondays[-1] and self.said_anything(member, monday - WEEK):
            silent = False
        if not found:
            return self.unsaid(member, monday) if silent else "not_assessed"
        (one,) = found
        if one.clinician:
            return "clinician"
        if silent and one.training in ("carry_on", "not_assessed"):
            return "silent"
        return one.training

    def pain_cell(self, member, monday):
        days = self.week_days(monday)
        said = [
            one.first_step
            for one in PainReport.objects.all()
            if one.runner_id == member.user_id and one.on in days and one.first_step is not None
        ]
        return max(said) if said else self.unsaid(member, monday)

    def grid(self, shows):
        cell = {"answer": self.answer_cell, "load": self.load_cell, "pain": self.pain_cell}[shows]
        shown = [one for one in self.members if shows != "pain" or self.shares_pain(one)]
        return [(one.pk, tuple(cell(one, monday) for monday in self.mondays)) for one in shown]

    # --- Load, ground, shoes ---
    def load(self, members, monday):
        logged = [one for one in members if self.said_anything(one, monday)]
        cells = [self.load_cell(one, monday) for one in logged]
        known = [cell for cell in cells if cell != "unmeasured"]
        runs = [run for one in logged for run in self.runs(one, monday)]
        return {
            "runners": len(members),
            "logged": len(logged),
            "distance_m": sum(known) if known else None,
            "median_m": round(statistics.median(known)) if known else None,
            "runs": len(runs),
            "unmeasured": len([run for run in runs if run.distance_m is None]),
        }

    def ground(self, members, mondays):
        metres = {}
        for member in members:
            for monday in mondays:
                for run in self.runs(member, monday):
                    if run.distance_m is not None:
                        metres[run.surface] = metres.get(run.surface, 0) + run.distance_m
        return metres

    def pairs_due(self):
        due = []
        for member in self.members:
            for pair in Shoe.objects.filter(owner=member.user):
                runs = Activity.objects.filter(shoe=pair, kind="run")
                metres = pair.start_m + sum(run.distance_m or 0 for run in runs)
                if pair.retired_on is None and metres * 10 >= pair.limit_m * 8:
                    due.append((member.pk, pair.name, metres, metres >= pair.limit_m))
        return sorted(due)

    # --- The weekly checks ---
    def sore_week(self, members, monday):
        """What may stand as (asked, answered), and as (counted, problems, substantial, unclear).

        Of all, or where that could point at somebody of those who share everything, or nothing.
        """
        checks = {c.runner_id: c for c in WeeklyCheck.objects.filter(week=monday)}
        asked = [
            one
            for one in members
            if one.user.health_consent_at is not None
            and self.monday(one.joined_at) <= monday
            and (self.monday(one.user.health_consent_at) <= monday or one.user_id in checks)
        ]
        said = [(one, checks[one.user_id]) for one in asked if one.user_id in checks]
        open_ = [one for one in asked if self.shares_pain(one)]
        open_said = [one for one, _ in said if self.shares_pain(one)]
        responses = (len(asked), len(said)), (len(open_), len(open_said)), (len(asked), None)
        of_all = self.sore([check for _, check in said])
        of_open = self.sore([check for one, check in said if self.shares_pain(one)])
        return responses, (of_all, of_open, (0, None, None, 0))

    def sore(self, checks):
        found = [self.substantial(check) for check in checks]
        return (
            len(checks),
            len([check for check in checks if check.participation > 0]),
            found.count(True) if len(checks) - found.count(None) >= 5 else None,
            found.count(None),
        )

    def substantial(self, check):
        if check.participation == 0:
            return False
        if check.participation == 25 or 17 in (check.volume, check.performance):
            return True
        return None if None in (check.volume, check.performance) else False

    def monday(self, moment):
        return moment.date() - moment.weekday() * DAY

    # --- Spikes ---
    def spike_week(self, monday):
        levels = {}
        for flag in RiskFlag.objects.filter(rule="L1", withdrawn_at=None):
            seen = flag.assessment
            ours = seen.runner_id in [one.user_id for one in self.members]
            run_on = dt.date.fromisoformat(flag.values["run_on"])
            if ours and seen.week in self.mondays and monday <= run_on < monday + WEEK:
                levels.setdefault(seen.runner_id, set()).add(flag.level)
        judged = unjudged = 0
        for member in self.members:
            for one in WeeklyAssessment.objects.filter(runner=member.user, week=monday):
                if member.user.adult_from is None or member.user.adult_from <= one.on:
                    is_unjudged = "L1" in [missing["rule"] for missing in one.not_assessed]
                    unjudged += is_unjudged
                    judged += not is_unjudged
        over_100 = len([found for found in levels.values() if "over_100" in found])
        return len(levels) - over_100, over_100, judged, unjudged

    # --- What became of it ---
    def asks(self, member, one):
        """Whether the week asks coaches for something, at the step where they are told all."""
        flags = [f for f in one.flags.all() if f.withdrawn_at is None and f.action != "context"]
        if one.clinician or one.training in ("rest", "cross_train"):
            return True
        eases = [flag for flag in flags if flag.action == "ease"]
        if one.training == "ease" and (not eases or any(map(self.told, eases))):
            return True
        if not self.shares_pain(member):
            flags = [flag for flag in flags if flag.rule in LOAD_AND_SHOES]
        shoes = [flag for flag in flags if flag.rule.startswith("S")]
        worn = one.shoes if self.shares_pain(member) else bool(shoes)
        return worn and (not shoes or any(map(self.told, shoes)))

    def told(self, flag):
        if flag.rule == "L3":
            return flag.level == "after_problem"
        return flag.rule != "L1" or flag.action == "cross_train" or flag.for_coach

    def acted(self, club):
        found = {"asked": 0, "answered": 0, "noted": 0}
        kinds, outcomes, people, waits = [], [], set(), []
        by_week = {monday: [0, 0] for monday in self.mondays}
        for member in self.members:
            for one in WeeklyAssessment.objects.filter(runner=member.user):
                if one.week not in self.mondays or not self.asks(member, one):
                    continue
                found["asked"] += 1
                by_week[one.week][0] += 1
                chain = sorted(
                    CoachDecision.objects.filter(assessment=one, club=club),
                    key=lambda decision: decision.decided_at,
                )
                answers = [d for d in chain if d.kind in ("accepted", "changed", "dismissed")]
                if answers:
                    found["answered"] += 1
                    by_week[one.week][1] += 1
                    kinds.append(answers[-1].kind)
                    waits += self.wait(one, answers[0])
                elif chain:
                    found["noted"] += 1
                said = [d.outcome_kind for d in chain if d.outcome_kind]
                if said:
                    outcomes.append(said[-1])
                    people.add(member.pk)
        found["median_days"] = round(statistics.median(waits), 1) if waits else None
        found["by_kind"] = {k: kinds.count(k) for k in ("accepted", "changed", "dismissed")}
        words = ("better", "same", "worse", "unknown")
        told = {word: outcomes.count(word) for word in words}
        found["outcomes"] = None if 0 < len(people) < 5 else told
        found["weeks"] = tuple((week, *counts) for week, counts in by_week.items())
        return found

    def wait(self, one, answer):
        seen = [
            flag.first_seen_at
            for flag in one.flags.all()
            if flag.withdrawn_at is None and flag.action != "context"
        ]
        return [max(0, (answer.decided_at - min(seen)) / DAY)] if seen else []
