from typing import Any

import pytest

from accounts import queries
from accounts.checks import token_keys_are_usable, tokens_can_be_opened
from accounts.models import LinkedAccount
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
