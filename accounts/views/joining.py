"""The page of an invitation. Opening it, by a person or by a mail scanner, uses nothing up."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.addresses import ask_to_confirm
from accounts.actions.invitations import CannotJoin, Joining, accept_invitation, invitation_of, why_not
from accounts.forms.joining import JoinForm
from accounts.models import Invitation, User
from core import clock

RESERVED = "joining_as"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """For a code typed from a slip of paper."""
    typed = request.POST.get("code", "")
    if request.method == "POST":
        if not why_not(invitation_of(typed), clock.now()):
            return redirect("accounts:join", code=typed.strip())
        sentence = why_not(invitation_of(typed), clock.now())
        return render(request, "accounts/find_invitation.html", {"sentence": sentence, "typed": typed}, status=422)
    return render(request, "accounts/find_invitation.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    invitation = invitation_of(code)
    sentence = why_not(invitation, clock.now())
    if invitation is None or sentence:
        return render(request, "accounts/cannot_join.html", {"sentence": sentence}, status=410)
    if request.user.is_authenticated:
        return render(request, "accounts/join_signed_in.html", {"invitation": invitation})
    form = form_for(request, invitation)
    if request.method != "POST" or not form.is_valid() or not passkey_is_good(request, form):
        status = 422 if form.errors else 200
        return render(
            request, "accounts/join.html", {"form": form, "invitation": invitation, "code": code}, status=status
        )
    return come_in(request, invitation, form)


def form_for(request: HttpRequest, invitation: Invitation) -> JoinForm:
    language = get_language() or "en"
    returning = invitation.returning
    return JoinForm(
        request.POST or None,
        has_address=bool(returning.email if returning else invitation.email),
        returning=returning is not None,
        initial={"name": invitation.name, "language": language.partition("-")[0]},
    )


def come_in(request: HttpRequest, invitation: Invitation, form: JoinForm) -> HttpResponse:
    data = form.cleaned_data
    joining = Joining(
        name=data.get("name", ""),
        password=data["password"] or None,
        passkey=data.get("credential"),
        sign_in_name=data.get("sign_in_name", ""),
        language=data.get("language", "en"),
        reserved_pk=request.session.pop(RESERVED, None) if data.get("credential") else None,
    )
    try:
        member = accept_invitation(invitation=invitation, joining=joining, at=clock.now())
    except CannotJoin as error:
        return render(request, "accounts/cannot_join.html", {"sentence": error.sentence}, status=409)
    if data.get("private_email"):
        ask_to_confirm(member=member, email=data["private_email"], at=clock.now())
    record_authentication(request, member, method="invitation")
    return perform_login(request, member, email_verification="none", redirect_url="/")


def passkey_is_good(request: HttpRequest, form: JoinForm) -> bool:
    """Check the registration the browser sent against the challenge in this session."""
    credential = form.cleaned_data.get("credential")
    if not credential:
        return True
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        form.add_error(None, _("The passkey was not completed. Please try once more, or choose a password."))
        return False
    return True


@never_cache
@require_POST
def passkey_options(request: HttpRequest, code: str) -> HttpResponse:
    """What the browser needs to make a passkey. The member's number is set aside, since the passkey carries it."""
    invitation = invitation_of(code)
    if invitation is None or why_not(invitation, clock.now()):
        return JsonResponse({}, status=410)
    if invitation.returning:
        member = invitation.returning
    else:
        member = User(pk=next_number(), name=request.POST.get("name", "").strip()[:120] or invitation.name or "…")
        request.session[RESERVED] = member.pk
    return JsonResponse({"creation_options": webauthn.begin_registration(member, True)})


def next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('accounts_user', 'id'))")
        return int(cursor.fetchone()[0])
