"""Which address is answered by what."""

from starlette.routing import Route

from sandbox.door import routes
from sandbox.wire import Call
from sandbox.world import World

from . import lookup, media, oauth, tweets, users, voice


def kind_of_grant(call: Call) -> str:
    return "refresh" if call.form.get("grant_type") == "refresh_token" else "token"


def table(world: World) -> list[Route]:
    return routes(
        world,
        voice,
        [
            ("GET", "/i/oauth2/authorize", "authorize", oauth.authorize),
            ("POST", "/i/oauth2/authorize", "authorize", oauth.authorize),
            ("POST", "/2/oauth2/token", kind_of_grant, oauth.grant),
            ("POST", "/2/oauth2/revoke", "revoke", oauth.revoke),
            ("GET", "/2/users/me", "who", users.me),
            ("GET", "/2/users/{user_id}/tweets", "find", tweets.timeline),
            ("POST", "/2/tweets", "publish", tweets.create),
            ("GET", "/2/tweets", "read", lookup.several),
            ("GET", "/2/tweets/{tweet_id}", "read", lookup.single),
            ("DELETE", "/2/tweets/{tweet_id}", "delete", tweets.delete),
            ("POST", "/2/media/upload", "media", media.upload),
            ("GET", "/2/media/upload", "media", media.status),
            ("POST", "/2/media/upload/initialize", "media", media.initialize),
            ("POST", "/2/media/upload/{media_id}/append", "media", media.append),
            ("POST", "/2/media/upload/{media_id}/finalize", "media", media.finalize),
            ("POST", "/2/media/metadata", "media", media.describe),
        ],
    )
