"""Small filters every page may use: distances, durations, pace in the reader's unit."""

from django import template

register = template.Library()
