"""The items of the care guide: what runners do, how sure we are of it, and where it is from."""

from dataclasses import dataclass

from injuries.risk.types import SPOTS

UNDER = ("under_heel_inner", "under_heel_centre")
INNER = ("under_heel_inner",)
BEHIND = ("back_of_heel", "above_heel")
UNCLEAR = ("whole_heel", "inner_ankle", "elsewhere")
NOT_WHOLE = tuple(spot for spot in SPOTS if spot != "whole_heel")

GUIDELINE = "Heel pain guideline 2023, J Orthop Sports Phys Ther 53(12), 10.2519/jospt.2023.0303"
BEST_PRACTICE = "Morrissey and others 2021, 10.1136/bjsports-2019-101970"
STRETCH_TRIAL = "DiGiovanni and others 2003, J Bone Joint Surg Am 85:1270"
RAISE_TRIAL = "Rathleff and others 2015, 10.1111/sms.12313"
PAIN_TRIAL = "Silbernagel and others 2007, 10.1177/0363546506298279"
COURSE = "Mulvad and others 2018, 10.1371/journal.pone.0204742"
NHS = "NHS public advice on heel pain"
COMMON = "Common practice among runners; no trial known to us"
REVIEW = "Tu and Bytomski 2011, Am Fam Physician 84(8):909"
COMFORT = "Malisoux and others 2025, 10.1002/ejsc.70063"
PAIRS = "Malisoux and others 2015, 10.1111/sms.12154"
TWO_COHORTS = "Two groups of runners followed for months"
SURFACE = "Reviews and cohorts that disagree"
HILLS = "No study known to us"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing runners do. `ask`: a key of ASK_FIRST. `routine`: can be ticked off as that."""

    id: str
    section: str
    spots: tuple[str, ...]
    title: str
    text: str
    grade: str
    why: str
    source: str
    ask: str = ""
    routine: str = ""
    under_18: bool = True


ITEMS: tuple[Item, ...] = (
    # --- Running and resting ---------------------------------------------------------------------
    Item(
        "ease", "load", NOT_WHOLE,
        "Run shorter and slower for a while",
        "Most runners cut distance first and speed with it, and see how the next mornings are. "
        "Your week page says how far is far enough for now.",
        "D", "the guideline allows it as advice; no trial tells by how much.", GUIDELINE,
    ),
    Item(
        "within_a_limit", "load", BEHIND,
        "Some running can stay",
        "In a trial people with soreness of the tendon behind the ankle went on running as long as "
        "it hurt no more than 5 of 10 and was back to usual the next morning. They did as well as "
        "those who stopped. Surefoot holds you to the lower limit unless a clinician named it.",
        "A", "one trial of 38 people, of this tendon only.", PAIN_TRIAL, under_18=False,
    ),
    Item(
        "cross_train", "load", SPOTS,
        "Swap a run for bike, pool or elliptical",
        "You keep fit without the landing. Note it as an activity: it counts, and it shows.",
        "B", "runners who did more other sport had fewer injuries; that is not proof.", TWO_COHORTS,
    ),
    Item(
        "rest", "load", SPOTS,
        "Take days off",
        "A day or a week without running will not undo your training. If your week page says rest, "
        "it also says what ends it.",
        "D", "nobody has compared how long.", COMMON,
    ),
    Item(
        "flat", "load", SPOTS,
        "Leave hills, rocky paths and speed for later",
        "They come back last, when an ordinary week has long been quiet again.",
        "D", "it makes sense, but nobody has tested it.", HILLS,
    ),
    Item(
        "patience", "load", SPOTS,
        "Count in weeks",
        "Half of the runners in one study were back after eight weeks, some only after many "
        "months. Slow is usual.",
        "B", "recreational runners followed until they were back, all sore places together.",
        COURSE,
    ),
    # --- Stretching, strength and rolling --------------------------------------------------------
    Item(
        "sole_stretch", "move", INNER,
        "Stretch the sole before the first step",
        "Sitting on the edge of the bed, pull the toes back until the sole feels tight, for about "
        "ten seconds, and again some times. In the trial people did it three times a day, first "
        "thing in the morning above all.",
        "A", "a trial and the guideline; strength work does about as well.", STRETCH_TRIAL,
        routine="sole_stretch",
    ),
    Item(
        "calf_stretch", "move", ("under_heel_inner", "under_heel_centre", "above_heel"),
        "Stretch the calf",
        "Hands against a wall, the back heel on the floor, lean until the calf feels tight.",
        "A", "the guideline has it for soreness under the heel; elsewhere it is habit.", GUIDELINE,
        routine="calf_stretch",
    ),
    Item(
        "no_deep_stretch", "move", ("back_of_heel",),
        "No deep stretch over a step early on",
        "Letting the heel hang below a step presses on the sore spot. Many physiotherapists leave "
        "it out at first.",
        "D", "clinical experience.", "Clinical experience",
    ),
    Item(
        "heel_raise", "move", INNER,
        "Slow heel raises, toes on a rolled towel",
        "In the trial people rose on one foot, slowly up and slowly down, every second day, and "
        "added weight over weeks. After three months they were better off than those who only "
        "stretched, after a year both were alike. Talk it over with a physiotherapist.",
        "C", "one trial of 48 people; another of 84 saw no difference to stretching.", RAISE_TRIAL,
        ask="loading", routine="heel_raise", under_18=False,
    ),
    Item(
        "strength", "move", ("under_heel_centre", *BEHIND, "elsewhere"),
        "Strength for foot and calf",
        "Slow and heavy rather than often, as far as the heel stays quiet. Which exercise, and how "
        "much, is a good question for a physiotherapist.",
        "C", "the guideline has it for soreness under the heel; for new injuries in general the "
        "reviews see little.", GUIDELINE, ask="loading", under_18=False,
    ),
    Item(
        "bottle_roll", "move", UNDER,
        "Roll the sole on a cold bottle or a ball",
        "A frozen bottle in a towel, or a ball, under the arch and never hard on the sorest point. "
        "A minute or two, as often as you like: the more often, the easier it gets.",
        "D", "many like it, nobody has tested it.", COMMON, ask="skin", routine="ball_roll",
    ),
    Item(
        "foam_roll", "move", (*UNDER, "above_heel"),
        "Roll the calf",
        "A foam roller from ankle to knee, slowly. It should feel good.",
        "D", "many like it, nobody has tested it for heels.", COMMON, routine="foam_roll",
    ),
    # --- For the soreness ------------------------------------------------------------------------
    Item(
        "cold", "soothe", SPOTS,
        "Something cold",
        "After a run, wrapped in a cloth and for some minutes only; never ice on bare skin.",
        "D", "it numbs for a while; nobody has shown more.", COMMON, ask="skin",
    ),
    Item(
        "warm", "soothe", SPOTS,
        "Something warm, or a warm soak",
        "Some like warmth better, and some put Epsom salts into it. Warm, not hot, and not on a "
        "heel that is already hot or swollen.",
        "D", "pleasant; we know of no test of the salts.", COMMON, ask="skin",
    ),
    Item(
        "painkillers", "soothe", SPOTS,
        "A painkiller from the pharmacy, if it is minor",
        "For a day or two, as the leaflet says. Not before a run: it hides the very thing you "
        "want to know. If you did take one, note it with the run; that run then says nothing about "
        "your heel.",
        "D", "it eases for hours; no study of sore heels in runners is known to us.", COMMON,
        ask="painkillers", under_18=False,
    ),
    Item(
        "tape", "soothe", INNER,
        "Tape",
        "Taping the sole takes some soreness away for days, together with the other things. "
        "Have it shown to you once.",
        "A", "guideline and best practice agree, for the short term.", BEST_PRACTICE,
    ),
    # --- Shoes and ground ------------------------------------------------------------------------
    Item(
        "shoes", "shoes", SPOTS,
        "Look at your shoes",
        "How far have they gone, how do heel and sole look, did you change the pair lately? Take "
        "them along to a running shop, with where it hurts. Comfort says more than any number.",
        "C", "runners who liked their shoe and its heel had fewer injuries; a distance at which a "
        "shoe is finished is not known.", COMFORT,
    ),
    Item(
        "two_pairs", "shoes", SPOTS,
        "Alternate two pairs",
        "Each lands you a little differently.",
        "C", "seen in one group of 264 runners; they may have been the careful ones.", PAIRS,
    ),
    Item(
        "cushion", "shoes", ("under_heel_centre",),
        "Not barefoot on hard floors",
        "A soft slipper at home, and a shoe with a comfortable heel for standing all day.",
        "D", "it is sorer on hard floors; nobody has tested what helps.", REVIEW,
    ),
    Item(
        "soft_ground", "shoes", SPOTS,
        "Try softer ground",
        "Concrete every day? A park, grass or a smooth trail is a change. Your week page shows the "
        "ground you ran on.",
        "X", "for sore heels they do not agree. Try it because it feels better.", SURFACE,
    ),
    Item(
        "insoles", "shoes", INNER,
        "Insoles, but not on their own",
        "Ready-made ones may go with the rest. As the only thing they have not helped in the short "
        "term.",
        "X", "the guideline advises against them alone.", GUIDELINE,
    ),
    # --- Getting it looked at --------------------------------------------------------------------
    Item(
        "two_weeks", "seen", SPOTS,
        "Two weeks and no better: have it looked at",
        "Also if it keeps coming back, is severe, or stops you in ordinary life.",
        "D", "public health advice.", NHS,
    ),
    Item(
        "questions", "seen", UNCLEAR,
        "Answer the safety questions again when something changes",
        "Above all numbness, tingling, burning, pain at night, or pain when the heel is squeezed "
        "from both sides.",
        "D", "public health advice and reviews for family doctors.", REVIEW,
    ),
    Item(
        "physio", "seen", SPOTS,
        "What a physiotherapist may add",
        "Hands-on work, taping, exercises that fit you; a splint for the night where first steps "
        "are always sore; later perhaps more. Take your course along: it is on your heel page.",
        "C", "best practice for soreness under the heel, step by step over months.", BEST_PRACTICE,
    ),
    Item(
        "before_changing", "seen", SPOTS,
        "See your doctor before you change anything big",
        "Above all with an illness, after an operation, or if this heel has been a clinician's "
        "business before.",
        "D", "common sense.", NHS,
    ),
)  # fmt: skip
