"""The document that tells platforms who we are, and the key that shows it is us."""

from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.described import all_scopes, callback_address, described_app, on_this_machine
from accounts.models import PlatformApp
from accounts.queries import app_for, forget_kept, keyring, organisation
from connectors import dpop
from connectors.base import App, Connector
from connectors.pushed import client_document


def own_app(platform: Connector) -> App:
    """Our app as its document describes it. The key is made when it is first needed, and then kept: the sessions of
    all members stand on it."""
    app = app_for(platform.key)
    if app.client_secret or settings.SANDBOX or on_this_machine():
        return app
    with transaction.atomic():
        row, _made = PlatformApp.objects.select_for_update().get_or_create(connector=platform.key, origin="")
        about = f"platformapp:{row.pk}"
        if not row.client_secret:
            row.client_secret = keyring().seal(dpop.new_key(), about=about)
            row.save(update_fields=["client_secret"])
        key = keyring().open(row.client_secret, about=about)
    forget_kept()
    return described_app(platform, key)


def document_of(platform: Connector) -> dict[str, Any]:
    return client_document(
        own_app(platform),
        name=organisation().name or "Advocacy",
        redirect_uri=callback_address(platform.key),
        scopes=all_scopes(platform),
    )
