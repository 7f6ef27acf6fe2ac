"""Which address is answered by what."""

from starlette.routing import Route

from sandbox.door import routes
from sandbox.wire import Call
from sandbox.world import World

from . import feed, oauth, proof, records, sessions, voice


def kind_of_grant(call: Call) -> str:
    return "refresh" if call.form.get("grant_type") == "refresh_token" else "token"


def table(world: World) -> list[Route]:
    return routes(
        world,
        voice,
        [
            ("GET", "/.well-known/oauth-protected-resource", "discover", oauth.resource),
            ("GET", "/.well-known/oauth-authorization-server", "discover", oauth.server),
            ("POST", "/oauth/par", "push", oauth.push),
            ("GET", "/oauth/authorize", "authorize", oauth.authorize),
            ("POST", "/oauth/authorize", "authorize", oauth.authorize),
            ("POST", "/oauth/token", kind_of_grant, oauth.grant),
            ("POST", "/oauth/revoke", "revoke", oauth.revoke),
            ("GET", "/xrpc/_health", "who", feed.health),
            ("GET", "/xrpc/com.atproto.server.describeServer", "who", feed.server),
            ("GET", "/xrpc/com.atproto.identity.resolveHandle", "who", sessions.resolve_handle),
            ("POST", "/xrpc/com.atproto.server.createSession", "token", sessions.create),
            ("POST", "/xrpc/com.atproto.server.refreshSession", "refresh", sessions.refresh),
            ("POST", "/xrpc/com.atproto.server.deleteSession", "revoke", sessions.end),
            ("GET", "/xrpc/com.atproto.server.getSession", "who", sessions.current),
            ("GET", "/xrpc/app.bsky.actor.getProfile", "who", feed.profile),
            ("POST", "/xrpc/com.atproto.repo.putRecord", "publish", records.put),
            ("POST", "/xrpc/com.atproto.repo.createRecord", "publish", records.create),
            ("GET", "/xrpc/com.atproto.repo.getRecord", "find", records.show),
            ("GET", "/xrpc/com.atproto.repo.listRecords", "find", records.several),
            ("POST", "/xrpc/com.atproto.repo.deleteRecord", "delete", records.delete),
            ("POST", "/xrpc/com.atproto.repo.uploadBlob", "media", feed.upload_blob),
            ("GET", "/xrpc/app.bsky.feed.getPosts", "read", feed.get_posts),
        ],
        first=proof.wants_nonce,
    )
