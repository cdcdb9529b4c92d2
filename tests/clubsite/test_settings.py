"""What follows from SITE_URL alone."""

import json
import os
import subprocess
import sys

import pytest
from allauth.account.adapter import get_adapter

SHOW = """
import json
from django.conf import settings as s
print(json.dumps([s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,
                  s.SECURE_HSTS_SECONDS, s.ALLAUTH_TRUSTED_PROXY_COUNT]))
"""


def settings_with(tmp_path, **env):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {"DJANGO_SETTINGS_MODULE": "clubsite.settings", "VAR_DIR": str(tmp_path)} | kept | env
    done = subprocess.run(
        [sys.executable, "-c", SHOW], env=env, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_https_means_a_proxy(tmp_path):
    found = settings_with(tmp_path, SITE_URL="https://club.example.org")
    assert found == [["club.example.org"], True, True, 31_536_000, 1]


def test_http_means_none(tmp_path):
    found = settings_with(tmp_path, SITE_URL="http://10.0.0.5:8000")
    assert found == [["10.0.0.5", "127.0.0.1", "localhost", "[::1]"], False, False, 0, 0]


def test_more_proxies_and_names_can_be_said(tmp_path):
    found = settings_with(
        tmp_path, SITE_URL="https://a.example", EXTRA_HOSTS="b.example", TRUSTED_PROXIES="2"
    )
    assert found == [["a.example", "b.example"], True, True, 31_536_000, 2]


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "5.6.7.8")])
def test_login_attempts_are_counted_by_what_the_proxy_wrote(proxies, address, rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", headers={"x-forwarded-for": "1.2.3.4, 5.6.7.8"})
    assert get_adapter().get_client_ip(request) == address
