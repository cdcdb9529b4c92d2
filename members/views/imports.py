"""Taking in activity files. Everything is looked up through the runner."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members.forms import sent
from members.forms.imports import ImportForm
from members.services.imports import Import


@require_http_methods(["GET", "HEAD", "POST"])
def import_files(request: HttpRequest) -> HttpResponse:
    """Take in files; the answer lists each of them with what became of it."""
    form = ImportForm(sent(request), request.FILES)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return render(request, "members/import.html", {"form": form}, status=status)
    incoming = Import(request.user, now=timezone.now())
    results = [
        result
        for upload in form.cleaned_data["files"]
        for result in incoming.take(name=upload.name, content=upload.read())
    ]
    incoming.close()
    counts = Counter(result.status for result in results)
    context = {"form": ImportForm(), "results": results, "counts": dict(counts)}
    nothing_read = set(counts) <= {"failed"}
    return render(request, "members/import.html", context, status=422 if nothing_read else 200)
