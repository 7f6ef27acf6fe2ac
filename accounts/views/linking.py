"""Connected accounts: what a member has linked, linking another, mending one, and letting go of it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts import rules
from accounts.abilities import abilities
from accounts.actions import LinkingRefused, unlink_account
from accounts.actions.dance import finish_dance, link_by_app_password, start_dance
from accounts.actions.linking import AlreadyLinked
from accounts.forms.linking import AddressForm, AppPasswordForm, HandleForm
from accounts.models import LinkedAccount
from accounts.qr import qr_svg
from accounts.queries import (
    connectors,
    is_real,
    linked_accounts,
    organisation,
    platforms,
    takes_app_password,
    why_not_usable,
)
from accounts.rights import rights_in_words
from accounts.sentences import translated
from connectors import registry
from connectors.base import Connector, ConnectorError
from core import clock

member_only = rules.require(rules.is_member)


@dataclass(frozen=True)
class AccountRow:
    account: LinkedAccount
    platform: str
    rights: str
    real: bool
    paused: bool
    can_revoke: bool


@require_safe
@member_only
def connected(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    rows = [row_of(account, at) for account in linked_accounts(request.user) if account.connector in connectors()]
    others = [(one, why) for one in connectors().values() if (why := why_not_usable(one))]
    shown = {"rows": rows, "platforms": platforms(), "others": others, "next": safe_next(request)}
    return render(request, "accounts/connected.html", shown)


def row_of(account: LinkedAccount, at: object) -> AccountRow:
    return AccountRow(
        account=account,
        platform=connectors()[account.connector].name,
        rights=get_text_list(rights_in_words(account.scopes), _("and")),
        can_revoke=connectors()[account.connector].can_revoke,
        real=is_real(account),
        paused=account.paused_until is not None and account.paused_until > at,
    )


@require_safe
@member_only
def connect(request: HttpRequest, connector: str) -> HttpResponse:
    """What happens next, and whatever has to be typed first. `?account=` mends that one."""
    platform = usable_or_404(connector)
    return connect_page(request, platform, form_for(request, platform)(), mended(request, connector))


def connect_page(
    request: HttpRequest, platform: Connector, form: object, relinks: LinkedAccount | None, status: int = 200
) -> HttpResponse:
    shown = {
        "platform": platform,
        "form": form,
        "relinks": relinks,
        "rights": rights_in_words(list(platform.scopes)),
        "facts": registry.facts_of(platform),
        "abilities": abilities(platform),
        "next": safe_next(request),
        "firm": organisation().name,
        "by_app_password": isinstance(form, AppPasswordForm),
        "may_by_app_password": takes_app_password(platform),
    }
    return render(request, "accounts/connect.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def start(request: HttpRequest, connector: str) -> HttpResponse:
    """Answers with a page that holds a plain link: a redirect of a form to another site is stopped by the browser."""
    platform = usable_or_404(connector)
    if request.method != "POST":
        return redirect("accounts:connect", connector=connector)
    relinks = mended(request, connector)
    form = form_for(request, platform)(request.POST)
    by_app_password = isinstance(form, AppPasswordForm)
    if not form.is_valid() and (by_app_password or not relinks):
        return connect_page(request, platform, form, relinks, status=422)
    try:
        if by_app_password:
            account = link_by_app_password(
                actor=request.user,
                connector=connector,
                handle=form.cleaned_data["handle"],
                app_password=form.cleaned_data["app_password"],
                relinks=relinks,
                at=clock.now(),
            )
            return linked(request, account, [], safe_next(request))
        url = start_dance(
            actor=request.user,
            connector=connector,
            typed=typed_in(form),
            return_to=safe_next(request),
            relinks=relinks,
            at=clock.now(),
        )
    except (LinkingRefused, ConnectorError) as error:
        form.add_error(None, translated(error.sentence))
        return connect_page(request, platform, form, relinks, status=422)
    elsewhere = address_elsewhere(connector, relinks)
    shown = {"platform": platform, "url": url, "relinks": relinks, "elsewhere": elsewhere, "qr": qr_svg(elsewhere)}
    return render(request, "accounts/leave.html", shown)


def address_elsewhere(connector: str, relinks: LinkedAccount | None) -> str:
    """Where the same begins on another device, after its own sign-in: a platform's app may take its page away here."""
    address = settings.BASE_URL + reverse("accounts:connect", args=[connector])
    return f"{address}?account={relinks.pk}" if relinks else address


@require_GET
@member_only
def callback(request: HttpRequest, connector: str) -> HttpResponse:
    """Where the platform sends the member back to, with a code or with a no."""
    platform = usable_or_404(connector)
    try:
        done = finish_dance(
            actor=request.user,
            connector=connector,
            state=request.GET.get("state", "")[:64],
            code=request.GET.get("code", ""),
            error=request.GET.get("error", ""),
            issuer=request.GET.get("iss", ""),
            at=clock.now(),
        )
    except AlreadyLinked as error:
        messages.info(request, error.sentence)
        return redirect("accounts:connected")
    except (LinkingRefused, ConnectorError) as error:
        return render(request, "accounts/not_linked.html", {"platform": platform, "sentence": error.sentence})
    return linked(request, done.account, done.lacking, done.return_to)


def linked(request: HttpRequest, account: LinkedAccount, lacking: list[str], return_to: str) -> HttpResponse:
    messages.success(request, _("%(handle)s is connected.") % {"handle": account.handle})
    if lacking:
        rights = ", ".join(rights_in_words(lacking))
        text = _("One thing was left out over there: %(rights)s. You can connect again to add it.")
        messages.warning(request, text % {"rights": rights})
    return redirect(return_to or "accounts:connected")


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def unlink(request: HttpRequest, number: int) -> HttpResponse:
    account = get_object_or_404(LinkedAccount.objects.exclude(state="unlinked"), pk=number)
    if not rules.can_unlink(request.user, account):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "accounts/unlink.html", {"row": row_of(account, clock.now())})
    unlink_account(actor=request.user, account=account, at=clock.now())
    text = _("%(handle)s is no longer connected. We have thrown its keys away.")
    messages.success(request, text % {"handle": account.handle})
    return redirect("accounts:connected")


def usable_or_404(key: str) -> Connector:
    platform = connectors().get(key)
    if platform is None or platform not in platforms():
        raise Http404
    return platform


def form_for(request: HttpRequest, platform: Connector) -> type:
    if takes_app_password(platform) and ("app_password" in request.POST or request.GET.get("with") == "app_password"):
        return AppPasswordForm
    if platform.asks_handle:
        return HandleForm
    return AddressForm if platform.needs_origin else NothingToType


def typed_in(form: Form) -> str:
    given = form.cleaned_data if form.is_valid() else {}
    return given.get("address") or given.get("handle") or ""


class NothingToType(AddressForm):
    address = None  # type: ignore[assignment]


def mended(request: HttpRequest, connector: str) -> LinkedAccount | None:
    """The account to connect again, if one is named. Somebody else's is not found."""
    number = request.POST.get("account") or request.GET.get("account") or ""
    if not number.isdecimal() or len(number) > 17:
        return None
    return get_object_or_404(LinkedAccount, pk=number, member=request.user, connector=connector)


def safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else ""
