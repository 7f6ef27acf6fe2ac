"""A member's own pages: profile, working hours, ways to sign in, leaving."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rules
from accounts.actions import addresses, deactivate_member
from accounts.actions.people import LastAdministrator
from accounts.actions.profile import (
    choose_hours,
    choose_pace,
    choose_sign_in_name,
    end_other_sessions,
    save_profile,
)
from accounts.forms.profile import HoursForm, MailAddressForm, ProfileForm, SignInNameForm
from accounts.models import User
from accounts.queries import mail_comes_back
from accounts.views.linking import member_only
from core import clock
from notifications.queries import wishes_of

PLAIN = ("name", "job_title", "language", "country", "time_zone", "away_until", "counts_clicks", "skills")


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, request.FILES or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        save_profile(
            actor=request.user,
            changes={name: data[name] for name in PLAIN},
            photo=data["photo"],
            no_photo=data["no_photo"],
            at=clock.now(),
        )
        with override(data["language"]):
            messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    # A form that was refused has written into the member; the page shows who they still are.
    member = User.objects.get(pk=request.user.pk)
    shown = {
        "form": form,
        "member": member,
        "passkeys": Authenticator.objects.filter(user=member, type=Authenticator.Type.WEBAUTHN).count(),
        "mail_comes_back": mail_comes_back(member),
        "wishes": wishes_of(member),
    }
    return render(request, "accounts/profile.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def working_hours(request: HttpRequest) -> HttpResponse:
    form = HoursForm(request.POST or None, saved=request.user.working_hours, member=request.user)
    if request.method == "POST" and "none" in request.POST:
        choose_hours(actor=request.user, hours=None, at=clock.now())
        if form.is_valid():
            save_pace(request.user, form)
        messages.success(request, _("No hours are chosen now, so nothing reminds you of anything."))
        return redirect("accounts:profile")
    if request.method == "POST" and form.is_valid():
        choose_hours(actor=request.user, hours=form.cleaned_data["hours"], at=clock.now())
        save_pace(request.user, form)
        messages.success(request, _("Your working hours are saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/working_hours.html", {"form": form}, status=422 if form.errors else 200)


def save_pace(member: User, form: HoursForm) -> None:
    pause = form.cleaned_data["least_pause"]
    choose_pace(
        actor=member,
        keeps_to_hours=form.cleaned_data["keeps_to_hours"],
        least_pause=member.least_pause if pause is None else pause,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def change_mail(request: HttpRequest) -> HttpResponse:
    form = MailAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        addresses.ask_to_confirm(member=request.user, email=form.cleaned_data["email"], at=clock.now())
        text = _("We wrote to %(email)s. Your address changes when you confirm it there.")
        messages.info(request, text % {"email": form.cleaned_data["email"]})
        return redirect("accounts:profile")
    return render(request, "accounts/change_mail.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_mail(request: HttpRequest, key: str) -> HttpResponse:
    """The link of the mail; opening it changes nothing, its button does."""
    try:
        member, email = addresses.asked_for(key, clock.now())
        if request.method != "POST":
            return render(request, "accounts/confirm_mail.html", {"member": member, "email": email})
        addresses.confirm_address(key=key, at=clock.now())
    except addresses.CannotChange as error:
        return render(request, "accounts/mail_not_changed.html", {"sentence": error.sentence}, status=410)
    messages.success(request, _("Your address is %(email)s now.") % {"email": email})
    return redirect("accounts:profile" if rules.is_member(request.user) else "account_login")


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def sign_in_name(request: HttpRequest) -> HttpResponse:
    form = SignInNameForm(request.POST or None, initial={"sign_in_name": request.user.sign_in_name or ""})
    if request.method == "POST" and form.is_valid():
        try:
            choose_sign_in_name(actor=request.user, name=form.cleaned_data["sign_in_name"])
            messages.success(request, _("Your sign-in name is saved."))
            return redirect("accounts:profile")
        except addresses.CannotChange as error:
            form.add_error("sign_in_name", error.sentence)
    return render(request, "accounts/sign_in_name.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@member_only
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    end_other_sessions(actor=request.user, at=clock.now())
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("accounts:profile")


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def leave(request: HttpRequest) -> HttpResponse:
    """Leaving the programme, by one's own wish; the last administrator has to hand over first."""
    member = request.user
    if request.method != "POST":
        last = rules.is_administrator(member) and not other_administrators(member)
        return render(request, "accounts/leave_programme.html", {"last": last})
    try:
        deactivate_member(actor=member, member=member, at=clock.now())
    except LastAdministrator:
        return render(request, "accounts/leave_programme.html", {"last": True})
    logout(request)
    return render(request, "accounts/left.html")


def other_administrators(member: User) -> bool:
    others = User.objects.filter(is_active=True, roles__contains=["administrator"]).exclude(pk=member.pk)
    return others.exists()
