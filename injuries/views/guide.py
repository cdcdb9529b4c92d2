"""The care guide: what runners usually do about each spot. To be read with or without a problem."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from injuries.care.guide import ABOUT_SPOTS, LEFT_OUT_UNDER_18, NOTICE, YOUNG
from injuries.models import Spot
from injuries.selectors.guide import GuideItem, guide_of
from injuries.selectors.heel import open_problems_of

# Where an item has its home in Surefoot: (page, what the link says).
HOMES = {
    "ease": ("dashboards:my-week", "How far is far enough now"),
    "cross_train": ("injuries:log", "Log a ride or a swim"),
    "rest": ("dashboards:my-week", "My week"),
    "soft_ground": ("dashboards:own-routes", "Soft ground nearby"),
    "shoes": ("members:shoes", "My shoes, with a note for the shop"),
    "two_pairs": ("members:shoes", "My shoes"),
    "physio": ("injuries:heel", "My course"),
    "questions": ("injuries:heel", "My heel, with the safety questions"),
}


@require_safe
def spots(request: HttpRequest) -> HttpResponse:
    """The spots to choose from; those that are sore now stand first."""
    sore = {problem.spot for problem in open_problems_of(request.user)}  # type: ignore[arg-type]
    listed = [(spot, name, ABOUT_SPOTS[spot], spot in sore) for spot, name in Spot.choices]
    listed.sort(key=lambda one: not one[3])
    return render(request, "injuries/guide_spots.html", {"spots": listed, "notice": NOTICE})


@require_safe
def guide(request: HttpRequest, spot: str) -> HttpResponse:
    """What runners usually do about one spot; a yes to a safety question silences it."""
    if spot not in Spot.values:
        raise Http404
    user = request.user
    today = user.today(now=timezone.now())
    problem = open_problems_of(user).filter(spot=spot).first()  # type: ignore[arg-type]
    adult = user.is_adult(on=today)
    found = guide_of(user, spot=spot, on=today)  # type: ignore[arg-type]
    context = {
        "spot": Spot(spot),
        "about": ABOUT_SPOTS[spot],
        "stop": found.stop,
        "sections": [(one, [(each, _home(each)) for each in one.items]) for one in found.sections],
        "problem": problem,
        "notice": NOTICE,
        "young": "" if adult else YOUNG,
        "left_out": "" if adult else LEFT_OUT_UNDER_18,
    }
    return render(request, "injuries/guide.html", context)


def _home(one: GuideItem) -> tuple[str, str] | None:
    """Return the address and the words of the page where this thing has its place."""
    name, words = HOMES.get(one.item.id, ("", ""))
    return (reverse(name), words) if name else None
