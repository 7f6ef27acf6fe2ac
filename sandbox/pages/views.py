"""What is shown at which address."""

import sqlite3
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sandbox import looks, people, posts
from sandbox.looks import document, fill
from sandbox.world import World

from . import faces, pieces

View = Callable[[Request], Awaitable[Response]]
PER_PAGE = 30
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif")
TOWN = "There is nothing here yet. As soon as something is posted, it appears on this page."


class Pages:
    def __init__(self, world: World):
        self.world = world

    def shown(self, title: str, body: str, status: int = 200, here: str = "") -> Response:
        return HTMLResponse(document(title, body, places=self.places(here)), status, HEADERS)

    def places(self, here: str) -> str:
        sql = "SELECT platform, count(*) AS n FROM posts WHERE deleted_at IS NULL GROUP BY platform"
        counts = {row["platform"]: row["n"] for row in self.world.store.all(sql)}
        items = [("/", "Everything", sum(counts.values()))]
        items += [(f"/{key}/", name, counts.get(key, 0)) for key, name in pieces.NAMES.items()]
        if self.world.told:
            items.append(("/channels/", "Slack and Teams", len(self.world.told)))
        return "".join(place(path, name, count, current=path == here) for path, name, count in items)

    def stream(self, request: Request, where: str, *values: object) -> tuple[str, str]:
        before = request.query_params.get("before", "")
        sql = f"SELECT * FROM posts WHERE deleted_at IS NULL AND {where} AND seq < ? ORDER BY seq DESC LIMIT ?"
        # From the address bar: anything but a number of sensible length means the beginning.
        last = int(before) if before.isdecimal() and len(before) < 18 else 2**62
        rows = self.world.store.all(sql, *values, last, PER_PAGE + 1)
        shown = "".join(pieces.post(self.world, row) for row in rows[:PER_PAGE]) or pieces.nothing(TOWN)
        if len(rows) <= PER_PAGE:
            return shown, ""
        return shown, f'<a class="older" href="?before={rows[PER_PAGE - 1]["seq"]}">Older posts</a>'

    async def everything(self, request: Request) -> Response:
        shown, older = self.stream(request, "1")
        title = "What the town reads"
        return self.shown(title, fill("timeline", title=title, posts=shown, more=older), here="/")

    def timeline(self, platform: str) -> View:
        async def view(request: Request) -> Response:
            shown, older = self.stream(request, "platform = ?", platform)
            title = f"Stand-in for {pieces.NAMES[platform]}"
            return self.shown(title, fill("timeline", title=title, posts=shown, more=older), here=f"/{platform}/")

        return view

    def account(self, platform: str) -> View:
        async def view(request: Request) -> Response:
            wanted = request.path_params["name"]
            person = people.by_id(self.world, platform, wanted) or people.find(self.world, platform, wanted)
            if person is None:
                return self.missing()
            shown, older = self.stream(request, "platform = ? AND account = ?", platform, person["remote_id"])
            return self.shown(person["display"], self.person(platform, person, shown, older))

        return view

    def person(self, platform: str, person: sqlite3.Row, shown: str, older: str) -> str:
        return fill(
            "account",
            name=person["display"],
            handle=people.handle(platform, person),
            platform=pieces.NAMES[platform],
            face=f"/faces/{platform}/{person['name']}.svg",
            followers=person["followers"],
            posts=shown,
            more=older,
        )

    def one(self, platform: str, name: str) -> View:
        """`name` says how the post's own id is made of what stands in the address; without it the address decides."""

        async def view(request: Request) -> Response:
            if name:
                row = posts.find(self.world, platform, name.format(**request.path_params))
            else:
                row = posts.at_address(self.world, platform, self.world.base + request.url.path)
            return self.post(row) if row else self.missing()

        return view

    def post(self, row: sqlite3.Row) -> Response:
        sql = "SELECT * FROM replies WHERE post = ? ORDER BY seq"
        answers = [pieces.reply(one, self.world.clock.now()) for one in self.world.store.all(sql, row["seq"])]
        body = fill("single", posts=pieces.post(self.world, row, large=True), replies="".join(answers))
        return self.shown("A post", body)

    def missing(self) -> Response:
        why = "It may have been deleted by the person who wrote it."
        return self.shown("Nothing here", fill("missing", title="There is no such post or person", why=why), 404)

    async def picture(self, request: Request) -> Response:
        sql = "SELECT mime, bytes FROM media WHERE platform = ? AND media_id = ?"
        row = self.world.store.one(sql, request.path_params["platform"], request.path_params["name"])
        if row is None or row["bytes"] is None or row["mime"] not in PICTURES:
            return Response(status_code=404)
        return Response(row["bytes"], media_type=row["mime"], headers=HEADERS)


def place(path: str, name: str, count: int, *, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    return f'<li><a href="{path}"{mark}>{name} <span>{count}</span></a></li>'


async def face(request: Request) -> Response:
    return Response(faces.svg(request.path_params["name"]), media_type="image/svg+xml", headers=HEADERS)


async def stylesheet(request: Request) -> Response:
    return Response(looks.static("town.css"), media_type="text/css")


async def signs(request: Request) -> Response:
    return Response(looks.static("signs.svg"), media_type="image/svg+xml")


def shared(world: World) -> list[Route]:
    pages = Pages(world)
    return [
        Route("/", pages.everything),
        Route("/town.css", stylesheet),
        Route("/signs.svg", signs),
        Route("/faces/{platform}/{name}.svg", face),
        Route("/media/{platform}/{name}", pages.picture),
    ]


POSTS = {
    "mastodon": [("/@{name}/{id}", "{id}")],
    "bluesky": [("/profile/{did}/post/{rkey}", "at://{did}/app.bsky.feed.post/{rkey}")],
    "linkedin": [("/feed/update/{urn}", "{urn}"), ("/feed/update/{urn}/", "{urn}")],
    "x": [("/i/web/status/{id}", "{id}")],
    "threads": [("/@{name}/post/{code}", "")],
}


def of_platform(world: World, platform: str) -> list[Route]:
    pages = Pages(world)
    routes = [Route(path, pages.one(platform, name)) for path, name in POSTS[platform]]
    routes += [Route("/", pages.timeline(platform)), Route("/@{name}", pages.account(platform))]
    # Where each platform itself shows a person: connectors make these addresses without asking.
    own = {"bluesky": "/profile/{name}", "linkedin": "/in/{name}", "x": "/{name}"}.get(platform)
    return [*routes, Route(own, pages.account(platform))] if own else routes
