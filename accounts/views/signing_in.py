"""Signing in by mail, and showing once more who one is. Password and passkey are allauth's pages."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rules
from accounts.actions.sign_in import (
    LASTS,
    is_open,
    mail_sign_in,
    member_of,
    row_of_token,
    use_code,
    use_token,
)
from accounts.forms.signing_in import CodeForm, MailForm, PasswordForm
from accounts.limits import allowed
from accounts.models import SignInMail, User
from accounts.views.linking import safe_next
from core import clock

HOUR = timedelta(hours=1)
MAILS_AN_HOUR, MAILS_AN_HOUR_FROM_ONE_PLACE = 5, 30
WRONG_PASSWORDS = 10
WORDS_TYPED = "opened_words"  # of the session: what somebody wrote before signing in, by story


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_mail(request: HttpRequest) -> HttpResponse:
    """Send a mail to sign in with. Whether anybody has the address is not told."""
    form = MailForm(request.POST or None, initial={"login": request.GET.get("login", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/ask_for_mail.html", {"form": form, "next": safe_next(request)})
    typed = form.cleaned_data["login"].strip()
    if not may_send(request, typed):
        form.add_error(None, _("That were many mails in one hour. Please wait a while, or use the last one."))
        return render(request, "accounts/ask_for_mail.html", {"form": form, "next": safe_next(request)}, status=429)
    row = mail_sign_in(typed=typed, return_to=safe_next(request), at=clock.now())
    return redirect("accounts:mail_code", key=row.key)


def may_send(request: HttpRequest, typed: str) -> bool:
    """Counted by member where there is one: an address can be typed in many ways that mean the same."""
    place = get_adapter(request).get_client_ip(request)
    member = member_of(typed)
    return allowed(
        "sign-in-mail", str(member.pk) if member else typed.lower(), times=MAILS_AN_HOUR, within=HOUR
    ) and allowed("sign-in-mail-from", place, times=MAILS_AN_HOUR_FROM_ONE_PLACE, within=HOUR)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest, key: str) -> HttpResponse:
    """The page that waits for the code, in any browser and as often as it is opened."""
    row = get_object_or_404(SignInMail, key=key)
    if rules.is_member(request.user) and request.user.pk == row.member_id and row.used_at:
        return redirect(row.return_to or "/")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = use_code(row=row, typed=form.cleaned_data["code"], at=clock.now())
        if member:
            return let_in(request, member, row)
        row.refresh_from_db()
        if is_open(row, clock.now()):
            form.add_error("code", _("That is not the code. Please look at the newest mail."))
    shown = {"form": form, "row": row, "open": is_open(row, clock.now()), "minutes": int(LASTS.total_seconds() // 60)}
    shown["words_wait"] = bool(request.session.get(WORDS_TYPED))
    return render(request, "accounts/type_code.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_button(request: HttpRequest, token: str) -> HttpResponse:
    """The button of the mail. Opening it shows who and one button, because mail scanners open links too."""
    row = row_of_token(token)
    if row is None or row.member is None or not is_open(row, clock.now()):
        return render(request, "accounts/mail_is_over.html", {"used": bool(row and row.used_at)}, status=410)
    if request.method != "POST":
        return render(request, "accounts/mail_button.html", {"member": row.member})
    member = use_token(row=row, at=clock.now())
    if member is None:
        return render(request, "accounts/mail_is_over.html", {"used": True}, status=410)
    return let_in(request, member, row)


def let_in(request: HttpRequest, member: User, row: SignInMail) -> HttpResponse:
    if rules.is_member(request.user) and request.user.pk == member.pk:
        record_authentication(request, member, method="mail", reauthenticated=True)
        return redirect(row.return_to or "/")
    record_authentication(request, member, method="mail")
    return perform_login(request, member, email_verification="none", redirect_url=row.return_to or "/")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rules.require(rules.is_member)
def again(request: HttpRequest) -> HttpResponse:
    """Who has rights over others shows once more who they are; then back to where they were going."""
    member, target = request.user, safe_next(request) or "/"
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and "by_mail" in request.POST:
        return mail_again(request, member, target)
    typed = request.method == "POST" and member.has_usable_password() and form.is_valid()
    if typed and password_is_right(member, form):
        record_authentication(request, member, method="password", reauthenticated=True)
        return redirect(target)
    passkeys = Authenticator.objects.filter(user=member, type=Authenticator.Type.WEBAUTHN).exists()
    return render(request, "accounts/again.html", {"form": form, "next": target, "passkeys": passkeys})


def password_is_right(member: User, form: forms.Form) -> bool:
    if not allowed("password-again", str(member.pk), times=WRONG_PASSWORDS, within=HOUR):
        form.add_error("password", _("That were many tries. Please wait an hour, or use a mail."))
        return False
    if member.check_password(form.cleaned_data["password"]):
        return True
    form.add_error("password", _("That is not your password."))
    return False


def mail_again(request: HttpRequest, member: User, target: str) -> HttpResponse:
    if not member.email or not may_send(request, member.email):
        return redirect("accounts:again")
    row = mail_sign_in(typed=member.email, return_to=target, at=clock.now())
    return redirect("accounts:mail_code", key=row.key)


@require_safe
def sign_in_help(request: HttpRequest) -> HttpResponse:
    """What to do after losing a passkey, a password or an address."""
    return render(request, "accounts/help.html")
