"""The town's readers, in small pieces and once as a whole with a product that only listens."""

import http.server
import threading
import time
from ipaddress import ip_address, ip_network

import pytest

from sandbox.town import cast, plan, visit

from .conftest import Town, free_ports, start, stop

DOCUMENTATION = [ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
ROW = {"platform": "x", "text": "See http://127.0.0.1:1/go/a", "marker": "a"}
PERSON = {"name": "ada", "followers": 600}


def test_the_same_post_always_meets_the_same_readers():
    first, second = plan.events(ROW, PERSON), plan.events(ROW, PERSON)
    assert first == second
    assert plan.events(ROW | {"text": "Other words"}, PERSON) != first


def test_readers_come_at_a_human_pace_and_somebody_comes_soon():
    events = plan.events(ROW, PERSON)
    visits = sorted(event.after for event in events if event.kind in ("visit", "like", "seen"))
    assert visits[0] >= plan.SOON
    assert visits[3] <= 60
    assert visits[-1] > 600


def test_robots_come_too_and_say_who_they_are():
    events = plan.events(ROW, PERSON)
    assert any(event.visitor["agent"] == cast.PREVIEWS["x"] for event in events if event.kind == "robot")


def test_a_post_without_a_short_link_is_read_and_not_followed():
    kinds = {event.kind for event in plan.events(ROW | {"marker": None}, PERSON)}
    assert not kinds & {"visit", "robot", "head", "prefetch"}


def test_visitors_come_from_addresses_that_belong_to_nobody():
    addresses = [event.visitor["address"] for event in plan.events(ROW, PERSON) if "address" in event.visitor]
    assert addresses
    assert all(any(ip_address(address) in net for net in DOCUMENTATION) for address in addresses)


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("http://127.0.0.1:8000/go/a", True),
        ("http://localhost/go/a", True),
        ("http://[::1]:80/go/a", True),
        ("http://127.0.0.1.example.com/go/a", False),
        ("https://example.com/go/a", False),
        ("http://10.0.0.1/", False),
        ("http://0.0.0.0/", False),
        ("nonsense", False),
    ],
)
def test_the_town_goes_nowhere_but_home(url, home):
    assert visit.at_home(url) is home


class Listening(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.calls.append((self.command, self.path, dict(self.headers)))
        self.send_response(302)
        self.send_header("Location", "https://example.com/")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args):
        pass


@pytest.fixture
def product():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    server.calls = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_readers_follow_short_links_and_leave_likes_and_replies(tmp_path, product):
    port, control = free_ports()
    town = Town(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{control}", tmp_path / "clock", tmp_path)
    process = start(town, "--product-url", f"http://127.0.0.1:{product.server_port}")
    try:
        token = town.person("mastodon", "Ines Carvalho")["access_token"]
        words = {"status": "See https://advocacy.example/go/Radio-1"}
        number = town.call("POST", "/mastodon/api/v1/statuses", token, json=words).json()["id"]
        town.order("town", on=True, speed=20_000)
        deadline, liked = time.monotonic() + 15, 0
        while time.monotonic() < deadline and not (liked and product.calls):
            liked = town.call("GET", f"/mastodon/api/v1/statuses/{number}").json()["favourites_count"]
    finally:
        stop(process)
    assert liked
    assert {path for _, path, _ in product.calls} == {"/go/Radio-1"}
    assert all("X-Forwarded-For" in headers and "User-Agent" in headers for _, _, headers in product.calls)
