"""One's own data: download everything, bring it back, delete the account."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dashboards.forms.data import EraseForm, RestoreForm
from dashboards.models import DataExport
from dashboards.services import data_exports
from dashboards.services.erasing import clubs_without_another_admin, erase, what_goes
from dashboards.services.export_reader import NotAnExport, read_export
from dashboards.services.restore import RestoreRefused, restore
from dashboards.tasks import write_export
from members.forms import sent
from members.forms.refusals import refusals_on
from members.tasks import enqueue_on_commit

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What one may do with one's data, and the download where there is one."""
    found = data_exports.file_of(request.user, now=timezone.now())
    waiting = None if found else DataExport.objects.filter(user=request.user).first()
    context = {
        "export": found[0] if found else None,
        "is_waiting": waiting is not None and waiting.state != DataExport.State.READY,
    }
    part = request.htmx and request.htmx.target == "download"
    template = "dashboards/_my_data_download.html" if part else "dashboards/my_data.html"
    return render(request, template, context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Write the download at once where it is small, else as a job."""
    now = timezone.now()
    export = data_exports.ask_for_export(request.user, now=now)
    if not data_exports.is_small(request.user):
        enqueue_on_commit(write_export, export.pk)
        messages.info(request, "Your download is being written.")
    elif data_exports.write_now(export.pk, now=now):
        messages.success(request, "Your download is ready.")
    return redirect("dashboards:my-data")


@never_cache
@require_safe
def download(request: HttpRequest) -> FileResponse:
    """Hand the file to its owner, and to nobody else."""
    found = data_exports.file_of(request.user, now=timezone.now())
    if found is None:
        raise Http404("There is no download, or it has expired.")
    export, path = found
    name = f"surefoot-{request.user.today(now=export.ready_at).isoformat()}.zip"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )


@READ_OR_POST
def restore_page(request: HttpRequest) -> HttpResponse:
    """Bring a download back; the answer says what became of each table."""
    form = RestoreForm(sent(request), request.FILES)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            export = read_export(form.cleaned_data["file"].read())
            context["outcome"] = restore(request.user, export, now=timezone.now())
            context["form"] = RestoreForm()
            return render(request, "dashboards/data_restore.html", context)
        except NotAnExport as error:
            form.add_error("file", str(error))
        except RestoreRefused as error:
            form.add_error("file", "Nothing was restored: something in it is wrong.")
            context["problems"] = error.problems
    status = 422 if request.method == "POST" else 200
    return render(request, "dashboards/data_restore.html", context, status=status)


@never_cache
@READ_OR_POST
@reauthentication_required
def erase_page(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, and delete once the address is typed again."""
    person, now = request.user, timezone.now()
    form = EraseForm(sent(request), person=person)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            erase(person, now=now)
            logout(request)
            messages.success(request, "Your account and everything in it is deleted.")
            return redirect("account_login")
    context = {
        "form": form,
        "goes": what_goes(person),
        "stranded": clubs_without_another_admin(person),
        "has_download": data_exports.file_of(person, now=now) is not None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "dashboards/data_erase.html", context, status=status)
