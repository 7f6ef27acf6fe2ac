"""Everything that answers on the sandbox port."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from . import hooks
from .bluesky.routes import table as bluesky
from .linkedin.routes import table as linkedin
from .mastodon.routes import table as mastodon
from .pages import views
from .threads.routes import table as threads
from .world import World
from .x.routes import table as x

PLATFORMS = {"mastodon": mastodon, "bluesky": bluesky, "linkedin": linkedin, "x": x, "threads": threads}


async def health(request: Request) -> Response:
    return PlainTextResponse("ok")


def app(world: World) -> Starlette:
    mounts = [
        Mount(f"/{key}", routes=[*table(world), *views.of_platform(world, key)]) for key, table in PLATFORMS.items()
    ]
    return Starlette(routes=[*mounts, Route("/healthz", health), *hooks.routes(world), *views.shared(world)])
