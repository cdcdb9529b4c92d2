"""One's own pairs of shoes. Everything is looked up through the owner."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from members.forms import sent
from members.forms.refusals import refusals_on
from members.forms.shoes import CheckForm, ComfortForm, PairDayForm, ShoeForm
from members.models import Shoe, ShoeCheck, User
from members.selectors.shoes import Pair, pair_of, pairs_of, rotation_of, untagged_runs
from members.services.shoes import (
    add_shoe,
    delete_shoe,
    edit_shoe,
    record_check,
    retire_shoe,
    say_comfort,
    skip_comfort,
    take_back_check,
)
from members.views.back import back_or

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def shoes(request: HttpRequest) -> HttpResponse:
    """The pairs with their distance and comfort, and a form for a new one."""
    now = timezone.now()
    form = ShoeForm(sent(request), runner=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            add_shoe(request.user, now=now, **form.cleaned())
            messages.success(request, "The pair is added.")
            return redirect("members:shoes")
    pairs = pairs_of(request.user, on=request.user.today(now=now))
    worn = [pair.shoe for pair in pairs]
    context = {
        "form": form,
        "in_use": [pair for pair in pairs if pair.shoe.retired_on is None],
        "retired": [pair for pair in pairs if pair.shoe.retired_on is not None],
        "rotation": rotation_of(pairs),
        "untagged": untagged_runs(request.user, shoes=worn).count() if worn else 0,
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/shoes.html", context, status=status)


@form_page
def shoe(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: what it has run, how it feels, its checks, and a form to change it."""
    now = timezone.now()
    pair = _pair(request.user, pk, now=now)
    form = ShoeForm(sent(request), runner=request.user, now=now, instance=pair.shoe)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            edit_shoe(pair.shoe, now=now, **form.cleaned())
            messages.success(request, "The pair is changed.")
            return redirect("members:shoe", pk)
    return _pair_page(request, pair, form, now=now)


def _pair(runner: User, pk: int, *, now: dt.datetime) -> Pair:
    pair = pair_of(runner, pk=pk, on=runner.today(now=now))
    if pair is None:
        raise Http404
    return pair


def _pair_page(
    request: HttpRequest, pair: Pair, form: ShoeForm, *, now: dt.datetime, **more: Any
) -> HttpResponse:
    retiring = PairDayForm(runner=request.user, now=now)
    context = {"form": form, "pair": pair, "shoe": pair.shoe, "retiring": retiring} | more
    wrong = form.is_bound or any(one.is_bound for one in more.values())
    return render(request, "members/shoe.html", context, status=422 if wrong else 200)


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a pair on a day, or bring a retired one back."""
    now = timezone.now()
    pair = _pair(request.user, pk, now=now)
    form = PairDayForm(request.POST, runner=request.user, now=now)
    on = None
    if pair.shoe.retired_on is None:
        on = form.cleaned_data.get("on") if form.is_valid() else None
    if not form.errors:
        with refusals_on(form):
            retire_shoe(pair.shoe, on=on, now=now)
            messages.success(request, "Back in use." if on is None else "Retired.")
            return redirect("members:shoes")
    pair.shoe.refresh_from_db(fields=["retired_on", "is_default", "default_surface"])
    editing = ShoeForm(runner=request.user, now=now, instance=pair.shoe)
    return _pair_page(request, pair, editing, now=now, retiring=form)


@form_page
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then delete a pair nobody ran in; one with runs is retired instead."""
    now = timezone.now()
    pair = get_object_or_404(Shoe, pk=pk, owner=request.user)
    if request.method == "POST":
        try:
            delete_shoe(pair, now=now)
        except ValidationError as refused:
            messages.warning(request, refused.messages[0])
            return redirect("members:shoe", pk)
        messages.success(request, "The pair is deleted.")
        return redirect("members:shoes")
    context = {"shoe": pair, "used": pair.activities.exists()}
    return render(request, "members/shoe_delete.html", context)


# --- How comfortable ------------------------------------------------------------------------------
@require_POST
def comfort(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how comfortable a pair is, in one tap; the same day's answer can be changed."""
    now = timezone.now()
    pair = _pair(request.user, pk, now=now)
    form = ComfortForm(request.POST, runner=request.user, now=now)
    if form.is_valid():
        said = form.cleaned_data
        say_comfort(pair.shoe, on=said["on"], comfort=said["comfort"], now=now)
        messages.success(request, "Taken back." if said["comfort"] is None else "Noted.")
        return redirect(back_or(request, "members:shoes"))
    editing = ShoeForm(runner=request.user, now=now, instance=pair.shoe)
    return _pair_page(request, pair, editing, now=now, comfort=form)


@require_POST
def comfort_later(request: HttpRequest) -> HttpResponse:
    """Set the monthly question aside for a month."""
    skip_comfort(request.user, now=timezone.now())
    messages.success(request, "Fine. You are asked again in a month.")
    return redirect(back_or(request, "members:shoes"))


# --- Having a pair looked at ----------------------------------------------------------------------
@form_page
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what came of having a pair looked at."""
    now = timezone.now()
    pair = get_object_or_404(Shoe, pk=pk, owner=request.user)
    form = CheckForm(sent(request), runner=request.user, now=now, shoe=pair)
    if request.method == "POST" and form.is_valid() and _recorded(form, pair, now=now):
        messages.success(request, "The check is recorded.")
        return redirect("members:shoe", pk)
    status = 422 if form.is_bound else 200
    return render(request, "members/shoe_check.html", {"form": form, "shoe": pair}, status=status)


def _recorded(form: CheckForm, pair: Shoe, *, now: dt.datetime) -> ShoeCheck | None:
    """Record the check with its new pair and the end of the old one: all or nothing."""
    said = form.cleaned_data
    with refusals_on(form), transaction.atomic():
        new = said["new_shoe"]
        if said["new_name"]:
            new = add_shoe(pair.owner, now=now, name=said["new_name"], first_used=said["on"])
        fields = {name: said[name] for name in ("on", "where", "outcome", "note")}
        recorded = record_check(pair, new_shoe=new, now=now, **fields)
        if said["retire"] and pair.retired_on is None:
            retire_shoe(pair, on=said["on"], now=now)
        return recorded
    return None


@require_POST
def check_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a check that was a mistake."""
    recorded = get_object_or_404(ShoeCheck, pk=pk, shoe__owner=request.user)
    take_back_check(recorded)
    messages.success(request, "Taken back.")
    return redirect("members:shoe", recorded.shoe_id)
