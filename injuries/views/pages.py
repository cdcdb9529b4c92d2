"""What the pages of this app have in common."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

form_page = require_http_methods(["GET", "HEAD", "POST"])


def show_form(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """Show a form; one that was sent and not accepted answers 422 with everything kept."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **context}, status=status)
