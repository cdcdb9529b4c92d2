"""Plotly figures as plain dicts and small SVG strings: rows in, picture out. Pure.

Distances come in metres and are drawn in the reader's unit ("km" or "mi"). Colours are the names of
CSS properties: the script that draws resolves them, so that a chart follows light and dark.
"""

from dashboards.charts.club import ANSWERS, AnswerRow, WeekShare, answer_map, problem_share
from dashboards.charts.days import PainDay, pain_course
from dashboards.charts.pictures import (
    bars_in_words,
    morning_bars,
    morning_strip,
    strip_in_words,
    week_bars,
)
from dashboards.charts.prevalence import SoreWeek, sore_weeks
from dashboards.charts.rates import RateRow, alert_burden, alerts_followed
from dashboards.charts.shared import Figure, day_label, in_unit
from dashboards.charts.timeline import Moment, Span, Timeline, runner_timeline
from dashboards.charts.weeks import WeekLoad, club_distance, weekly_distance

__all__ = [
    "ANSWERS",
    "AnswerRow",
    "Figure",
    "Moment",
    "PainDay",
    "RateRow",
    "SoreWeek",
    "Span",
    "Timeline",
    "WeekLoad",
    "WeekShare",
    "alert_burden",
    "alerts_followed",
    "answer_map",
    "bars_in_words",
    "club_distance",
    "day_label",
    "in_unit",
    "morning_bars",
    "morning_strip",
    "pain_course",
    "problem_share",
    "runner_timeline",
    "sore_weeks",
    "strip_in_words",
    "week_bars",
    "weekly_distance",
]
