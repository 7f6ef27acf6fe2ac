"""Which address is answered by what."""

from starlette.routing import Route

from sandbox.door import routes
from sandbox.wire import Call
from sandbox.world import World

from . import containers, media, oauth, voice


def kind_of_look(call: Call) -> str:
    return "status" if "status" in call.asked("fields") else "show"


def table(world: World) -> list[Route]:
    return routes(
        world,
        voice,
        [
            ("GET", "/oauth/authorize", "authorize", oauth.authorize),
            ("POST", "/oauth/authorize", "authorize", oauth.authorize),
            ("POST", "/oauth/access_token", "token", oauth.exchange),
            ("GET", "/access_token", "token", oauth.lengthen),
            ("GET", "/refresh_access_token", "refresh", oauth.renew),
            ("GET", "/v1.0/me", "who", media.me),
            ("POST", "/v1.0/{user}/threads", "media", containers.create),
            ("GET", "/v1.0/{user}/threads", "find", media.mine),
            ("POST", "/v1.0/{user}/threads_publish", "publish", containers.publish),
            ("GET", "/v1.0/{user}/threads_publishing_limit", "quota", containers.limit),
            ("GET", "/v1.0/{node}/insights", "read", media.insights),
            ("GET", "/v1.0/{node}", kind_of_look, media.node),
            ("DELETE", "/v1.0/{node}", "delete", media.delete),
        ],
    )
