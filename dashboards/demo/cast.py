"""Who is in the demo club. Names are invented; each runner lives through one story."""

import random
from dataclasses import dataclass

SQUADS = ("Tuesday Track", "Sunday Long Run", "Couch to 10K")
CLUB_NAME = "Heath & Harbour Harriers"
CLUB_SLUG = "harriers"
MAIL_DOMAIN = "harriers.example"

COACHES = ("Morag Ellison", "Tomasz Wieczorek")
ADMIN = "Priya Raman"

# Every story at least once, those that fill the board first; whoever is left over is steady.
STORIES = (
    "busy_month",
    "night_pain",
    "unsettled",
    "limping",
    "old_shoes",
    "silent",
    "returner",
    "steady",
    "doubled",
    "newcomer",
    "sorer",
    "long_jump",
    "two_weeks",
    "silent_sore",
    "newcomer_keen",
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
    unit: str  # km | mi
    hurt_before: bool  # an injury in the twelve months before joining


# Those whose story wants a certain length: newcomers begin short, nobody doubles a long run.
LONG_RUN_M = {"newcomer": 6_000, "newcomer_keen": 6_000, "doubled": 8_000, "busy_month": 13_500}


def email_of(name: str) -> str:
    """Return the made-up address of somebody in the demo club."""
    return f"{name.replace(' ', '.').lower()}@{MAIL_DOMAIN}"


def cast(*, members: int, seed: int) -> list[Character]:
    """Return `members` runners, the same for the same seed; the first is the demo login."""
    rng = random.Random(seed)  # noqa: S311 (a story, not a secret)
    return [_character(number, rng) for number in range(members)]


def _character(number: int, rng: random.Random) -> Character:
    first = FIRST[number % len(FIRST)]
    last = LAST[(number + number // len(LAST)) % len(LAST)]
    suffix = "" if number < len(FIRST) else f" {number // len(FIRST) + 1}"
    name = f"{first} {last}{suffix}"
    story = STORIES[number] if number < len(STORIES) else "steady"
    newcomer = story.startswith("newcomer")
    return Character(
        name=name,
        email=email_of(name),
        squad=SQUADS[2] if newcomer else SQUADS[number % 3],
        story=story,
        sharing=_sharing(number, rng),
        long_run_m=LONG_RUN_M.get(story, rng.randrange(10_000, 24_000, 500)),
        runs_a_week=3 if newcomer else rng.choice((3, 3, 4, 4, 5)),
        pace_s_km=rng.randrange(285, 410, 5),
        unit="mi" if rng.random() < 0.15 and number else "km",
        hurt_before=rng.random() < 0.2 and number >= len(STORIES),
    )


def _sharing(number: int, rng: random.Random) -> str:
    """A story nobody may see tells nothing, so those who live one share at least their status."""
    if number < len(STORIES):
        return "status" if number % 5 == 3 else "everything"
    return rng.choices(("everything", "status", "nothing"), weights=(58, 30, 12))[0]
