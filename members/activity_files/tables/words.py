"""Words of many languages that stand in tables, lower case and without accents."""

from typing import Final

from members.activity_files.tables.columns import Role

_MONTHS: Final = (
    "jan janv januar january janvier enero ene gennaio gen januari janeiro tammi led sty styczen",
    "feb fev fevr februar february fevrier febrero febbraio februari fevereiro helmi uno luty lut",
    "mar mars marz maerz march marzo maart mrt mrz marco maalis brezen bre marzec",
    "apr april avr avril abril abr aprile huhti dub kwiecien kwi",
    "may mai maj mayo maggio mag mei maio touko kveten kve",
    "jun june juni juin junio giugno giu junho kesa cerven cvn czerwiec cze",
    "jul july juli juil juillet julio luglio lug julho heina cervenec cvc lipiec lip",
    "aug august aout agosto ago augustus augusti elo srpen srp sierpien sie",
    "sep sept september septembre septiembre settembre set setembro syys zari zar wrzesien wrz",
    "oct okt october oktober octobre octubre ottobre ott outubro out loka rijen pazdziernik paz",
    "nov november novembre noviembre novembro marras listopad lis",
    "dec dez des december dezember decembre diciembre dic dicembre dezembro desember joulu "
    "prosinec pro grudzien gru",
)

MONTH_BY_WORD: Final = {
    word: month for month, words in enumerate(_MONTHS, start=1) for word in words.split()
}

HEADINGS: Final[dict[Role, str]] = {
    "elapsed": (
        r"elapsed|total time|verstrichen|gesamtzeit|gesamtdauer|ecoule|transcurrid|trascors"
    ),
    "time_of_day": r"start ?time|time of day|uhrzeit|startzeit|heure|\bhora\b|\bora\b|\bstart\b",
    "date": r"date|datum|fecha|\bdata\b|\bdag\b|\btag\b|\bday\b|dato|jour|when|started|begin",
    "distance": (
        r"distan|strecke|entfernung|afstand|kilomet|\bkm\b|\bmiles?\b|\bmi\b|metres|meters|"
        r"how far|matka|dystans"
    ),
    "duration": (
        r"duration|dauer|zeit|\btime\b|duree|temps|tiempo|tempo\b|durata|tijd|moving|minutes|"
        r"seconds|how long|\btid\b|czas"
    ),
    "kind": r"type|sport|\bart\b|aktivitat|activity|kind|discipline|actividad|attivita|activite",
    "title": (
        r"title|titel|name|titre|titulo|titolo|comment|notes?\b|notiz|bemerkung|description|route"
    ),
}
"""Patterns of what headings say, in the order in which columns are looked for."""

RATES: Final = (
    r"pace|speed|/|geschwindigkeit|vitesse|velocidad|heart|hr\b|bpm|puls|goal|ziel|average|avg|"
    r"max|ø|\bid\b"
)
"""Headings of what is no distance and no time, though it may look like one."""
