"""What people type."""

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, None where nothing was: an empty POST is a form left empty."""
    return request.POST if request.method == "POST" else None
