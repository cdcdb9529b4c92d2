"""Pages of accounts wear the site's look: one heading, nothing inline, no way to sign up alone."""

import re
from pathlib import Path

import plotly
import pytest
from allauth.account.models import EmailAddress
from django.template.loader import render_to_string
from django.urls import reverse

INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(\ssrc=|type=\"application/json\"))"
)

FOR_ANYBODY = """
    account_login account_request_login_code account_signup account_reset_password
    account_reset_password_done account_inactive
""".split()
FOR_MEMBERS = """
    account_change_password account_email account_logout mfa_index mfa_list_webauthn
    mfa_generate_recovery_codes account_reauthenticate mfa_activate_totp mfa_add_webauthn
""".split()


def assert_ours(answer):
    text = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert 'class="site"' in text
    assert not INLINE.search(text)
    assert "sign up" not in text.lower().replace("sign up closed", "").replace(
        "sign up is currently closed", ""
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOR_ANYBODY)
def test_for_anybody(client, name):
    assert_ours(client.get(reverse(name)))


@pytest.mark.parametrize("name", FOR_MEMBERS)
def test_for_members(client, runner, name):
    runner.set_password("a long enough phrase")
    runner.save()
    EmailAddress.objects.create(user=runner, email=runner.email, verified=True, primary=True)
    client.post(
        reverse("account_login"), {"login": runner.email, "password": "a long enough phrase"}
    )
    assert_ours(client.get(reverse(name), follow=True))


@pytest.mark.django_db
def test_a_wrong_password_is_said_at_the_form_and_the_address_stays(client):
    answer = client.post(reverse("account_login"), {"login": "a@example.org", "password": "wrong"})
    text = answer.content.decode()
    assert "not correct" in text
    assert 'value="a@example.org"' in text
    assert 'role="alert"' in text


def test_logging_in_goes_straight_to_the_page(client, runner):
    runner.set_password("a long enough phrase")
    runner.save()
    EmailAddress.objects.create(user=runner, email=runner.email, verified=True, primary=True)
    fields = {"login": runner.email, "password": "a long enough phrase"}
    page = client.post(reverse("account_login"), fields, follow=True)
    assert page.redirect_chain[-1][0] == "/"
    assert list(page.context["messages"]) == []


@pytest.mark.django_db
def test_nobody_signs_up_alone(client, django_user_model):
    fields = {
        "email": "new@example.org",
        "password1": "a long phrase",
        "password2": "a long phrase",
    }
    text = client.post(reverse("account_signup"), fields).content.decode()
    assert "Sign Up Closed" in text
    assert not django_user_model.objects.exists()


def test_plotly_finds_the_elements_that_keep_it_from_writing_styles(rf):
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    code = script.read_text(encoding="utf-8")
    page = render_to_string("ui/charts.html")
    wanted = set(re.findall(r'getElementById\("([0-9a-f]{64})"\)', code))
    assert wanted
    for one in wanted:
        assert f'id="{one}"' in page
    assert 'id="plotly.js-style-global"' in page
    assert "no-inline-styles" in code
