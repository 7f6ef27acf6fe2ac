"""Which address is answered by what."""

from starlette.routing import Route

from sandbox.door import routes
from sandbox.world import World

from . import feed, records, sessions, voice


def table(world: World) -> list[Route]:
    return routes(
        world,
        voice,
        [
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
    )
