"""What an answered form says."""


def messages(response):
    return [str(message) for message in response.context["messages"]]


def assert_refused(response, field, error, typed):
    """Said at its field, with all that was typed still in the form."""
    form = response.context["form"]
    assert response.status_code == 422
    assert {name: found[0][: len(error)] for name, found in form.errors.items()} == {field: error}
    assert {name: form[name].value() for name in typed} == typed
