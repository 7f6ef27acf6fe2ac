"""What a scope lets us do, in words. A scope nobody has described is shown as it is."""

from django.utils.translation import gettext as _


def right_in_words(scope: str) -> str:
    words = {
        "w_member_social": _("post in your name"),
        "r_member_social": _("read your posts"),
        "r_basicprofile": _("know your name"),
        "r_member_postAnalytics": _("read the figures of your posts"),
        "openid": _("know that it is you"),
        "profile": _("know your name"),
        "email": _("know your address there"),
        "tweet.write": _("post in your name"),
        "tweet.read": _("read your posts"),
        "users.read": _("know your name"),
        "media.write": _("add pictures"),
        "offline.access": _("stay connected"),
        "write:statuses": _("post in your name"),
        "write:media": _("add pictures"),
        "read:statuses": _("read your posts"),
        "read:accounts": _("know your name"),
        "threads_basic": _("know your name and read your posts"),
        "threads_content_publish": _("post in your name"),
        "threads_manage_insights": _("read the figures of your posts"),
        "threads_delete": _("delete posts for you"),
        "atproto": _("know that it is you"),
        "repo:app.bsky.feed.post": _("post in your name"),
        "blob:image/*": _("add pictures"),
        "transition:generic": _("post in your name"),
        "com.atproto.appPass": _("post in your name"),
    }
    return words.get(scope, scope)


def rights_in_words(scopes: list[str]) -> list[str]:
    return list(dict.fromkeys(right_in_words(scope) for scope in scopes))
