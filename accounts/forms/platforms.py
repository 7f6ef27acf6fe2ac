from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format, number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import budgets
from accounts.described import callback_address
from accounts.models import PlatformApp
from accounts.queries import connectors
from connectors.base import Connector, ConnectorError, Limit
from core import clock


class PlatformForm(forms.ModelForm):  # type: ignore[type-arg]
    """Our registration at a platform, or a switch for one that needs none."""

    connector = forms.ChoiceField(label=_("Platform"))
    origin = forms.CharField(
        label=_("Server"),
        max_length=200,
        required=False,
        help_text=_("Only for Mastodon, and made by itself when a member connects there first. Empty for the others."),
    )
    enabled = forms.BooleanField(label=_("Members may connect it"), required=False, initial=True)
    client_id = forms.CharField(label=_("Client ID"), max_length=300, required=False)
    new_secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Write-only: it is sealed when saved and never shown again. Empty leaves it as it is."),
    )

    class Meta:
        model = PlatformApp
        fields = ["connector", "origin", "enabled", "client_id", "monthly_budget", "paused_until", "pause_reason"]
        labels = {
            "monthly_budget": _("Money for posts, a month"),
            "paused_until": _("Send nothing there until"),
            "pause_reason": _("Why"),
        }
        help_texts = {
            "paused_until": _("Set by itself when the platform asks everybody here to wait. Empty means: no pause."),
            "pause_reason": _("What the platform said, or your own note."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(key, one.name) for key, one in connectors().items()]
        self.fields["connector"].choices = [("", "---------"), *names]  # type: ignore[attr-defined]
        self.fields["client_id"].help_text = redirect_help()
        platform = None if self.instance.origin else connectors().get(self.instance.connector or self._asked_for())
        self.limits = list(platform.limits) if platform else []
        for limit in self.limits:
            self.fields[f"limit_{limit.name}"] = limit_field(limit, self.instance.lowered.get(limit.name))
        if platform and platform.prices:
            self.fields["monthly_budget"].help_text = budget_help(platform, clock.now())
        elif platform or self.instance.pk:
            del self.fields["monthly_budget"]
        else:
            self.fields["monthly_budget"].help_text = charging_help()

    def _asked_for(self) -> str:
        """The platform of a registration that is just being typed, or that a link of ours asked for."""
        return str(self.data.get("connector") or self.initial.get("connector") or "")

    def save(self, commit: bool = True) -> Any:
        given = {limit.name: self.cleaned_data.get(f"limit_{limit.name}") for limit in self.limits}
        self.instance.lowered = {name: number for name, number in given.items() if number is not None}
        return super().save(commit)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        platform = connectors().get(data.get("connector", ""))
        if platform and platform.describes_itself and (data.get("client_id") or data.get("new_secret")):
            text = _now("%(name)s asks for no registration; our key for it is made by itself. Please leave this empty.")
            self.add_error("client_id", text % {"name": platform.name})
        if platform and not platform.prices and self.data.get("monthly_budget"):
            text = _now("%(name)s charges nothing for posts, so it needs no money for them.")
            self.add_error(None, text % {"name": platform.name})
        if platform and data.get("origin"):
            if not platform.needs_origin:
                text = _now("%(name)s has no servers of its own to choose from. Please leave this empty.")
                self.add_error("origin", text % {"name": platform.name})
                return data
            try:
                data["origin"] = platform.normalise_origin(data["origin"])
            except ConnectorError as error:
                self.add_error("origin", ValidationError(error.sentence))
        return data


def limit_field(limit: Limit, lowered: int | None) -> forms.IntegerField:
    """Administrators may allow less than the platform does, never more."""
    per = {"account": _now("for each account"), "server": _now("for each server"), "app": _now("for all of us")}
    minutes = int(limit.window.total_seconds() // 60)
    window = _now("in 24 hours") if minutes == 1440 else _now("in %(n)s minutes") % {"n": minutes}
    return forms.IntegerField(
        label=_now("At most, %(what)s %(per)s %(window)s")
        % {"what": limit.counts, "per": per[limit.per], "window": window},
        min_value=0,
        max_value=limit.allowed,
        required=False,
        initial=lowered,
        help_text=_now("Empty: %(allowed)s, as many as the platform takes. What is more waits for its turn.")
        % {"allowed": number_format(limit.allowed, force_grouping=True)},
    )


def budget_help(platform: Connector, at: datetime) -> str:
    """What a post costs, by whose word, and what this month has cost so far."""
    prices = platform.prices
    assert prices is not None
    money = budgets.money(platform.key, at=at)
    used = budgets.shown(money.taken if money else 0, prices.currency)
    return _now(
        "In %(currency)s. A post with a link costs %(link)s, one without %(plain)s (%(source)s, %(date)s). Without a "
        "budget nothing is posted there for members: they get the words to post by hand, which is free. Used this "
        "month: %(used)s."
    ) % {
        "currency": prices.currency, "link": budgets.shown(prices.post_with_link, prices.currency),
        "plain": f"{prices.post / 1000:.3f} {prices.currency}", "source": prices.source,
        "date": date_format(prices.read_on), "used": used,
    }  # fmt: skip


def charging_help() -> str:
    """Before a platform was chosen: where money is wanted at all."""
    names = ", ".join(one.name for one in connectors().values() if one.prices)
    return _now("Only where posts cost money: %(names)s. Leave it empty for the others.") % {"names": names}


def redirect_help() -> SafeString:
    """The address a platform's developer page asks for, for each that has such a page."""
    registered = [one for one in connectors().values() if not one.needs_origin and not one.describes_itself]
    return _now("From the platform's developer page, which wants this redirect address:") + format_html_join(
        "", " {}: {}", ((one.name, callback_address(one.key)) for one in registered)
    )
