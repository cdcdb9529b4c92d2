"""What Django and our services refuse, as the API's answer in JSON."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig, ValidationError
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler


class BodyTooLarge(APIException):
    """More than any of our answers needs."""

    status_code = 413
    default_detail = "This is more than 2 MB."
    default_code = "too_large"


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Do what DRF does; a service's ValidationError is a 400 tied to its fields."""
    if isinstance(error, RequestDataTooBig):
        error = BodyTooLarge()
    if isinstance(error, ValidationError):
        error = serializers.ValidationError(_by_field(error))
    return exception_handler(error, context)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    if not hasattr(error, "error_dict"):
        return {"detail": error.messages}
    return {
        "detail" if field == NON_FIELD_ERRORS else field: sentences
        for field, sentences in error.message_dict.items()
    }
