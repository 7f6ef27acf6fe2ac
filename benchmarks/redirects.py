"""/go/<code> with two web workers: how many a second, how fast, and whether every click is in the database.

The visitors have a browser's User-Agent, because a robot's is cheaper everywhere, and come through a trusted proxy
from a thousand networks. Beside it the same load on a program that only says 302, under the same server.
"""

import os
import random
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from benchmarks.figures import Figure
from benchmarks.load import Load, Outcome
from benchmarks.serving import web_server

SECONDS = float(os.environ.get("SECONDS", "12"))
RUNS = 3
CONNECTIONS = 32
STEADY = 300
LINKS = 20

BROWSERS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
]


def make_codes() -> list[str]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
    django.setup()
    from core import clock
    from links.actions import make_link

    run = secrets.token_hex(4)
    return [
        make_link(target=f"https://example.org/{n}", group=f"bench:{run}:{n % 5}", owner=None, at=clock.now()).code
        for n in range(LINKS)
    ]


def stored(codes: list[str]) -> int:
    from links.models import Click

    return Click.objects.filter(link__code__in=codes, robot=False).count()


def requests(paths: list[str], count: int = 4000) -> list[bytes]:
    dice = random.Random(1)
    host = urlsplit(os.environ.get("BASE_URL", "http://127.0.0.1")).hostname
    return [
        (
            f"GET {dice.choice(paths)} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {dice.choice(BROWSERS)}\r\n"
            f"X-Forwarded-For: 198.{18 + dice.randrange(2)}.{dice.randrange(256)}.{dice.randrange(1, 255)}\r\n"
            "Accept: text/html,application/xhtml+xml\r\nAccept-Language: en-GB,en;q=0.9\r\n"
            "Accept-Encoding: gzip, deflate, br\r\n\r\n"
        ).encode()
        for _ in range(count)
    ]


def measure(application: str, paths: list[str], seconds: float) -> tuple[Outcome, Outcome, int]:
    """(full speed, steady, every redirect that was answered), after a second of warming up.

    Each is the middle one of three runs, since a machine has other things to do now and then.
    """
    with web_server(application, TRUSTED_PROXIES="127.0.0.1") as port:
        load = Load(port, requests(paths), CONNECTIONS)
        warm = load.full_speed(1.0)
        fast = [load.full_speed(seconds / RUNS) for _ in range(RUNS)]
        calm = [load.steady(STEADY, seconds / RUNS) for _ in range(RUNS)]
        load.close()
    answered = sum(run.redirects for run in (warm, *fast, *calm))
    return middle(fast, lambda run: run.rate), middle(calm, lambda run: run.percentile(0.99)), answered


def middle(runs: list[Outcome], value: Callable[[Outcome], float]) -> Outcome:
    return sorted(runs, key=value)[len(runs) // 2]


def main() -> list[Figure]:
    limit, still, _ = measure("benchmarks.bare", ["/go/whatever"], SECONDS / 2)
    codes = make_codes()
    fast, calm, answered = measure("advocacy.wsgi", [f"/go/{code}" for code in codes], SECONDS)
    kept = stored(codes)
    slowest = calm.percentile(0.99)
    return [
        Figure("redirects, 2 workers", fast.rate, "/s", at_least=1500, ratio=fast.rate / limit.rate),
        Figure("… by the same server with a bare 302", limit.rate, "/s"),
        Figure("… p50 at that speed", fast.percentile(0.5), "ms"),
        Figure("… p99 at that speed", fast.percentile(0.99), "ms"),
        Figure("… clicks stored of those answered", 100 * kept / answered, "%", at_least=100),
        Figure(f"… p50 at {STEADY} a second", calm.percentile(0.5), "ms"),
        Figure(f"… p99 at {STEADY} a second", slowest, "ms", at_most=20),
        Figure("… p99 of a bare 302 at that speed", still.percentile(0.99), "ms"),
    ]
