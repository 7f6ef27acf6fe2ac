import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from advocacy.production import refuse_unsafe_production
from advocacy.up.lint import production_like
from tests.advocacy.processes import ROOT

GOOD = {
    "base_url": "https://advocacy.example.org",
    "sandbox_url": "",
    "secret_key": "an-honest-and-long-enough-key-of-fifty-characters-0123456789",
    "token_keys": ["key"],
}


def test_a_proper_installation_is_let_through() -> None:
    refuse_unsafe_production(**GOOD)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"base_url": "http://advocacy.example.org"}, "must begin with https://"),
        ({"base_url": "http://127.0.0.1:8000"}, "must begin with https://"),
        ({"sandbox_url": "http://127.0.0.1:8001"}, "Stand-in platforms have no place in production"),
        ({"secret_key": "short"}, "SECRET_KEY is too weak"),
        ({"secret_key": "a" * 60}, "SECRET_KEY is too weak"),
        ({"link_url": "http://go.example.org"}, "LINK_URL is"),
        ({"token_keys": []}, "TOKEN_KEYS is not set"),
    ],
)
def test_an_unsafe_default_fails_loudly(change: dict, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        refuse_unsafe_production(**GOOD | change)


def printed(statement: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    program = f"from django.conf import settings as s; {statement}"
    return subprocess.run(
        [sys.executable, "-c", program], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_cookies_of_production_travel_only_over_https(tmp_path) -> None:
    done = printed(
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.SECURE_HSTS_SECONDS)",
        production_like(str(tmp_path)),
    )
    assert done.stdout == "__Host-session True __Host-csrf 31536000\n"


def test_a_sandbox_address_stops_production_from_starting(tmp_path) -> None:
    done = printed("s.DEBUG", {**production_like(str(tmp_path)), "SANDBOX_URL": "http://127.0.0.1:8001"})
    assert done.returncode != 0
    assert "Stand-in platforms have no place in production" in done.stderr


def test_two_checkouts_on_one_machine_do_not_sign_each_other_out(tmp_path) -> None:
    names = {
        printed("print(s.SESSION_COOKIE_NAME)", {**os.environ, "LOCAL": "1", "DATA_DIR": str(tmp_path / name)}).stdout
        for name in ("one", "other")
    }
    assert len(names) == 2
