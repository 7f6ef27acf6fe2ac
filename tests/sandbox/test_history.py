"""Posts of earlier days, as the demo tells them."""

import base64
from pathlib import Path

from sandbox import history, people
from sandbox.clock import Clock
from sandbox.store import Store
from sandbox.town.street import Town as Readers
from sandbox.world import World
from tests.sandbox.conftest import NOON, Town


def told(town: Town, platform: str, **more: object) -> dict[str, object]:
    person = town.person(platform)
    return {
        "platform": platform, "account": person["remote_id"], "post_id": f"{platform}-1", "at": NOON - 86_400,
        "url": f"{town.base}/{platform}/1", "text": "Forty wheels before lunch.", "likes": 7,
        "card": {"url": "http://localhost/go/abcd2345", "title": "A morning with Joe", "picture": "wheel"}, **more,
    }  # fmt: skip


def test_a_told_post_is_on_the_timeline_with_its_figures(town: Town) -> None:
    picture = base64.b64encode(b"\xff\xd8 a wheel").decode()
    answer = town.order("history", pictures={"wheel": picture}, posts=[told(town, "linkedin"), told(town, "x")])
    assert answer == {"remembered": 2}
    page = town.call("GET", "/linkedin/").text
    assert "Forty wheels before lunch." in page
    assert "<b>7</b> likes" in page
    assert "/media/demo/wheel" in page
    assert town.call("GET", "/media/demo/wheel").content == b"\xff\xd8 a wheel"


def test_a_told_post_of_every_platform_can_be_read_back(town: Town) -> None:
    posts = [told(town, platform) for platform in ("mastodon", "bluesky", "linkedin", "x", "threads")]
    assert town.order("history", posts=posts) == {"remembered": 5}
    token = town.person("mastodon")["access_token"]
    assert town.call("GET", "/mastodon/api/v1/statuses/mastodon-1", token).json()["favourites_count"] == 7
    found = town.call("GET", "/bluesky/xrpc/app.bsky.feed.getPosts", params={"uris": "bluesky-1"}).json()["posts"]
    assert found[0]["likeCount"] == 7


def test_posts_of_nobody_known_are_passed_over(town: Town) -> None:
    assert town.order("history", posts=[told(town, "x", account="17")]) == {"remembered": 0}


def test_the_town_goes_on_reading_news_only(tmp_path: Path) -> None:
    """A post of last week gets no new readers; one of this hour does."""
    world = World(Store(tmp_path / "town.sqlite3"), Clock(None), "http://127.0.0.1:1", town=True)
    ada = people.welcome(world, "x", "ada")["remote_id"]
    now = world.clock.now()
    common = {"platform": "x", "account": ada, "url": "", "text": "Forty wheels."}
    week_old, new = ({**common, "post_id": str(at), "at": at} for at in (now - 7 * 86_400, now - 600))
    history.remember(world, {"posts": [new, week_old]})
    Readers(world).tick(0.0)
    read = {row["post"] for row in world.store.all("SELECT DISTINCT post FROM town_events")}
    assert read == {row["seq"] for row in world.store.all("SELECT seq FROM posts WHERE post_id = ?", str(now - 600))}
