"""Who is in the demo club. Names are invented; each runner lives through one story."""

import random
from dataclasses import dataclass

SQUADS = ("Tuesday Track", "Sunday Long Run", "Couch to 10K")
CLUB_NAME = "Heath & Harbour Harriers"
CLUB_SLUG = "harriers"
MAIL_DOMAIN = "harriers.example"

COACHES = ("Morag Ellison", "Tomasz Wieczorek")
ADMIN = "Priya Raman"

# Every story once; whoever is left over is steady.
STORIES = (
    "steady",
    "long_jump",
    "doubled",
    "sorer",
    "unsettled",
    "limping",
    "night_pain",
    "two_weeks",
    "old_shoes",
    "silent",
    "silent_sore",
    "newcomer",
    "newcomer_keen",
    "returner",
    "holiday",
    "ill",
    "healed",
    "healed",
    "long_jump",
    "old_shoes",
)

FIRST = (
    "Amara Beatriz Callum Dewi Elif Farid Greta Hamish Imogen Jonas Keira Leopold Mina Niamh Otis "
    "Paloma Quentin Rhiannon Sefa Tariq Una Viktor Wren Ximena Yusuf Zofia Aoife Bram Catrin "
    "Dmitri Esme Fergus Gwen Hugo Isla Jakub Kofi Linnea Marek Nadia"
).split()
LAST = (
    "Abara Blackwood Cardoso Davies Eklund Fairley Goswami Hallam Ibsen Jarvis Kowal Lindqvist "
    "Mbeki Nakamura Okafor Pritchard Quigley Rourke Sandoval Thorne Uddin Vance Whitlock Yilmaz "
    "Zeller Ashdown Byrne Corrigan Dunmore Easton Finch Garvey Holloway Irvine Joyce Kendrick "
    "Lovell Marlow Norwood Ormond"
).split()


@dataclass(frozen=True, slots=True)
class Character:
    """One runner: who they are, how much they run and what happens to them."""

    name: str
    email: str
    squad: str
    story: str
    sharing: str  # nothing | status | everything
    long_run_m: int
    runs_a_week: int
    pace_s_km: int


def cast(*, members: int, seed: int) -> list[Character]:
    """Return `members` runners, the same for the same seed; the first is the demo login."""
    rng = random.Random(seed)  # noqa: S311 (a story, not a secret)
    return [_character(number, rng) for number in range(members)]


def _character(number: int, rng: random.Random) -> Character:
    first = FIRST[number % len(FIRST)]
    last = LAST[(number + number // len(LAST)) % len(LAST)]
    suffix = "" if number < len(FIRST) else str(number // len(FIRST) + 1)
    story = "long_jump" if number == 0 else STORIES[number] if number < len(STORIES) else "steady"
    newcomer = story.startswith("newcomer")
    sharing = rng.choices(("everything", "status", "nothing"), weights=(60, 32, 8))[0]
    return Character(
        name=f"{first} {last}{' ' + suffix if suffix else ''}",
        email=f"{first}.{last}{suffix}@{MAIL_DOMAIN}".lower(),
        squad=SQUADS[2] if newcomer else SQUADS[number % 3],
        story=story,
        sharing="everything" if number == 0 or story in {"sorer", "unsettled"} else sharing,
        long_run_m=6_000 if newcomer else rng.randrange(10_000, 24_000, 500),
        runs_a_week=3 if newcomer else rng.choice((3, 3, 4, 4, 5)),
        pace_s_km=rng.randrange(285, 410, 5),
    )
