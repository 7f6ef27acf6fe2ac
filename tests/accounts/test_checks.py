from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts import queries
from accounts.actions.rotation import reseal_tokens
from accounts.checks import token_keys_are_usable, tokens_can_be_opened
from accounts.models import LinkedAccount, PlatformApp
from core.secrets import new_key
from tests.factories import LinkedAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(settings: Any):
    def use(*texts: str) -> None:
        settings.TOKEN_KEYS = list(texts)
        queries.keyring.cache_clear()

    yield use
    queries.keyring.cache_clear()


def test_start_is_refused_when_no_key_opens_the_tokens(settings: Any, keys: Any) -> None:
    old = settings.TOKEN_KEYS[0]
    LinkedAccountFactory()
    assert tokens_can_be_opened(None, databases=["default"]) == []
    keys(new_key())
    found = tokens_can_be_opened(None, databases=["default"])
    assert [error.id for error in found] == ["accounts.E002"]
    keys(new_key(), old)
    assert tokens_can_be_opened(None, databases=["default"]) == []


def test_an_unusable_key_is_said(keys: Any) -> None:
    keys("short")
    assert [error.id for error in token_keys_are_usable(None)] == ["accounts.E001"]
    keys()
    assert token_keys_are_usable(None)


def test_unlinked_accounts_stop_nothing(keys: Any) -> None:
    LinkedAccountFactory()
    LinkedAccount.objects.update(access="")
    keys(new_key())
    assert tokens_can_be_opened(None, databases=["default"]) == []


def test_after_sealing_again_the_old_key_can_go(settings: Any, keys: Any) -> None:
    old, new = settings.TOKEN_KEYS[0], new_key()
    account = LinkedAccountFactory(token="access", renewal="renewal", extra={"key": "k"})
    app = PlatformApp.objects.create(connector="x", client_id="a")
    app.client_secret = queries.keyring().seal("hush", about=f"platformapp:{app.pk}")
    app.save()
    keys(new, old)
    assert reseal_tokens() == (2, 0)
    assert reseal_tokens() == (0, 0)
    keys(new)
    queries.forget_kept()
    account.refresh_from_db()
    credentials = queries.credentials_of(account)
    assert (credentials.access, credentials.refresh, credentials.extra) == ("access", "renewal", {"key": "k"})
    assert queries.app_for("x").client_secret == "hush"


def test_what_no_key_opens_is_counted_and_left_alone(keys: Any) -> None:
    LinkedAccountFactory()
    keys(new_key())
    before = LinkedAccount.objects.get().access
    with pytest.raises(CommandError, match="keep the old keys"):
        call_command("reseal_tokens", skip_checks=True)
    assert LinkedAccount.objects.get().access == before
