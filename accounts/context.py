"""What the shell shows of the firm and of the member who looks: see the top of templates/base.html."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Organisation, User
from accounts.queries import organisation, quiet_time, reader_mark
from core import clock
from core.shell import parts


def shown_organisation() -> parts.Organisation:
    return shell_of(organisation())


def shell_of(firm: Organisation) -> parts.Organisation:
    return parts.Organisation(name=firm.name, logo=firm.logo.url if firm.logo else "", accent=firm.accent)


def firm_and_member(request: HttpRequest) -> dict[str, Any]:
    member = getattr(request, "user", None)
    shown: dict[str, Any] = {"organisation": shown_organisation(), "me": None, "nav": []}
    shown |= {"quiet": None, "quiet_banner": None}
    if member is not None and rules.is_member(member):
        # Asked for only by a page that shows it.
        shown["quiet"] = partial(quiet_time, clock.now())
        shown["quiet_banner"] = shown["quiet"] if rules.may_quieten(member) else None
        shown["me"] = me_of(member, request.path)
        shown["nav"] = nav_of(member, request.path)
    return shown


def me_of(member: User, path: str) -> parts.Me:
    menu = [
        item(_("Profile"), "accounts:profile", "user", path, exact=True),
        item(_("Connected accounts"), "accounts:connected", "link", path),
        item(_("Platforms"), "platforms:page", "globe", path, url="/platforms/"),
        item(_("Suggest a story"), "content:suggest", "plus", path, url="/suggest/", exact=True),
        item(_("Guidelines"), "guidelines:mine", "note", path, url="/guidelines/"),
        item(_("It went wrong"), "shares:went_wrong", "hand", path, url="/went-wrong/"),
        item(_("Learning"), "learning:mine", "heart", path, url="/learning/"),
        item(_("Notices"), "notifications:notices", "bell", path),
    ]
    return parts.Me(
        name=member.name,
        role_word=role_word(member),
        picture=member.picture.url if member.picture else "",
        menu=[one for one in menu if one],
        mark=reader_mark(member),
    )


def role_word(member: User) -> str:
    words = {"administrator": _("Administrator"), "hr": _("HR"), "curator": _("Curator"), "council": _("Council")}
    return next((word for role, word in words.items() if role in member.roles), member.job_title)


def nav_of(member: User, path: str) -> list[parts.NavItem]:
    tools = _("For the programme")
    places = [
        item(_("Today"), "today", "today", path, url="/", exact=True),
        item(_("My posts"), "shares:mine", "posts", path, url="/shares/"),
        item(_("Impact"), "reach:impact", "impact", path, url="/impact/"),
        item(_("Teams"), "recognition:teams", "teams", path, url="/teams/"),
    ]
    if rules.is_curator(member):
        places.append(item(_("Curate"), "content:board", "curate", path, url="/curate/", group=tools))
        places.append(item(_("Lessons"), "learning:desk", "edit", path, url="/learning/desk/", group=tools))
    if rules.reads_words(member):
        places.append(item(_("Words to approve"), "shares:words", "check", path, url="/words/", group=tools))
    if rules.sees_people(member):
        places.append(item(_("People"), "accounts:people", "people", path, group=tools))
        places.append(item(_("Words to watch"), "content:phrases", "note", path, url="/hints/", group=tools))
    if rules.is_hr(member):
        desk = item(_("Guidelines desk"), "guidelines:desk", "check", path, url="/guidelines/desk/", group=tools)
        places.append(desk)
    if rules.may_quieten(member):
        places.append(item(_("Who is speaking"), "content:disclosures", "lock", path, url="/disclosures/", group=tools))
        places.append(item(_("Pause sharing"), "accounts:quiet", "pause", path, group=tools))
    if rules.is_curator(member) or rules.is_administrator(member):
        places.append(item(_("Channels"), "content:channels", "send", path, url="/channels/", group=tools))
    if rules.is_administrator(member):
        places.append(item(_("Operations"), "operations:page", "board", path, url="/operations/", group=tools))
        places.append(item(_("Languages"), "languages:page", "globe", path, url="/languages/", group=tools))
        places.append(item(_("Settings"), "admin:index", "settings", path, group=tools))
    return [place for place in places if place]


def item(
    label: str, name: str, icon: str, path: str, *, url: str = "", exact: bool = False, group: str = ""
) -> parts.NavItem | None:
    """A place; `url` where its page belongs to an app above this one, so that the name cannot be relied on here."""
    try:
        address = url or reverse(name)
    except NoReverseMatch:
        return None
    current = path == address if exact else path.startswith(address)
    return parts.NavItem(label, address, icon, current=current, group=group)
