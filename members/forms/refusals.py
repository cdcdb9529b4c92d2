"""What a service refuses, said where the person typed it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import Form


def add_errors(form: Form, error: ValidationError) -> None:
    """Put a service's refusal at its field, or above the form where the field is not shown."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    for field, found in by_field.items():
        form.add_error(field if field in form.fields else None, ValidationError(found))


@contextmanager
def refusals_on(form: Form) -> Iterator[None]:
    """Leave the block at a service's refusal, with the refusal on the form."""
    try:
        yield
    except ValidationError as error:
        add_errors(form, error)
