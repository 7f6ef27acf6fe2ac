"""The front of the house: a tour with doors for visitors of the demo, the sign-in page anywhere else.

Every door signs in one invented person with one tap. Without DEMO none of this exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.queries import organisation
from advocacy.demo import written
from advocacy.demo.pictures import ALT
from advocacy.demo.written import Written
from content.models import Feed, Story
from core import clock
from guidelines.models import Version
from shares import queries as shares
from shares.views import today

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
View = Callable[..., HttpResponse]

# Who stands behind the doors; the demo's people.toml has more about them.
ROLES = {
    "member": "mina.okafor@brackenby.example",
    "curator": "sofia.lindqvist@brackenby.example",
    "second": "priya.nair@brackenby.example",
    "hr": "ruth.calloway@brackenby.example",
    "second_hr": "imran.sheikh@brackenby.example",
    "council": "jurgen.albers@brackenby.example",
    "administrator": "tom.ashworth@brackenby.example",
}


@dataclass(frozen=True)
class Door:
    """One thing to try: as whom, and on which page one then stands."""

    key: str
    role: str
    icon: str
    label: Any
    line: Any
    path: str = ""


DOORS = [
    Door(
        "share",
        "member",
        "share",
        gettext_lazy("Share a story"),
        gettext_lazy("Pick words or write your own, and watch the post go out."),
    ),
    Door(
        "impact",
        "member",
        "impact",
        gettext_lazy("See what came of your posts"),
        gettext_lazy("How often links were opened in four months, week by week, and which words did it."),
        "/impact/",
    ),
    Door(
        "board",
        "member",
        "teams",
        gettext_lazy("See the teams’ board"),
        gettext_lazy("Averages per colleague, so that a big team has no head start."),
        "/teams/",
    ),
    Door(
        "curate",
        "curator",
        "curate",
        gettext_lazy("Choose what goes live"),
        gettext_lazy("From a feed to a draft, to suggested words, to a second pair of eyes."),
        "/curate/",
    ),
    Door(
        "approve",
        "second",
        "check",
        gettext_lazy("Be the second pair of eyes"),
        gettext_lazy("Approve what another curator has sent, or send it back with a word."),
    ),
    Door(
        "people",
        "hr",
        "people",
        gettext_lazy("Invite somebody"),
        gettext_lazy("By e-mail, or on a slip of paper for people without an address."),
        "/people/invite/",
    ),
    Door(
        "guidelines",
        "hr",
        "note",
        gettext_lazy("Say what everybody should know"),
        gettext_lazy("Begin with a guideline of ours, have it read and published, and see how many have signed."),
        "/guidelines/desk/",
    ),
    Door(
        "publish",
        "second_hr",
        "check",
        gettext_lazy("Read it before it is published"),
        gettext_lazy("A second colleague in HR, since nobody publishes what they sent themselves."),
    ),
    Door(
        "evidence",
        "council",
        "export",
        gettext_lazy("Ask for what an auditor gets"),
        gettext_lazy("The works council takes the evidence on guidelines, in an archive that anybody can check."),
        "/guidelines/desk/evidence/",
    ),
    Door(
        "settings",
        "administrator",
        "settings",
        gettext_lazy("Look behind the scenes"),
        gettext_lazy(
            "How posts go out and what needs somebody; from there to languages and settings. No table watches a person."
        ),
        "/operations/",
    ),
]


def only_in_demo(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def front(request: HttpRequest) -> HttpResponse:
    """`/`: today's stories for members; for others the tour, the set-up of a new firm, or sign-in."""
    if request.user.is_authenticated:
        return today(request)  # type: ignore[no-any-return]
    if settings.DEMO:
        return tour(request)
    if organisation().set_up_at is None and not User.objects.exists():
        return redirect("/setup/")
    return redirect(settings.LOGIN_URL)


@only_in_demo
def tour(request: HttpRequest) -> HttpResponse:
    members = members_by_address()
    doors = [(door, members[ROLES[door.role]]) for door in DOORS if ROLES[door.role] in members]
    context = {"first": doors[:1], "doors": doors[1:], "people": User.objects.count(), "sandbox": settings.SANDBOX_URL}
    return render(request, "tour/front.html", context)


def members_by_address() -> dict[str, User]:
    return {member.email: member for member in User.objects.filter(email__in=ROLES.values(), is_active=True)}


@require_POST
@only_in_demo
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the person behind a role and go where the door leads."""
    member = User.objects.filter(email=ROLES.get(role), is_active=True).first() if role in ROLES else None
    if member is None:
        raise Http404
    login(request, member, backend=BACKEND)
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):  # chosen on the tour, it holds behind the door too
        User.objects.filter(pk=member.pk).update(language=get_language())
    wanted = request.POST.get("door", "")
    door = next((door for door in DOORS if door.key == wanted and door.role == role), None)
    return redirect(behind(door, member) if door else "/")


def to_publish(member: User) -> str:
    """What a colleague in HR has sent, for the second one."""
    waiting = Version.objects.filter(state="in_review").exclude(submitted_by=member).order_by("-state_at").first()
    return reverse("guidelines:version", args=[waiting.pk]) if waiting else reverse("guidelines:desk")


def behind(door: Door, member: User) -> str:
    if door.path:
        return door.path
    if door.key == "publish":
        return to_publish(member)
    if door.key == "approve":
        waiting = Story.objects.filter(state="in_review").exclude(submitted_by=member).order_by("-state_at").first()
        return reverse("content:story", args=[waiting.pk]) if waiting else reverse("content:board")
    story = shares.feed(member).filter(kind=Story.WEB).first()
    return reverse("shares:compose", args=[story.pk]) if story else "/"


@only_in_demo
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the short links of the demo lead: in place of the firm's own website."""
    story = next((one for one in written.stories() + written.fresh_stories() if one.slug == slug), None)
    if story is None:
        raise Http404
    picture = static(f"img/demo/{story.picture}.webp")
    answer = render(request, "tour/article.html", {"story": story, "picture": picture, "alt": ALT[story.picture]})
    # The shell brings a token for forms and its cookie; a stranger's visit to this page leaves nothing behind.
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
    return answer


@only_in_demo
def feed(request: HttpRequest) -> HttpResponse:
    """The blog of the invented firm, with two stories that the product has not fetched yet."""
    channel = Rss201rev2Feed(
        title=_("Brackenby stories"), link=settings.BASE_URL + "/demo/", language="en",
        description=_("What the people of Brackenby Cycle Works write about."),
    )  # fmt: skip
    fetched = Feed.objects.filter(url__endswith="/demo/feed.xml").first()
    known = list(fetched.stories.order_by("-written_at")[:12]) if fetched else []
    morning = clock.now().replace(hour=6, minute=10, second=0, microsecond=0)
    for story in written.fresh_stories():
        add_item(channel, story, morning)
    by_guid = {f"demo:{story.slug}": story for story in written.stories()}
    for story in known:
        if story.feed_guid in by_guid:
            add_item(channel, by_guid[story.feed_guid], story.written_at)
    return HttpResponse(channel.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def add_item(channel: Rss201rev2Feed, story: Written, at: Any) -> None:
    channel.add_item(
        title=story.title, link=f"{settings.BASE_URL}/demo/stories/{story.slug}/", description=story.summary,
        unique_id=f"demo:{story.slug}", unique_id_is_permalink=False, pubdate=at,
        enclosures=[Enclosure(f"{settings.BASE_URL}{static(f'img/demo/{story.picture}.webp')}", "0", "image/webp")],
    )  # fmt: skip
