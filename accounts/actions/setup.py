"""A firm's first run: the organisation, its first administrator, a platform and a few invitations, all or nothing."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts import codes, places
from accounts.actions.invitations import invite
from accounts.actions.people import administrators
from accounts.models import Organisation, PlatformApp, User
from accounts.queries import forget_kept, keyring
from core import audit


def is_set_up() -> bool:
    return User.objects.filter(administrators()).exists()


def code_file() -> Path:
    return Path(settings.DATA_DIR) / "setup-code"


def setup_code() -> str:
    """The one-time code that guards the set-up page: `up` prints it. Made when it is first asked for."""
    path = code_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(codes.shown(codes.paper_code()) + "\n")
    return path.read_text().strip()


def code_is_right(typed: str) -> bool:
    path = code_file()
    known = codes.normalised(path.read_text()) if path.exists() else ""
    return bool(known) and secrets.compare_digest(known, codes.normalised(typed))


def set_up(*, answers: dict[str, Any], at: datetime) -> User | None:
    """Do what the set-up page was told. None when somebody else was first."""
    with transaction.atomic():
        # Two people with the code at once: the second waits here and finds an administrator.
        firm = Organisation.objects.select_for_update().order_by("pk").first() or Organisation.objects.create()
        if is_set_up():
            return None
        save_firm(firm, answers, at)
        administrator = User.objects.create_user(
            email=answers["admin_email"], password=answers["admin_password"], name=answers["admin_name"],
            roles=["administrator", "hr", "curator"], country=firm.country, time_zone=firm.time_zone,
            language=firm.languages[0], joined_at=at,
        )  # fmt: skip
        if answers.get("platform"):
            register_platform(
                connector=answers["platform"], client_id=answers["client_id"], client_secret=answers["client_secret"]
            )
        for email in filter(None, (answers.get(f"invite_{number}") for number in (1, 2, 3))):
            invite(actor=administrator, email=email, at=at)
        audit.record(actor=administrator, kind="organisation.set_up", about=f"organisation:{firm.pk}", at=at)
    forget_kept()
    code_file().unlink(missing_ok=True)
    return administrator


def save_firm(firm: Organisation, answers: dict[str, Any], at: datetime) -> None:
    firm.name, firm.accent, firm.country = answers["name"], answers["accent"], answers["country"]
    firm.languages, firm.set_up_at = answers["languages"], at
    firm.time_zone = places.CAPITAL_ZONES[firm.country]
    if answers.get("logo"):
        firm.logo.save("logo.png", answers["logo"], save=False)
    firm.save()


def register_platform(*, connector: str, client_id: str, client_secret: str) -> PlatformApp:
    """Save our registration; the secret is sealed to its row. Empty ids switch on a platform that needs none."""
    app, _made = PlatformApp.objects.get_or_create(connector=connector, origin="")
    app.enabled = True
    if client_id:
        app.client_id = client_id
        app.client_secret = keyring().seal(client_secret, about=f"platformapp:{app.pk}")
    app.save()
    forget_kept()
    return app
