"""The note for the running store: a page to print or to show, and nothing else on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from injuries.forms.shoes import NoteForm
from injuries.selectors.shoe_note import shoe_note
from injuries.views.pages import form_page


@never_cache
@form_page
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the note about one pair.

    Where it hurts is left out until the runner ticks it; the tick is sent in the body, so that no
    address, history or log holds it, and it is kept nowhere.
    """
    today = request.user.today(now=timezone.now())
    form = NoteForm(request.POST if request.method == "POST" else NoteForm.AT_FIRST)
    form.is_valid()
    found = shoe_note(request.user, pk=pk, on=today, with_sore=form.cleaned_data["sore"])
    if found is None:
        raise Http404
    context = {
        "note": found,
        "shoe": found.pair.shoe,
        "form": form,
        "today": today,
        "asked": found.asked if form.cleaned_data["coach"] else None,
        "may_say_sore": request.user.health_consent_at is not None,
    }
    return render(request, "injuries/shoe_note.html", context)
