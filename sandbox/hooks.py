"""Channels in Slack and Microsoft Teams, as their incoming web hooks answer. What they were told stands on /channels/.

The end of an address says how the hook behaves: `removed` is gone, `busy` asks to wait, anything else takes messages.
"""

import json
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from .looks import document
from .world import World

MOST_KEPT = 50
BUSY_SECONDS = "30"


class Channels:
    def __init__(self, world: World):
        self.world = world

    async def slack(self, request: Request) -> Response:
        if request.path_params["secret"] == "removed":
            return PlainTextResponse("no_service", 404)
        if request.path_params["secret"] == "busy":
            return PlainTextResponse("rate_limited", 429, {"Retry-After": BUSY_SECONDS})
        told = await read(request)
        if not told or not (told.get("text") or told.get("blocks")):
            return PlainTextResponse("invalid_payload", 400)
        self.keep("Slack", told)
        return PlainTextResponse("ok")

    async def teams(self, request: Request) -> Response:
        if request.query_params.get("sig", "") in ("", "removed"):
            return JSONResponse({"error": {"code": "WorkflowNotFound"}}, 404)
        if request.query_params["sig"] == "busy":
            return JSONResponse({"error": {"code": "TooManyRequests"}}, 429, {"Retry-After": BUSY_SECONDS})
        told = await read(request)
        if not told or told.get("type") != "message" or not told.get("attachments"):
            return JSONResponse({"error": {"code": "TriggerInputSchemaMismatch"}}, 400)
        self.keep("Microsoft Teams", told)
        return Response(status_code=202)

    def keep(self, where: str, told: dict[str, Any]) -> None:
        self.world.told = [(where, told), *self.world.told][:MOST_KEPT]

    async def shown(self, request: Request) -> Response:
        """Newest first: every line of a message as it came, and where its buttons lead."""
        messages = "".join(message(where, told) for where, told in self.world.told)
        body = f"<h1>What the channels were told</h1>{messages or '<p>Nothing yet.</p>'}"
        return HTMLResponse(document("Channels", body))


async def read(request: Request) -> dict[str, Any] | None:
    try:
        told = json.loads(await request.body())
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def message(where: str, told: dict[str, Any]) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in words_in(told.get("blocks") or told))
    return f'<article class="post"><h2>{escape(where)}</h2>{lines}</article>'


def words_in(part: Any) -> list[str]:
    """What a reader sees of Block Kit or of an Adaptive Card."""
    if isinstance(part, list):
        return [line for one in part for line in words_in(one)]
    if not isinstance(part, dict):
        return []
    own = [part[name] for name in ("text", "title", "url") if isinstance(part.get(name), str)]
    return own + [line for one in part.values() if not isinstance(one, str) for line in words_in(one)]


def routes(world: World) -> list[Route]:
    channels = Channels(world)
    return [
        Route("/hooks/slack/{team}/{hook}/{secret}", channels.slack, methods=["POST"]),
        Route("/hooks/teams/workflows/{flow}", channels.teams, methods=["POST"]),
        Route("/channels/", channels.shown),
    ]
