"""Everything that answers on the sandbox port."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from . import looks
from .bluesky.routes import table as bluesky
from .linkedin.routes import table as linkedin
from .mastodon.routes import table as mastodon
from .world import World
from .x.routes import table as x

PLATFORMS = {"mastodon": mastodon, "bluesky": bluesky, "linkedin": linkedin, "x": x}


async def stylesheet(request: Request) -> Response:
    return Response(looks.stylesheet(), media_type="text/css")


async def health(request: Request) -> Response:
    return PlainTextResponse("ok")


def app(world: World) -> Starlette:
    return Starlette(routes=[
        Route("/healthz", health), Route("/town.css", stylesheet),
        *(Mount(f"/{key}", routes=table(world)) for key, table in PLATFORMS.items()),
    ])
