"""Which address is answered by what."""

from starlette.routing import Route

from sandbox.door import routes
from sandbox.world import World

from . import instance, media, oauth, statuses, voice


def table(world: World) -> list[Route]:
    return routes(
        world,
        voice,
        [
            ("GET", "/.well-known/oauth-authorization-server", "who", instance.discovery),
            ("GET", "/api/v2/instance", "who", instance.show),
            ("POST", "/api/v1/apps", "register", oauth.register),
            ("GET", "/oauth/authorize", "authorize", oauth.authorize),
            ("POST", "/oauth/authorize", "authorize", oauth.authorize),
            ("POST", "/oauth/token", "token", oauth.token),
            ("POST", "/oauth/revoke", "revoke", oauth.revoke),
            ("GET", "/api/v1/accounts/verify_credentials", "who", instance.verify_credentials),
            ("GET", "/api/v1/accounts/lookup", "who", instance.lookup),
            ("GET", "/api/v1/accounts/{account_id}", "who", instance.account),
            ("GET", "/api/v1/accounts/{account_id}/statuses", "find", statuses.of_account),
            ("POST", "/api/v1/statuses", "publish", statuses.create),
            ("GET", "/api/v1/statuses", "read", statuses.several),
            ("GET", "/api/v1/statuses/{status_id}", "read", statuses.show),
            ("DELETE", "/api/v1/statuses/{status_id}", "delete", statuses.delete),
            ("POST", "/api/v2/media", "media", media.upload),
            ("GET", "/api/v1/media/{media_id}", "media", media.show),
        ],
    )
