"""Plotly figures as plain dicts and small SVG strings: rows in, picture out. Pure.

Distances come in metres and are drawn in the reader's unit ("km" or "mi"). Colours are the names of
CSS properties: the script that draws resolves them, so that a chart follows light and dark.
"""

from dashboards.charts.course import course_picture
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
from dashboards.charts.stacks import Layer, part_of, stacked
from dashboards.charts.timeline import Moment, Span, Timeline, runner_timeline
from dashboards.charts.weeks import WeekLoad, weekly_distance

__all__ = [
    "Figure",
    "Layer",
    "Moment",
    "PainDay",
    "RateRow",
    "SoreWeek",
    "Span",
    "Timeline",
    "WeekLoad",
    "alert_burden",
    "alerts_followed",
    "bars_in_words",
    "course_picture",
    "day_label",
    "in_unit",
    "morning_bars",
    "morning_strip",
    "pain_course",
    "part_of",
    "runner_timeline",
    "sore_weeks",
    "stacked",
    "strip_in_words",
    "week_bars",
    "weekly_distance",
]
