"""People: who is here, in which team, with which role. Never who has linked what, nor when somebody was last here."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import codes, rules
from accounts.actions import deactivate_member, reactivate_member
from accounts.actions.invitations import invite, join_address, withdraw_invitation
from accounts.actions.people import LastAdministrator, change_member, make_team
from accounts.forms.people import InviteForm, MemberForm, TeamForm
from accounts.models import Invitation, Team, User
from accounts.ordering import in_order_of
from accounts.qr import qr_svg
from accounts.queries import by_name
from core import clock
from core.flow import ForbiddenMove, LostRace
from notifications.queries import mail_leaves

people_only = rules.require(rules.sees_people)
PER_PAGE = 50
MAIL_WAITS = gettext_lazy(
    "Mail is not set up here yet, so nothing has been sent: the mail waits until EMAIL_HOST is set (see README). "
    "A slip of paper works at once."
)


@require_safe
@people_only
def people(request: HttpRequest) -> HttpResponse:
    shown = {
        "page": Paginator(found(request), PER_PAGE).get_page(request.GET.get("page")),
        "search": request.GET.get("q", ""),
        "team": request.GET.get("team", ""),
        "gone": request.GET.get("gone") == "1",
        "teams": teams_by_name(),
        "open_invitations": Invitation.objects.filter(state="open").count(),
    }
    return render(request, "people/people.html", shown)


def found(request: HttpRequest) -> QuerySet[User]:
    members = User.objects.filter(is_active=request.GET.get("gone") != "1").select_related("team")
    search, team = request.GET.get("q", "").strip(), request.GET.get("team", "")
    if search:
        members = members.filter(Q(name__icontains=search) | Q(email__icontains=search))
    if team.isdecimal() and len(team) < 18:
        members = members.filter(team_id=team)
    return by_name(members)


def teams_by_name() -> QuerySet[Team]:
    size = Count("members", filter=Q(members__is_active=True))
    return Team.objects.annotate(size=size).order_by(in_order_of("name"))


@require_http_methods(["GET", "HEAD", "POST"])
@people_only
def member(request: HttpRequest, number: int) -> HttpResponse:
    person = get_object_or_404(User.objects.select_related("team", "manager"), pk=number)
    roles_too = rules.can_change_roles(request.user, person)
    form = MemberForm(
        request.POST or None, person=person, by_administrator=roles_too, initial={
            "team": person.team_id, "roles": person.roles, "profession": person.profession,
            "manager": person.manager, "away_until": person.away_until, "away_was": person.away_until,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        roles = form.cleaned_data.get("roles")
        try:
            change_member(actor=request.user, member=person, known=form.known, roles=roles, at=clock.now())
        except LastAdministrator:
            form.add_error("roles", _("This is the only administrator. Please make another one first."))
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": person.name})
            return redirect("accounts:member", number=person.pk)
    shown = {"form": form, "person": person, "may_deactivate": rules.can_deactivate(request.user, person)}
    return render(request, "people/member.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@people_only
def deactivate(request: HttpRequest, number: int) -> HttpResponse:
    person = get_object_or_404(User, pk=number)
    if person.pk == request.user.pk:
        sentence = _("Nobody deactivates themselves here. If you want to leave, your own profile has a way out.")
        return render(request, "403.html", {"sentence": sentence}, status=403)
    if not rules.can_deactivate(request.user, person):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "people/deactivate.html", {"person": person})
    try:
        deactivate_member(actor=request.user, member=person, at=clock.now())
    except LastAdministrator:
        messages.error(request, _("This is the only administrator. Please make another one first."))
        return redirect("accounts:member", number=person.pk)
    text = _("%(name)s is no longer active. Plans are taken back and accounts disconnected.")
    messages.success(request, text % {"name": person.name})
    return redirect("accounts:people")


@require_POST
@people_only
def reactivate(request: HttpRequest, number: int) -> HttpResponse:
    person = get_object_or_404(User, pk=number)
    if not rules.can_deactivate(request.user, person):
        raise PermissionDenied
    reactivate_member(actor=request.user, member=person, at=clock.now())
    messages.success(request, _("%(name)s is back.") % {"name": person.name})
    return redirect("accounts:member", number=person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@people_only
def invite_somebody(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, by_administrator=rules.is_administrator(request.user))
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "mail_leaves": mail_leaves()}
        return render(request, "people/invite.html", shown, status=422 if form.errors else 200)
    data = form.cleaned_data
    invitation, code = invite(
        actor=request.user,
        email=data["email"],
        name=data["name"],
        note=data["note"],
        team=data["team"],
        roles=data.get("roles"),
        at=clock.now(),
    )
    if invitation.email:
        say_it_leaves(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
        return redirect("accounts:invitations")
    return slip(request, invitation, code)


def say_it_leaves(request: HttpRequest, sentence: str) -> None:
    if mail_leaves():
        messages.success(request, sentence)
    else:
        messages.warning(request, MAIL_WAITS)


def slip(request: HttpRequest, invitation: Invitation, code: str) -> HttpResponse:
    """Shown once, since only a hash of the code is kept."""
    address = join_address(code)
    shown = {
        "invitation": invitation,
        "code": codes.shown(code),
        "page": settings.BASE_URL + reverse("accounts:find_invitation"),
        "qr": qr_svg(address),
    }
    return render(request, "people/slip.html", shown)


@require_POST
@people_only
def way_back(request: HttpRequest, number: int) -> HttpResponse:
    """For a member who lost every way to sign in: a slip on paper, or a mail where there is an address."""
    person = get_object_or_404(User, pk=number, is_active=True)
    if not rules.can_deactivate(request.user, person):
        raise PermissionDenied
    email = person.email if "by_mail" in request.POST else ""
    invitation, code = invite(actor=request.user, email=email or "", returning=person, at=clock.now())
    if invitation.email:
        say_it_leaves(request, _("A mail with a new way in is on its way to %(name)s.") % {"name": person.name})
        return redirect("accounts:member", number=person.pk)
    return slip(request, invitation, code)


@require_safe
@people_only
def invitations(request: HttpRequest) -> HttpResponse:
    rows = Invitation.objects.filter(state="open").select_related("team", "invited_by", "returning").order_by("-pk")
    return render(
        request, "people/invitations.html", {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    )


@require_POST
@people_only
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=number)
    try:
        withdraw_invitation(actor=request.user, invitation=invitation, at=clock.now())
        messages.success(request, _("The invitation is taken back."))
    except (ForbiddenMove, LostRace):
        messages.info(request, _("That invitation is used or over already."))
    return redirect("accounts:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
@people_only
def teams(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        team = make_team(actor=request.user, name=form.cleaned_data["name"], at=clock.now())
        messages.success(request, _("The team %(name)s is made.") % {"name": team.name})
        return redirect("accounts:teams")
    shown = {"form": form, "teams": teams_by_name()}
    return render(request, "people/teams.html", shown, status=422 if form.errors else 200)
