"""The way back to where a small form stood."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def back_or(request: HttpRequest, url_name: str) -> str:
    """Return the `next` of the form where it stays on this site, else the named page."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse(url_name)
