"""What is asked, in our own plain words: red-flag questions and the weekly check. Pure data."""

RED_FLAG_QUESTIONS: dict[str, str] = {
    "sudden_severe_pain": "Did severe pain start suddenly, after a fall, a jump or a landing?",
    "snap_pop_grind": "Was there a snap, a pop or a grinding feeling when it started?",
    "odd_shape": "Does your heel or foot have an odd shape?",
    "cannot_bear_weight": "Are you unable to put weight on it?",
    "cannot_move_ankle": "Are you unable to move your ankle or foot?",
    "hot_red_fever": "Is it hot, red and swollen, and do you have a temperature?",
    "wound": "Is there an open wound?",
    "rest_pain": "Does it hurt when you rest?",
    "night_pain": "Does it hurt at night?",
    "steadily_worse": "Does it get steadily worse through the day, and from run to run?",
    "walking_pain": "Does ordinary walking hurt?",
    "swelling_bruising": "Is it swollen or bruised?",
    "squeeze_pain": "Does it hurt when you squeeze the heel from both sides?",
    "hop_pain": "Are you unable to hop on it without pain?",
    "low_energy": (
        "Are you often exhausted, losing weight without meaning to, or missing periods?"
    ),
    "numbness": "Is there numbness or tingling?",
    "burning_electric": "Is there a burning or electric feeling?",
    "diabetes_circulation": "Do you have diabetes or poor circulation?",
    "skin_colour_change": "Has the colour of the skin changed?",
    "inflammatory_signs": (
        "Are both heels stiff for long in the morning, or do you have back stiffness, psoriasis, "
        "an inflamed eye or bowel disease?"
    ),
    "unwell_weight_loss": "Do you feel unwell, or have you lost weight for no reason you know of?",
    "cancer_history": "Have you ever had cancer?",
    "medicines": "Do you take steroids, or have you lately taken fluoroquinolone antibiotics?",
}

TODAY = (
    "Please get this looked at today, at a minor injuries unit or an emergency department. "
    "Do not run or train on it."
)
WITHIN_DAYS = (
    "Please have this looked at by a doctor or physiotherapist within a few days, and do not run "
    "until then."
)

# What may have changed shortly before it began: context for the runner, no rule reads it.
LATELY: dict[str, str] = {
    "new_shoes": "New shoes",
    "new_surface": "Another surface",
    "hills": "More hills",
    "speed": "More speed",
    "rocky": "Rocky or steep paths",
    "imbalance": "One side feels weaker or stiffer than the other",
}

# (question, what each of the answers 0, 8, 17 and 25 says)
CHECK_QUESTIONS: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    "participation": (
        "Did a sore heel keep you from running this week?",
        (
            "No problem",
            "I ran as usual, with a sore heel",
            "I ran less because of it",
            "I could not run because of it",
        ),
    ),
    "volume": (
        "How much did you change what you had planned?",
        ("Not at all", "A little", "Clearly", "Almost everything"),
    ),
    "performance": (
        "How much did it hold you back when you ran?",
        ("Not at all", "A little", "Clearly", "Very much"),
    ),
    "pain": ("How sore was it?", ("Not at all", "Slightly", "Clearly", "Badly")),
}
CHECK_SCORES = (0, 8, 17, 25)
