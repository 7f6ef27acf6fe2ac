"""The consent page, the same for every platform: who, what for, Allow or Deny. Never a password."""

import secrets
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

from . import people
from .looks import document, fill
from .wire import Answer, Call, page, redirect

MEANINGS = {
    "profile": "see who you are",
    "openid": "see who you are",
    "users.read": "see who you are",
    "read:accounts": "see who you are",
    "email": "see your e-mail address",
    "read": "read your posts",
    "write:statuses": "write and delete posts for you",
    "w_member_social": "write and delete posts for you",
    "tweet.write": "write and delete posts for you",
    "write": "write and delete posts for you",
    "write:media": "add pictures to posts",
    "media.write": "add pictures to posts",
    "read:statuses": "read your posts",
    "tweet.read": "read your posts",
    "offline.access": "stay connected until you end it",
    "r_member_postAnalytics": "read the figures of your posts",
    "threads_basic": "see who you are",
    "threads_content_publish": "write posts for you",
    "threads_manage_insights": "read the figures of your posts",
    "threads_delete": "delete posts for you",
    "atproto": "see who you are",
    "repo:app.bsky.feed.post": "write and delete posts for you",
    "blob:image/*": "add pictures to posts",
    "transition:generic": "do whatever you can do, save for your direct messages",
}


@dataclass(slots=True)
class Ask:
    """What an application asks for, already checked."""

    client_id: str
    app_name: str
    redirect_uri: str
    state: str
    scope: str
    challenge: str = ""
    method: str = ""
    hint: str = ""
    tail: str = ""  # stands behind the address people are sent back to
    denied: dict[str, str] = field(default_factory=lambda: {"error": "access_denied"})
    code: str = ""  # where the platform has made it already
    also: dict[str, str] = field(default_factory=dict)  # what people are sent back with besides


def answer(call: Call, platform_name: str, ask: Ask) -> Answer:
    if call.method == "POST":
        return decide(call, ask)
    meanings = dict.fromkeys(MEANINGS.get(scope, scope) for scope in ask.scope.split())
    html = fill(
        "consent",
        app=ask.app_name,
        platform=platform_name,
        name=ask.hint or "robin",
        host=ask.redirect_uri.split("/")[2] if "//" in ask.redirect_uri else ask.redirect_uri,
        rights="".join(f"<li>{escape(meaning)}</li>" for meaning in meanings),
    )
    return page(document("May it?", html))


def decide(call: Call, ask: Ask) -> Answer:
    # Anything but a plain yes is a no.
    if call.form.get("decision") != "allow":
        return send_back(ask, ask.denied)
    account = people.welcome(call.world, call.platform, call.form.get("name") or ask.hint or "robin")
    code = ask.code or secrets.token_urlsafe(24)
    call.store.insert(
        "codes",
        code=code,
        platform=call.platform,
        client_id=ask.client_id,
        remote_id=account["remote_id"],
        redirect_uri=ask.redirect_uri,
        scope=ask.scope,
        challenge=ask.challenge,
        method=ask.method,
        issued_at=call.now,
    )
    return send_back(ask, {"code": code})


def send_back(ask: Ask, what: dict[str, str]) -> Answer:
    what = {**what, **ask.also}
    if ask.state:
        what = {**what, "state": ask.state}
    joint = "&" if "?" in ask.redirect_uri else "?"
    return redirect(ask.redirect_uri + joint + urlencode(what) + ask.tail)


def refuse(platform_name: str, why: str, status: int = 400) -> Answer:
    """When even the address to go back to cannot be trusted, the person is told here."""
    return page(document("That did not work", fill("refusal", platform=platform_name, why=why)), status)
