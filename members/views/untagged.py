"""Runs that name no pair: asked about in one list, answered with one save, taken back with one."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from members.forms import sent
from members.forms.refusals import refusals_on
from members.forms.shoes import UntaggedForm
from members.models import Activity, User
from members.selectors.shoes import shoes_with_distance, suggested_shoe, untagged_runs
from members.services.shoes import tag_runs, untag_runs

PAGE = 50
LAST_SAVE = "untagged-last-save"  # in the session: what the last save did, for taking it back


@require_http_methods(["GET", "HEAD", "POST"])
def untagged(request: HttpRequest) -> HttpResponse:
    """Runs without a pair, newest first, each with the pair it most likely was."""
    shoes = shoes_with_distance(request.user)
    runs = untagged_runs(request.user, shoes=shoes) if shoes else Activity.objects.none()
    form = UntaggedForm(sent(request), shoes=shoes)
    if request.method == "POST" and form.is_valid():
        saved = _saved(form, request.user, runs, now=timezone.now())
        if saved is not None:
            request.session[LAST_SAVE] = saved
            messages.success(request, _told(len(saved)))
            return redirect("members:untagged")
    page = Paginator(runs, PAGE).get_page(request.GET.get("page"))
    ticked = form["runs"].value() or ([run.pk for run in page] if "all" in request.GET else [])
    context = {
        "form": form,
        "has_shoes": bool(shoes),
        "page": page,
        "rows": [(run, suggested_shoe(run, shoes)) for run in page],
        "ticked": {int(pk) for pk in ticked if str(pk).isdecimal()},
        "last_save": request.session.get(LAST_SAVE),
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/untagged.html", context, status=status)


def _saved(
    form: UntaggedForm, runner: User, runs: QuerySet[Activity], *, now: dt.datetime
) -> list[tuple[int, int]] | None:
    ticked = runs.filter(pk__in=form.cleaned_data["runs"])
    with refusals_on(form):
        return tag_runs(runner, pairs=form.pairs(ticked), now=now)
    return None


def _told(count: int) -> str:
    return f"{count} run{'' if count == 1 else 's'} now {'names' if count == 1 else 'name'} a pair."


@require_POST
def untagged_undo(request: HttpRequest) -> HttpResponse:
    """Take the last save back."""
    tagged = request.session.pop(LAST_SAVE, [])
    count = untag_runs(request.user, tagged=tagged, now=timezone.now())
    messages.success(request, f"Taken back for {count} run{'' if count == 1 else 's'}.")
    return redirect("members:untagged")
