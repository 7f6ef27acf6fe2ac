"""Which address is answered by what."""

from starlette.routing import Route

from sandbox.door import routes
from sandbox.world import World

from . import analytics, images, oauth, shares, voice


def table(world: World) -> list[Route]:
    return routes(
        world,
        voice,
        [
            ("GET", "/oauth/.well-known/openid-configuration", "who", oauth.discovery),
            ("GET", "/oauth/v2/authorization", "authorize", oauth.authorize),
            ("POST", "/oauth/v2/authorization", "authorize", oauth.authorize),
            ("POST", "/oauth/v2/accessToken", "token", oauth.token),
            ("POST", "/oauth/v2/introspectToken", "who", oauth.introspect),
            ("POST", "/oauth/v2/revoke", "revoke", oauth.revoke),
            ("GET", "/v2/userinfo", "who", oauth.userinfo),
            ("GET", "/v2/me", "who", oauth.me),
            ("POST", "/rest/posts", "publish", shares.create),
            ("GET", "/rest/posts", "find", shares.closed),
            ("GET", "/rest/posts/{urn}", "find", shares.closed),
            ("DELETE", "/rest/posts/{urn}", "delete", shares.delete),
            ("GET", "/rest/socialMetadata/{urn}", "read", shares.closed),
            ("GET", "/rest/socialActions/{rest:path}", "read", shares.closed),
            ("GET", "/rest/memberCreatorPostAnalytics", "read", analytics.show),
            ("POST", "/rest/images", "media", images.initialize),
            ("POST", "/rest/documents", "media", images.initialize_document),
            ("GET", "/rest/documents/{urn}", "media", shares.closed),
            ("GET", "/rest/images/{urn}", "media", shares.closed),
            ("PUT", "/dms-uploads/{urn}", "media", images.put),
        ],
    )
