"""What a coach did, in the words that stand everywhere."""

from django import template

from clubsite.templatetags.ui import day
from dashboards import words

register = template.Library()


@register.filter
def decided(decision: words.Decision) -> str:
    """Return agreed; spoke to them; look again on Tue 24 March."""
    return words.decided(decision, day=day)
