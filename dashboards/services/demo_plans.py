"""What the demo club runs next, and its routes on soft ground."""

import datetime as dt

from members.models import Club, ClubRun, RunGroup, SoftRoute

NINE = dt.time(9)
GROUPS = (("steady", 18_000), ("middle", 12_000), ("easy", 8_000))
ROUTES = (
    ("Heath loop", "grass", 4_500, "Lido gate", "Short grass, no stiles; lit until nine."),
    ("Harbour towpath", "trail", 7_200, "Lock keeper's hut", "Flat; soft after rain."),
    ("Beech wood rounds", "trail", 10_400, "Forest car park", ""),
)


def plan_runs(club: Club, *, today: dt.date) -> None:
    """Plan the next two Saturdays and keep three routes, as if for the first time."""
    club.club_runs.all().delete()
    club.soft_routes.all().delete()
    first = today + dt.timedelta(days=(5 - today.weekday()) % 7)
    for week in range(2):
        run = ClubRun.objects.create(
            club=club, on=first + dt.timedelta(weeks=week), starts_at=NINE, place="Lido gate"
        )
        RunGroup.objects.bulk_create(
            RunGroup(run=run, name=name, distance_m=metres) for name, metres in GROUPS
        )
    SoftRoute.objects.bulk_create(
        SoftRoute(club=club, name=name, surface=surface, distance_m=metres, start=start, note=note)
        for name, surface, metres, start, note in ROUTES
    )
