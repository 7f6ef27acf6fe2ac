"""Who is not a person: robots by their User-Agent, visits a browser makes before anybody has clicked, and haste.

The list of crawler-user-agents knows the crawlers of the world; what stands here is our supplement to it. Link
previewers matter most: each post on a platform is fetched by a handful of them within seconds.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from crawleruseragents import is_crawler

# What nearly every honest robot says of itself.
PATTERNS = (
    r"bot\b",
    r"bot[/_;.)-]",
    r"\brss\b",
    r"\+https?://",
    r"fetch(?:er)?\b",
    r"scan(?:ner)?\b",
    r"feed(?:parser|ly|bin|burner|press)",
    r"^(?:curl|wget|python|java/|ruby|php|perl|node|dart|rust|go |http-?client)",
    r"^mozilla/[45]\.0$",
    r"compatible; ?\)",
)
WORDS = (
    "crawl spider slurp scraper scrapy archiver preview monitor validator checker probe transcoder "
    "headless phantomjs selenium puppeteer playwright cypress lighthouse pagespeed htmlunit"
)
# Those that send the link of a post to a card or a message, as their services' own pages name them. Not Outlook and
# Pinterest: alone their names are no browser's, and behind a whole browser's they are the page inside the app.
PREVIEWERS = (
    "facebookexternalhit facebookcatalog meta-externalagent meta-externalfetcher facebot linkedinbot twitterbot "
    "slackbot slack-imgproxy discordbot telegrambot whatsapp skypeuripreview msteams ms-office viber "
    "line-poker kakaotalk-scrap mastodon pleroma akkoma misskey friendica gotosocial hubzilla lemmy bluesky "
    "cardyb bsky redditbot embedly iframely flipboardproxy tumblr/ vkshare xing-contenttabreceiver nuzzel "
    "bitlybot google-safety google-inspectiontool googleother google-read-aloud apis-google mediapartners-google "
    "adsbot feedfetcher duckduckgo-favicons bingpreview applebot"
)
# Mail gateways open each link to look for harm, before or after the person it was sent to.
GATEWAYS = (
    "proofpoint mimecast barracuda safelinks symantec trendmicro forcepoint fireeye sophos cloudmark virustotal "
    "urlscan phishtank netcraft censys zgrab masscan nmap nessus qualys expanse"
)
LIBRARIES = (
    "libcurl python-requests python-urllib aiohttp httpx okhttp apache-httpclient go-http-client faraday guzzle libwww "
    "lwp:: node-fetch axios undici superagent dotnet restsharp winhttp postman insomnia httpie reqwest hyper/ colly "
    "jakarta"
)
SPACED = ("skype uri", "microsoft office", "snap url", "quora link", "yahoo link", "yahoo! link", "java http", "got (")


def _all() -> list[str]:
    words = " ".join((WORDS, PREVIEWERS, GATEWAYS, LIBRARIES)).split()
    return [*PATTERNS, *map(re.escape, words), *map(re.escape, SPACED)]


ROBOT = re.compile("|".join(_all()), re.IGNORECASE)

PURPOSES = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")

# Every browser of the last twenty years starts like this; what does not, is not one. Facebook's page on Android leaves
# the browser out now and then (isbot issue 314, July 2026).
BROWSER = re.compile(r"^(?:Mozilla/\d|Opera[/ ]\d|Dalvik/\d|UCWEB|SAMSUNG|\[FBAN/FB4A;)")

# Cubot makes phones, and the name stands in the User-Agent of people who own one.
PEOPLE = re.compile(r"\bcubot\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_robot(agent: str) -> bool:
    """Whether this User-Agent belongs to a program and not to a person's browser. Empty counts as a program."""
    words = PEOPLE.sub("", agent.strip())
    return not BROWSER.match(words) or ROBOT.search(words) is not None or is_crawler(words)


def looks_ahead(environ: Mapping[str, str]) -> bool:
    """Whether the browser fetches on its own account, before or without a click: prefetch, prerender, preview."""
    if environ.get("REQUEST_METHOD") == "HEAD":
        return True
    for name in PURPOSES:
        if name in environ:
            said = environ[name].lower()
            if "prefetch" in said or "prerender" in said or "preview" in said:
                return True
    return False


class Haste:
    """Notices who opens many links at once: a mail gateway that looks into each, not a person who reads."""

    LINKS = 8
    WITHIN = timedelta(seconds=10)
    VISITORS = 20_000

    def __init__(self) -> None:
        self._seen: OrderedDict[str, dict[int, datetime]] = OrderedDict()

    def notice(self, visitor: str, link_id: int, at: datetime) -> bool:
        """True for a visitor's click that makes it too many different links within too few seconds."""
        if not visitor:
            return False
        before = self._seen.pop(visitor, {})
        links = {one: when for one, when in before.items() if abs(at - when) < self.WITHIN} | {link_id: at}
        self._seen[visitor] = links
        if len(self._seen) > self.VISITORS:
            self._seen.popitem(last=False)
        return len(links) >= self.LINKS

    def forget_old(self, at: datetime) -> None:
        """What one visitor opened stays together no longer than it takes to tell haste."""
        while self._seen and max(next(iter(self._seen.values())).values()) < at - self.WITHIN:
            self._seen.popitem(last=False)
