"""Every page there is, and who looks at it. What the resolver knows and this list does not is a fault."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.browser import examples

Arguments = dict[str, Callable[[], Any]]


@dataclass(frozen=True)
class Visit:
    """One page as one person sees it. `label` tells apart visits of one route; `query` follows the address."""

    route: str
    who: str
    arguments: Arguments = field(default_factory=dict)
    label: str = ""
    query: str = ""
    status: int = 200

    @property
    def name(self) -> str:
        return "-".join(filter(None, [self.route, self.label])).replace(":", "-").replace("_", "-")

    @property
    def address(self) -> str:
        return reverse(self.route, kwargs={name: find() for name, find in self.arguments.items()}) + self.query


def story(state: str) -> Arguments:
    return {"story_id": lambda: examples.story(state)}


def story_of(kind: str) -> Arguments:
    return {"story_id": lambda: examples.story_of(kind)}


def pictured(state: str) -> Arguments:
    return {"story_id": lambda: examples.pictured(state)}


def share(state: str) -> Arguments:
    return {"share_id": lambda: examples.share(state)}


VISITS = [
    Visit("tour", "stranger"),
    Visit("article", "stranger", {"slug": examples.article}),
    Visit("account_login", "stranger"),
    Visit("account_inactive", "stranger"),
    Visit("account_reset_password", "stranger"),
    Visit("account_reset_password_done", "stranger"),
    Visit("account_reset_password_from_key", "stranger", {"uidb36": lambda: "1", "key": lambda: "spent"}),
    Visit("account_reset_password_from_key_done", "stranger"),
    Visit("accounts:ask_for_mail", "stranger"),
    Visit("accounts:mail_code", "stranger", {"key": examples.mail_key}),
    Visit("accounts:mail_button", "stranger", {"token": examples.mail_token}),
    Visit("accounts:mail_button", "stranger", {"token": lambda: "spent"}, "over", status=410),
    Visit("accounts:sign_in_help", "stranger"),
    Visit("accounts:confirm_mail", "stranger", {"key": examples.address_key}),
    Visit("accounts:confirm_mail", "stranger", {"key": lambda: "spent"}, "over", status=410),
    Visit("accounts:find_invitation", "stranger"),
    Visit("accounts:join", "stranger", {"code": examples.invitation}),
    Visit("accounts:join", "stranger", {"code": lambda: "AAAA-AAAA"}, "unknown", status=410),
    Visit("links:follow", "stranger", {"code": lambda: "nothing"}, status=404),
    Visit("links:follow", "stranger", {"code": examples.link_that_is_over}, "over", status=410),
    Visit("notifications:outbox", "stranger"),
    Visit("notifications:outbox_mail", "stranger", {"number": examples.mail}),
    Visit("notifications:stop", "stranger", {"token": examples.stop_token}),
    Visit("shares:opened", "stranger", {"token": examples.opening_token}),
    Visit("shares:opened", "stranger", {"token": lambda: "cut-off"}, "over", status=410),
    Visit("notifications:stop", "stranger", {"token": lambda: "cut-off"}, "unknown", status=410),
    Visit("offline", "stranger"),
    Visit("queued", "stranger"),
    Visit("styleguide", "stranger"),
    Visit("today", "member"),
    Visit("today", "member", label="all", query="?all"),
    Visit("shares:story", "member", story("live")),
    Visit("shares:compose", "member", story("live")),
    Visit("shares:compose", "hr", story("live"), "nothing-linked"),
    Visit("shares:story", "member", pictured("live"), "pictures"),
    Visit("shares:compose", "member", pictured("live"), "pictures"),
    *(Visit("shares:story", "member", story_of(kind), kind) for kind in ("words", "internal", "video")),
    *(Visit("shares:compose", "member", story_of(kind), kind) for kind in ("words", "video")),
    Visit("shares:compose", "member", story_of("internal"), "internal", status=404),
    Visit("shares:compose", "member", {"story_id": examples.story_that_ended}, "ended", status=410),
    Visit("shares:topics", "member"),
    Visit("shares:search", "member"),
    Visit("shares:search", "member", label="found", query="?q=bike"),
    Visit("shares:search", "member", label="nothing", query="?q=zeppelin&language=de"),
    Visit("shares:search", "member", label="guidelines", query="?q=guideline"),
    Visit("shares:pass_on", "hr", {"story_id": examples.lent_story, "post_id": examples.lent_post}),
    Visit("shares:story", "hr", {"story_id": examples.lent_story}, "made-by"),
    Visit("content:suggest", "member"),
    Visit("content:suggest", "member", {}, "shared", "?title=A+van+less&text=https%3A%2F%2Fblog.example%2Fvan"),
    Visit("content:suggest_button", "member"),
    Visit("shares:given", "member"),
    Visit("content:maker", "member", {"maker_id": examples.maker}),
    Visit("shares:plans", "member"),
    Visit("shares:share", "member", share("published"), "published"),
    Visit("shares:share", "member", share("scheduled"), "scheduled"),
    Visit("shares:share", "member", share("failed"), "failed"),
    Visit("shares:share", "member", share("said_posted"), "said-posted"),
    Visit("analytics:impact", "member"),
    Visit("analytics:posts", "member"),
    Visit("recognition:teams", "member"),
    *(Visit("recognition:teams", "member", {}, tab, f"?tab={tab}") for tab in ("average", "people")),
    Visit("recognition:my_points", "member"),
    Visit("accounts:profile", "member"),
    Visit("accounts:welcome", "member"),
    Visit("accounts:change_mail", "member"),
    Visit("accounts:sign_in_name", "member"),
    Visit("accounts:working_hours", "member"),
    Visit("accounts:messages", "member"),
    Visit("accounts:messages", "administrator", label="administrator"),
    Visit("accounts:leave_programme", "member"),
    Visit("accounts:connected", "member"),
    Visit("accounts:unlink", "member", {"number": examples.linked_account}),
    *(
        Visit("accounts:connect", "member", {"connector": lambda key=key: key}, key)
        for key in ("mastodon", "bluesky", "linkedin", "x", "threads")
    ),
    Visit("accounts:callback", "member", {"connector": lambda: "x"}, "expired"),
    Visit("platforms:page", "member"),
    Visit("platforms:page", "administrator", {}, "administrator"),
    Visit("platforms:sheet", "member", {"key": lambda: "linkedin"}),
    Visit("account_logout", "member"),
    Visit("account_set_password", "member"),
    Visit("mfa_list_webauthn", "member"),
    Visit("mfa_add_webauthn", "member"),
    Visit("notifications:notices", "member"),
    Visit("accounts:join", "member", {"code": examples.invitation}, "signed-in"),
    Visit("content:board", "member", label="not-allowed", status=403),
    Visit("content:board", "curator"),
    *(Visit("content:lane", "curator", {"state": lambda lane=lane: lane}, lane) for lane in ("draft", "past")),
    Visit("content:new_story", "curator"),
    *(Visit("content:story", "curator", story(state), state) for state in ("draft", "in_review", "live")),
    Visit("content:history", "curator", story("draft")),
    Visit("content:calendar", "curator"),
    Visit("content:files", "curator"),
    Visit("content:file", "curator", {"job_id": examples.looked_at_file}),
    Visit("content:calendar", "curator", {}, "week", "?by=week"),
    Visit("content:poster", "curator", story("approved"), "none-yet"),
    Visit("content:poster", "curator", {"story_id": examples.story_with_poster}),
    *(Visit("content:story", "curator", pictured(state), f"{state}-pictures") for state in ("draft", "live")),
    Visit("content:makers", "curator", story("live"), "search", "?q=an"),
    Visit("content:makers", "curator", story("draft")),
    Visit("content:suggestions", "curator"),
    Visit("content:suggestions", "curator", {}, "answered", "?answered"),
    Visit("content:feeds", "curator"),
    Visit("content:story", "curator", {"story_id": examples.closed_story}, "closed"),
    Visit("shares:story", "member", {"story_id": examples.closed_story}, "closed"),
    Visit("shares:story_seen_as", "curator", {"story_id": examples.closed_story}),
    Visit("shares:story_seen_as", "curator", {"story_id": examples.closed_story}, "unseen", "?team=&role=&place="),
    Visit("shares:story_seen_as", "curator", pictured("live"), "pictures"),
    Visit("shares:audience_seen_as", "curator", {"number": examples.audience}),
    Visit("audiences:audiences", "curator"),
    Visit("audiences:new_audience", "hr"),
    Visit("audiences:audience", "curator", {"number": examples.audience}),
    Visit("audiences:new_list", "hr"),
    Visit("audiences:list", "curator", {"number": examples.member_list}),
    Visit("content:feed", "curator", {"feed_id": examples.feed}),
    Visit("content:campaigns", "curator"),
    Visit("content:new_campaign", "curator"),
    Visit("content:edit_campaign", "curator", {"campaign_id": examples.campaign}),
    Visit("content:new_launch", "curator", {"campaign_id": examples.campaign}),
    Visit("content:new_launch", "curator", {"campaign_id": examples.campaign}, "german", "?language=de"),
    Visit("content:launch", "curator", {"launch_id": examples.launch}),
    Visit("shares:campaign", "member", {"campaign_id": examples.campaign}),
    Visit("analytics:worked", "curator"),
    Visit("analytics:campaign", "curator", {"campaign_id": examples.campaign}),
    Visit("content:disclosures", "curator"),
    Visit("content:disclosures", "hr", {}, "hr"),
    Visit("content:disclosures", "administrator", {}, "administrator"),
    Visit("content:new_disclosure", "administrator"),
    Visit("content:disclosure", "administrator", {"rule_id": examples.disclosure}),
    Visit("content:channels", "administrator"),
    Visit("content:channels", "curator", {}, "curator"),
    Visit("content:channel", "administrator", {"channel_id": examples.channel}),
    Visit("content:channel", "administrator", {"channel_id": examples.broken_channel}, "broken"),
    Visit("accounts:people", "hr"),
    Visit("accounts:invite", "hr"),
    Visit("accounts:invitations", "hr"),
    Visit("accounts:member", "hr", {"number": examples.colleague}),
    Visit("accounts:member", "administrator", {"number": examples.colleague}, "administrator"),
    Visit("accounts:deactivate", "hr", {"number": examples.colleague}),
    Visit("accounts:teams", "hr"),
    Visit("guidelines:mine", "member"),
    Visit("guidelines:read", "member", {"guideline_id": examples.guideline}),
    Visit("guidelines:receipt", "member", {"receipt_id": examples.receipt}),
    Visit("guidelines:desk", "hr"),
    Visit("guidelines:begin", "hr"),
    Visit("guidelines:begin", "hr", {}, "starter", "?starter=care"),
    Visit("guidelines:version", "hr", {"version_id": lambda: examples.version("draft")}),
    Visit("guidelines:version", "hr", {"version_id": lambda: examples.version("published")}, "published"),
    Visit("guidelines:preview", "hr", {"version_id": lambda: examples.version("published")}),
    Visit("guidelines:situations", "hr", {"version_id": lambda: examples.version("draft")}),
    Visit("guidelines:rehearsals", "member"),
    Visit("guidelines:rehearse", "member", {"key": lambda: "forum"}),
    Visit("guidelines:desk", "member", label="not-allowed", status=403),
    Visit("guidelines:ask", "member", {}, "", "?section=other-people"),
    Visit("guidelines:questions", "member"),
    Visit("guidelines:questions", "hr", {}, "helper"),
    Visit("guidelines:question", "member", {"question_id": lambda: examples.question("answered")}),
    Visit("guidelines:question", "hr", {"question_id": lambda: examples.question("open")}, "helper"),
    Visit("guidelines:cases", "member"),
    Visit("guidelines:polls", "hr"),
    Visit("guidelines:coverage", "hr", {"guideline_id": examples.guideline}),
    Visit("guidelines:owing", "hr", {"guideline_id": examples.guideline}, "", "?which=due"),
    Visit("guidelines:terms", "hr", {"guideline_id": examples.guideline}),
    Visit("guidelines:compare", "hr", {"guideline_id": examples.guideline}),
    Visit("guidelines:translate", "hr", {"version_id": lambda: examples.version("draft"), "language": lambda: "de"}),
    Visit("guidelines:paper", "hr", {"due_id": examples.due}),
    Visit("guidelines:sheet", "hr", {"guideline_id": examples.guideline}),
    Visit("shares:went_wrong", "member"),
    Visit("shares:mishap", "curator", {"mishap_id": examples.mishap}),
    Visit("shares:mishap", "hr", {"mishap_id": examples.mishap}, "helper"),
    Visit("learning:mine", "member"),
    Visit("learning:mine", "member", {}, "search", "?topic=care&q=picture"),
    Visit("learning:mine", "curator", {}, "nothing-found", "?q=zeppelin"),
    Visit("learning:path", "member", {"key": lambda: "everybody"}),
    Visit("learning:path", "hr", {"key": lambda: "hr"}, "offered"),
    Visit("learning:lesson", "member", {"key": lambda: "voice"}),
    Visit("learning:lesson", "member", {"key": lambda: "photos"}, "exercise", "#exercise"),
    Visit("learning:lesson", "member", {"key": lambda: "no-such"}, "not-there", status=404),
    Visit("learning:certificate", "member", {"number": examples.certificate}),
    Visit("learning:desk", "curator"),
    Visit("learning:desk", "member", label="not-allowed", status=403),
    Visit("learning:begin", "curator"),
    Visit("learning:edit", "curator", {"lesson_id": lambda: examples.lesson("draft")}),
    Visit("learning:edit", "curator", {"lesson_id": lambda: examples.lesson("published")}, "german", "?language=de"),
    Visit("learning:preview", "curator", {"lesson_id": lambda: examples.lesson("draft")}),
    Visit("learning:preview", "curator", {"lesson_id": lambda: examples.lesson("published")}, "published"),
    Visit("guidelines:packs", "hr"),
    Visit("guidelines:packs", "member", label="not-allowed", status=403),
    Visit("guidelines:pack", "hr", {"pack_id": examples.pack}),
    Visit("content:phrases", "hr"),
    Visit("content:phrases", "hr", {}, "tried", "?try=The+Carter+3+is+the+best+in+the+world"),
    Visit("content:phrase", "hr", {"phrase_id": examples.phrase}),
    Visit("shares:words", "member", label="not-allowed", status=403),
    Visit("accounts:quiet", "curator"),
    Visit("accounts:quiet", "member", label="not-allowed", status=403),
    Visit("operations:page", "administrator"),
    Visit("operations:page", "hr", label="not-allowed", status=403),
    Visit("operations:pause", "administrator", {"key": lambda: "x"}),
    Visit("operations:post", "administrator", share("failed")),
    Visit("languages:page", "administrator"),
    Visit("languages:page", "hr", label="not-allowed", status=403),
    Visit("accounts:again", "administrator"),
]  # fmt: skip

NO_PAGE = {
    "acts on POST and leads to a page above": """audiences:count audiences:delete_audience
        audiences:delete_list enter theme language languages:remove accounts:start
        accounts:sign_out_elsewhere
        accounts:withdraw accounts:reactivate accounts:way_back accounts:join_passkey notifications:mark_read
        accounts:quiet_end content:bulk content:reschedule content:act content:lengths content:feed_act
        content:campaign_act content:remove_disclosure content:try_channel shares:draft
        shares:by_hand shares:edit shares:move shares:cancel shares:send_now shares:hand_over shares:retry shares:delete
        shares:answer shares:handed_back shares:lend content:answer_suggestion content:take_back shares:disclosed
        shares:approve_words shares:refuse_words shares:aside shares:seen shares:follow shares:forget shares:keep_search
        shares:forget_search shares:throw_away
        recognition:choose guidelines:act guidelines:case_act guidelines:answer_poll
        learning:act learning:ours learning:forget learning:place
        accounts:no_line_after_posts accounts:pause_messages
        notifications:push notifications:forget_push operations:resume
        operations:retry operations:posted""",
    "acts on POST, from the curators' desk": """content:undo content:restore content:calendar_move
        content:file_decide content:launch_act""",
    "part of a page above": "shares:state",
    "a mail, not a page: tests/notifications and the pictures of mails look at it": """notifications:outbox_shown
        content:launch_mail""",
    "read by programs": """guidelines:coverage_csv guidelines:owing_csv guidelines:receipt_pdf guidelines:pack_file
        learning:certificate_file
        content:export demo_feed media languages:file
        content:handed_out content:poster_file healthz readyz metrics accent favicon
        manifest service_worker accounts:token mfa_login_webauthn accounts:client_metadata""",
    "leads on to a page above": """account_signup account_email account_reauthenticate mfa_index mfa_reauthenticate
        account_change_password shares:begin""",
    "needs a passkey, which only a device with one can show": """mfa_reauthenticate_webauthn mfa_remove_webauthn
        mfa_edit_webauthn""",
    "gone once a firm is set up; tests/accounts/test_setup.py fills it in": "accounts:setup",
}


def routes() -> set[str]:
    """Every name the resolver knows, but for Django's own admin, which brings its own pages."""
    return {name for name in named(get_resolver()) if not name.startswith("admin:")}


def named(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            if entry.name:
                yield space + entry.name
        else:
            yield from named(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def listed() -> set[str]:
    return {visit.route for visit in VISITS} | {name for names in NO_PAGE.values() for name in names.split()}


def unlisted(known: set[str] | None = None) -> list[str]:
    return sorted((routes() if known is None else known) - listed())


def stale() -> list[str]:
    return sorted(listed() - routes())
