"""Small believable rows for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from injuries.models import (
    HeelProblem,
    PainReport,
    ReturnPlan,
    RiskFlag,
    Side,
    Spot,
    Training,
    WeeklyAssessment,
)
from members.models import (
    Activity,
    Club,
    ClubRun,
    DayStatus,
    ImportBatch,
    ImportEntry,
    ImportFile,
    Membership,
    PlannedBreak,
    Role,
    RoutineTick,
    RunGroup,
    Shoe,
    SoftRoute,
    Squad,
    TableLayout,
    User,
)


class UserFactory(DjangoModelFactory):
    """A person in the UTC zone, so that days in tests are plain."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    time_zone = "UTC"
    health_consent_at = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


class ClubFactory(DjangoModelFactory):
    class Meta:
        model = Club

    name = factory.Sequence(lambda n: f"Club {n}")
    slug = factory.Sequence(lambda n: f"club-{n}")


class ClubRunFactory(DjangoModelFactory):
    """Next Sunday at nine, from the park."""

    class Meta:
        model = ClubRun

    club = factory.SubFactory(ClubFactory)
    on = dt.date(2026, 3, 22)
    starts_at = dt.time(9)
    place = "Park gate"


class RunGroupFactory(DjangoModelFactory):
    class Meta:
        model = RunGroup

    run = factory.SubFactory(ClubRunFactory)
    distance_m = 12_000


class SoftRouteFactory(DjangoModelFactory):
    class Meta:
        model = SoftRoute

    club = factory.SubFactory(ClubFactory)
    name = factory.Sequence(lambda n: f"River path {n}")
    surface = "trail"
    distance_m = 6_000
    start = "Mill bridge"


class SquadFactory(DjangoModelFactory):
    class Meta:
        model = Squad

    club = factory.SubFactory(ClubFactory)
    name = factory.Sequence(lambda n: f"Squad {n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    club = factory.SubFactory(ClubFactory)
    role = Role.RUNNER
    joined_at = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


class ShoeFactory(DjangoModelFactory):
    class Meta:
        model = Shoe

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Pair {n}")


class ActivityFactory(DjangoModelFactory):
    """A run of 10 km in 55 minutes."""

    class Meta:
        model = Activity

    runner = factory.SubFactory(UserFactory)
    started_at = dt.datetime(2026, 3, 17, 18, 0, tzinfo=dt.UTC)
    time_zone = "UTC"
    distance_m = 10_000
    duration_s = 3_300


class ImportBatchFactory(DjangoModelFactory):
    """An import that is read."""

    class Meta:
        model = ImportBatch

    runner = factory.SubFactory(UserFactory)
    state = ImportBatch.State.FINISHED
    created_at = finished_at = dt.datetime(2026, 3, 18, 11, 0, tzinfo=dt.UTC)


class ImportFileFactory(DjangoModelFactory):
    class Meta:
        model = ImportFile

    batch = factory.SubFactory(ImportBatchFactory)
    number = factory.Sequence(lambda n: n)
    name = "run.gpx"
    size_bytes = 100_000
    members = next_member = 1
    is_done = True


class ImportEntryFactory(DjangoModelFactory):
    """A run of a file that looked like one that is there."""

    class Meta:
        model = ImportEntry

    file = factory.SubFactory(ImportFileFactory)
    batch = factory.SelfAttribute("file.batch")
    part = factory.Sequence(lambda n: n + 1)
    name = "run.gpx"
    status = ImportEntry.Status.DUPLICATE
    match = ImportEntry.Match.SAME_OUTING
    reason = "Looks like your run of Tuesday 17 March 2026, 18:00."
    kind = "run"
    started_at = dt.datetime(2026, 3, 17, 18, 2, tzinfo=dt.UTC)
    time_zone = "UTC"
    distance_m = 10_100
    duration_s = 3_310


class TableLayoutFactory(DjangoModelFactory):
    class Meta:
        model = TableLayout

    runner = factory.SubFactory(UserFactory)
    signature = factory.Sequence(lambda n: f"{n:064x}")
    name = "mine.csv"
    columns = factory.LazyFunction(lambda: {"date": 0, "distance": 1})


class DayStatusFactory(DjangoModelFactory):
    class Meta:
        model = DayStatus

    runner = factory.SubFactory(UserFactory)
    on = dt.date(2026, 3, 16)
    status = DayStatus.Status.REST


class PlannedBreakFactory(DjangoModelFactory):
    """A holiday of the ten days from 1 April."""

    class Meta:
        model = PlannedBreak

    runner = factory.SubFactory(UserFactory)
    kind = PlannedBreak.Kind.HOLIDAY
    first = dt.date(2026, 4, 1)
    last = dt.date(2026, 4, 10)


class RoutineTickFactory(DjangoModelFactory):
    class Meta:
        model = RoutineTick

    runner = factory.SubFactory(UserFactory)
    on = dt.date(2026, 3, 18)
    routine = RoutineTick.Routine.FOAM_ROLL


class HeelProblemFactory(DjangoModelFactory):
    class Meta:
        model = HeelProblem

    runner = factory.SubFactory(UserFactory)
    side = Side.LEFT
    spot = Spot.UNDER_HEEL_INNER
    since = dt.date(2026, 3, 1)


class ReturnPlanFactory(DjangoModelFactory):
    class Meta:
        model = ReturnPlan

    problem = factory.SubFactory(HeelProblemFactory)
    started_on = dt.date(2026, 3, 10)
    started_at = dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC)


class MorningFactory(DjangoModelFactory):
    """A morning report of first steps."""

    class Meta:
        model = PainReport

    runner = factory.SubFactory(UserFactory)
    on = dt.date(2026, 3, 18)
    first_step = 3


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = WeeklyAssessment

    runner = factory.SubFactory(UserFactory)
    week = dt.date(2026, 3, 16)
    on = dt.date(2026, 3, 18)
    engine = "1.0.0"
    training = Training.CARRY_ON
    coverage_30 = 1.0
    assessed_at = dt.datetime(2026, 3, 18, 12, 0, tzinfo=dt.UTC)


class FlagFactory(DjangoModelFactory):
    """The single-run flag: 16.0 km after a longest of 13.0 km."""

    class Meta:
        model = RiskFlag

    assessment = factory.SubFactory(AssessmentFactory)
    rule = "L1"
    level = "over_10"
    action = "ease"
    values = factory.LazyFunction(
        lambda: {
            "distance_m": 16000,
            "longest_30d_m": 13000,
            "ratio": 1.2308,
            "run_on": "2026-03-14",
        }
    )
    text = "Saturday's 16.0 km was longer than your longest of the 30 days before (13.0 km)."
    first_seen_at = dt.datetime(2026, 3, 18, 12, 0, tzinfo=dt.UTC)
