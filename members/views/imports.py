"""Taking in activity files. Everything is looked up through the runner."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from members.activity_files import (
    ActivityFileError,
    ParsedActivity,
    TableColumns,
    UnknownTable,
    WrongColumns,
    preview,
)
from members.forms import sent
from members.forms.imports import ColumnsForm, ImportForm
from members.forms.refusals import refusals_on
from members.models import ImportBatch, ImportEntry, User
from members.selectors.imports import (
    IN_ORDER,
    entries_of,
    imports_of,
    layouts_of,
    progress_of,
    questions_of,
)
from members.services.imports import corrections, tables
from members.services.imports.uploads import receive
from members.tasks import begin_import

form_page = require_http_methods(["GET", "HEAD", "POST"])
IMPORTS, ENTRIES, QUESTIONS = 20, 50, 10  # on a page


@form_page
def import_files(request: HttpRequest) -> HttpResponse:
    """A place to drop files, and past imports; few small files are read before the answer."""
    now = timezone.now()
    form = ImportForm(sent(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            batch = receive(request.user, form.cleaned_data["files"], now=now)
            begin_import(batch)
            address = reverse("members:import-batch", args=[batch.pk])
            return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    if request.htmx:
        return render(request, "members/_import_form.html", {"form": form}, status=422)
    page = Paginator(imports_of(request.user), IMPORTS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "layouts": layouts_of(request.user)}
    status = 422 if request.method == "POST" else 200
    return render(request, "members/import.html", context, status=status)


@require_safe
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of each file; while it is read the page looks again by itself."""
    batch = _batch_of(request, pk)
    return render(request, "members/import_batch.html", _list(request, batch))


@require_safe
def import_live(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of that page that changes; by itself it is no page."""
    batch = _batch_of(request, pk)
    if not request.htmx:
        return redirect("members:import-batch", batch.pk)
    return render(request, "members/_import_live.html", _list(request, batch))


def _batch_of(request: HttpRequest, pk: int) -> ImportBatch:
    return get_object_or_404(ImportBatch, pk=pk, runner=request.user)


def _list(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    progress = progress_of(batch)
    status = request.GET.get("status", "")
    entries = entries_of(batch, status=status).order_by("file", "member", "part")
    labels = dict(ImportEntry.Status.choices)
    said = progress.share // 10
    return {
        "batch": batch,
        "progress": progress,
        "page": Paginator(entries, ENTRIES).get_page(request.GET.get("page")),
        "status": status if status in labels else "",
        "chips": [
            (one.value, labels[one], progress.counts[one])
            for one in IN_ORDER
            if one in progress.counts
        ],
        "questions": questions_of(batch)[:QUESTIONS] if "waiting" in progress.counts else [],
        "can_undo": batch.state != ImportBatch.State.UNDONE
        and bool({"added", "merged"} & set(progress.counts) or batch.is_unread),
        # Said to whoever listens to the page: every tenth, not every look.
        "tenth": said,
        "is_news": request.GET.get("said") != str(said) or not batch.is_unread,
    }


# --- Corrections ---------------------------------------------------------------------------------
@require_POST
def import_different(request: HttpRequest, pk: int) -> HttpResponse:
    """These are two runs: log what the file told as one of its own."""
    entry = get_object_or_404(
        ImportEntry.objects.select_related("batch__runner", "matched"),
        pk=pk,
        batch__runner=request.user,
    )
    try:
        corrections.keep_apart(entry, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, "These are two now. The next import will know.")
    return redirect(f"{reverse('members:import-batch', args=[entry.batch_id])}#entry-{entry.pk}")


@form_page
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take back what an import added."""
    batch = _batch_of(request, pk)
    if request.method == "POST":
        also_changed = request.POST.get("also_changed") == "yes"
        try:
            gone, kept = corrections.undo_import(
                batch, now=timezone.now(), also_changed=also_changed
            )
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        else:
            stay = f" {_count(kept)} changed since then stay." if kept else ""
            messages.success(request, f"{_count(gone)} taken back.{stay}")
        return redirect("members:import-batch", batch.pk)
    as_it_came, changed = corrections.added_by(batch)
    merged = progress_of(batch).counts.get("merged", 0)
    context = {"batch": batch, "going": as_it_came, "changed": changed, "merged": merged}
    return render(request, "members/import_undo.html", context)


def _count(number: int) -> str:
    return "1 activity" if number == 1 else f"{number:,} activities"


# --- Tables --------------------------------------------------------------------------------------
@form_page
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which, with the first rows as they are understood."""
    entry = get_object_or_404(
        ImportEntry.objects.select_related("batch__runner"), pk=pk, batch__runner=request.user
    )
    if entry.status != ImportEntry.Status.WAITING:
        messages.success(request, "Nothing is asked about this table any more.")
        return redirect("members:import-batch", entry.batch_id)
    if "leave_out" in request.POST:
        tables.leave_out(entry, now=timezone.now())
        return redirect("members:import-batch", entry.batch_id)
    table = tables.table_of(entry)
    form = ColumnsForm(sent(request), table=table)
    wants_preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not wants_preview:
        for batch in tables.answer(entry, form.columns, now=timezone.now()):
            begin_import(batch)
        messages.success(request, "Thank you. Tables like this one are read by themselves now.")
        return redirect("members:import-batch", entry.batch_id)
    context = {"entry": entry, "form": form, "table": table, **_preview(request, form, table)}
    if wants_preview and request.htmx:
        return render(request, "members/_import_preview.html", context)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "members/import_columns.html", context, status=status)


def _preview(request: HttpRequest, form: ColumnsForm, table: UnknownTable) -> dict[str, Any]:
    """Return the first rows as they would be read, or why they cannot be."""
    columns: TableColumns | None = form.columns if form.is_bound else table.suggestion
    if columns is None:
        return {"rows": None}
    try:
        outcomes = preview(
            table, columns, default_time_zone=request.user.time_zone, now=timezone.now()
        )
    except WrongColumns as error:
        return {"rows": None, "why": str(error)}
    return {"rows": [_row(one, request.user) for one in outcomes]}


def _row(found: ParsedActivity | ActivityFileError, runner: User) -> dict[str, Any]:
    if isinstance(found, ActivityFileError):
        return {"refused": found.reason}
    clock = "" if found.day_only else f"{found.started_at.astimezone(runner.zone):%H:%M}"
    return {"found": found, "clock": clock}


@require_POST
def import_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask again about the next table of that kind."""
    get_object_or_404(layouts_of(request.user), pk=pk)
    tables.forget(request.user, pk)
    messages.success(request, "Forgotten. The next table of that kind is asked about again.")
    return redirect("members:import")
