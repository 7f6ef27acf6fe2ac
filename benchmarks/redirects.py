"""/go/<code> with two web workers: how many a second, how fast, and whether every click is in the database.

The visitors have a browser's User-Agent, because a robot's is cheaper everywhere, and come through a trusted proxy
from thousands of networks. Beside it the same load on a program that only says 302, under the same server. Then the
same again while something is taken away: the database for OUTAGE seconds, web workers and Redis by SIGKILL.
"""

import os
import random
import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from benchmarks.figures import Figure
from benchmarks.load import Load, Outcome
from benchmarks.outages import await_stored, keep_database_down, kill_web_redis_and_drainer, visitors
from benchmarks.serving import server_with, web_server

SECONDS = float(os.environ.get("SECONDS", "12"))
OUTAGE = float(os.environ.get("OUTAGE", "30"))
RUNS = 3
CONNECTIONS = 32
STEADY = 500
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

    return Click.objects.filter(link__code__in=codes).count()


def requests(paths: list[str], count: int = 4000) -> list[bytes]:
    """Each visitor has a network and one link of their own: who opened all of them at once would be a robot."""
    dice = random.Random(1)
    host = urlsplit(os.environ.get("BASE_URL", "http://127.0.0.1")).hostname
    return [
        (
            f"GET {dice.choice(paths)} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {dice.choice(BROWSERS)}\r\n"
            f"X-Forwarded-For: 10.{number // 256}.{number % 256}.{dice.randrange(1, 255)}\r\n"
            "Accept: text/html,application/xhtml+xml\r\nAccept-Language: en-GB,en;q=0.9\r\n"
            "Accept-Encoding: gzip, deflate, br\r\n\r\n"
        ).encode()
        for number in range(count)
    ]


def measure(paths: list[str], seconds: float, *server: str) -> tuple[Outcome, Outcome, int]:
    """(full speed, steady, every redirect that was answered), after a second of warming up.

    Each is the middle one of three runs, since a machine has other things to do now and then.
    """
    # The stand-ins' shifted clock is a file that is read each time; an installation has none.
    with web_server(*server, TRUSTED_PROXIES="127.0.0.1", CLOCK_FILE="") as port:
        time.sleep(1)
        load = Load(port, requests(paths), CONNECTIONS)
        warm = load.full_speed(1.0)
        fast = [load.full_speed(seconds / RUNS) for _ in range(RUNS)]
        calm = [load.steady(STEADY, seconds / RUNS) for _ in range(RUNS)]
        load.close()
    answered = sum(run.redirects for run in (warm, *fast, *calm))
    return middle(fast, lambda run: run.rate), middle(calm, lambda run: run.percentile(0.99)), answered


def middle(runs: list[Outcome], value: Callable[[Outcome], float]) -> Outcome:
    return sorted(runs, key=value)[len(runs) // 2]


def speed() -> list[Figure]:
    limit, still, _ = measure(["/go/whatever"], SECONDS / 2, "benchmarks.bare:application", "--without-drainer")
    codes = make_codes()
    began = time.perf_counter()
    fast, calm, answered = measure([f"/go/{code}" for code in codes], SECONDS, "advocacy.wsgi:application")
    # The drainer of the whole installation takes over what is left when the benchmark's own server has ended.
    kept = await_stored(lambda: stored(codes), answered)
    whole = time.perf_counter() - began
    return [
        Figure("redirects, click stored, 2 workers", fast.rate, "/s", at_least=5000, ratio=fast.rate / limit.rate),
        Figure("… by the same server with a bare 302", limit.rate, "/s"),
        Figure("… ratio to it", fast.rate / limit.rate, "", at_least=0.3),
        Figure("… p50 at that speed", fast.percentile(0.5), "ms"),
        Figure("… p99 at that speed", fast.percentile(0.99), "ms"),
        Figure("… clicks stored of those answered", 100 * kept / answered, "%", at_least=100),
        Figure("… seconds until the last was in the database", whole, "s"),
        Figure(f"… p50 at {STEADY} a second", calm.percentile(0.5), "ms"),
        Figure(f"… p99 at {STEADY} a second", calm.percentile(0.99), "ms", at_most=10),
        Figure("… p99 of a bare 302 at that speed", still.percentile(0.99), "ms"),
    ]


Harm = Callable[[float], None]


def suffer(name: str, seconds: float, harm_of: Callable[[int], Harm]) -> list[Figure]:
    """STEADY visits a second for so long while `harm_of(server)` kills; what went wrong, was lost or came twice."""
    codes = make_codes()
    with server_with("advocacy.wsgi:application", TRUSTED_PROXIES="127.0.0.1", CLOCK_FILE="") as (port, pid):
        time.sleep(1)
        load = visitors(port, requests([f"/go/{code}" for code in codes]))
        # What nobody has followed yet would have to be looked up in a database that is away.
        before = load.full_speed(1.0)
        outcome = load.steady_while(STEADY, seconds, harm_of(pid))
        load.close()
        answered = before.redirects + outcome.redirects
        kept = await_stored(lambda: stored(codes), answered, seconds=60)
    # What was cut off with its worker may be stored all the same: its line was there before the answer.
    cut_off = load.next - before.answers - outcome.answers
    return [
        Figure(f"{name}: answers that were no redirect", outcome.answers - outcome.redirects, "", at_most=0),
        Figure("… clicks lost", max(0, answered - kept), "", at_most=0),
        Figure("… clicks twice", max(0, kept - answered - cut_off), "", at_most=0),
        Figure("… clicks stored", kept),
        Figure("… requests cut off with their worker", cut_off),
    ]


def main() -> list[Figure]:
    found = speed()
    found += suffer(f"database stopped {OUTAGE:g} s", OUTAGE + 6, lambda _: keep_database_down(3, 3 + OUTAGE))
    found += suffer("web, Redis and drainer killed", 20, kill_web_redis_and_drainer)
    return found
