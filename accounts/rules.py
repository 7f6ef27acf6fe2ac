"""Who may do what with people and settings; and `require`, which guards a page by one of these."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import queries
from accounts.models import User
from core import clock

# A phone stays signed in for ninety days; the rights of a role are asked for again after this.
ROLE_RIGHTS_LAST = timedelta(hours=12)
PROVED_AT = "proved_at"

Predicate = Callable[[Any], bool]


def is_member(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def is_curator(user: Any) -> bool:
    return has_role(user, "curator")


def is_hr(user: Any) -> bool:
    return has_role(user, "hr")


def is_administrator(user: Any) -> bool:
    return has_role(user, "administrator")


def reads_words(user: Any) -> bool:
    """The approver of members' own words, and the deputy. It comes with no other right."""
    return is_member(user) and user in queries.words_readers()


def sees_people(user: Any) -> bool:
    return is_hr(user) or is_administrator(user)


def may_quieten(user: Any) -> bool:
    """Either of two roles alone: whoever notices first that everything should wait need not find anybody. An
    administrator may too."""
    return is_curator(user) or is_hr(user) or is_administrator(user)


def has_role(user: Any, role: str) -> bool:
    return is_member(user) and role in user.roles


def can_change_roles(actor: User, member: User) -> bool:
    return is_administrator(actor) and member.is_active


def can_deactivate(actor: User, member: User) -> bool:
    """Not oneself; and an administrator only by an administrator."""
    if not sees_people(actor) or actor.pk == member.pk:
        return False
    return is_administrator(actor) or "administrator" not in member.roles


def can_invite(actor: User, roles: list[str], returning: User | None) -> bool:
    """Roles are given by administrators only; and a way back to an account by who may also close it."""
    if returning is not None:
        return can_deactivate(actor, returning)
    return is_administrator(actor) if roles else sees_people(actor)


def can_unlink(actor: User, account: Any) -> bool:
    return bool(actor.pk == account.member_id)


def proved_lately(request: HttpRequest, within: timedelta = ROLE_RIGHTS_LAST) -> bool:
    """Whether this session's person has shown who they are lately; for the rights of a role, in the last twelve
    hours."""
    proved_at = request.session.get(PROVED_AT)
    age = clock.now().timestamp() - proved_at if isinstance(proved_at, int | float) else None
    return age is not None and age < within.total_seconds()


def require(predicate: Predicate) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a view: signed out goes to sign-in, without the right gets a 403 page, long signed in is asked again."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not is_member(request.user):
                return signed_out(request)
            if not predicate(request.user):
                raise PermissionDenied
            if predicate is not is_member and not proved_lately(request):
                return elsewhere(request, f"{reverse('accounts:again')}?{urlencode({'next': place_of(request)})}")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def place_of(request: HttpRequest) -> str:
    """Where to come back to: the page itself, or for a POST or a part of a page the page it was sent from."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    sent_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    own = f"{request.scheme}://{request.get_host()}"
    return sent_from.removeprefix(own) if sent_from.startswith(f"{own}/") else request.get_full_path()


def signed_out(request: HttpRequest) -> HttpResponse:
    response = redirect_to_login(place_of(request))
    return elsewhere(request, response["Location"])


def elsewhere(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect of the whole page, also where htmx asked for a part of it."""
    if not request.headers.get("HX-Request"):
        return redirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response
