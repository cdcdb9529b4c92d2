"""One's own pairs of shoes. Everything is looked up through the owner."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from members.forms import sent
from members.forms.shoes import ShoeForm
from members.models import Shoe
from members.selectors.shoes import shoes_with_distance
from members.services.shoes import add_shoe, edit_shoe, retire_shoe


@require_http_methods(["GET", "HEAD", "POST"])
def shoes(request: HttpRequest) -> HttpResponse:
    """The pairs with their distance, and a form for a new one."""
    now = timezone.now()
    form = ShoeForm(sent(request), runner=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        add_shoe(request.user, now=now, **form.cleaned())
        messages.success(request, "The pair is added.")
        return redirect("members:shoes")
    context = {"form": form, "shoes": shoes_with_distance(request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "members/shoes.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def shoe(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one pair."""
    now = timezone.now()
    pair = get_object_or_404(Shoe, pk=pk, owner=request.user)
    form = ShoeForm(sent(request), runner=request.user, now=now, instance=pair)
    if request.method == "POST" and form.is_valid():
        edit_shoe(pair, now=now, **form.cleaned())
        messages.success(request, "The pair is changed.")
        return redirect("members:shoes")
    status = 422 if form.is_bound else 200
    return render(request, "members/shoe.html", {"form": form, "shoe": pair}, status=status)


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a pair, or bring a retired one back."""
    now = timezone.now()
    pair = get_object_or_404(Shoe, pk=pk, owner=request.user)
    today = request.user.today(now=now)
    retire_shoe(pair, on=None if pair.retired_on else today, now=now)
    messages.success(request, "Back in use." if pair.retired_on is None else "Retired.")
    return redirect("members:shoes")
