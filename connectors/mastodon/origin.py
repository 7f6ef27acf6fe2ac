"""The server of a member, from whatever they type: `@me@instance`, `me@instance`, `instance` or an address."""

import re

from connectors.base import Rejected
from core.http import HttpError, origin_of

HOST = re.compile(r"^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")


def normalise_origin(text: str) -> str:
    """As "https://instance"; Rejected when there is no server in it."""
    typed = text.strip()
    if not typed:
        raise Rejected("Please type your Mastodon address, such as @me@mastodon.social.", "empty")
    scheme, separator, rest = typed.partition("://")
    if separator and scheme.lower() not in ("http", "https"):
        raise Rejected("A Mastodon address starts with https:// or looks like @me@mastodon.social.", "not_an_address")
    host = (rest if separator else typed).split("/")[0].split("?")[0].split("@")[-1].rstrip(".")
    try:
        origin = origin_of(f"https://{host}")
    except HttpError:
        origin = ""
    if not HOST.match(origin.removeprefix("https://")):
        raise Rejected(f"“{typed[:60]}” names no server; it should look like @me@mastodon.social.", "no_server")
    return origin
