"""Feeds of our own, as the world writes them."""

from typing import Any
from xml.sax.saxutils import escape


def rss(*items: str, title: str = "Our blog", language: str = "en-gb") -> str:
    head = f"<title>{title}</title><link>https://blog.example/</link><language>{language}</language>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>{head}{"".join(items)}</channel></rss>'  # noqa: E501


def item(number: int = 1, *, extra: str = "", **parts: Any) -> str:
    usual = {
        "title": f"Article {number}",
        "link": f"https://blog.example/{number}",
        "guid": f"guid-{number}",
        "pubDate": f"Mon, {(number - 1) % 27 + 1:02} Jun 2026 10:00:00 GMT",
        "description": "Bread is still warm when it arrives.",
    }
    given = {name: value for name, value in (usual | parts).items() if value is not None}
    return (
        "<item>"
        + "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in given.items())
        + f"{extra}</item>"
    )


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Aus der Werkstatt</title><id>urn:werkstatt</id>
<entry><id>urn:1</id><title type="html">Vierzig &amp;amp; ein &lt;b&gt;Rad&lt;/b&gt;</title>
<link rel="replies" href="https://blog.example/kommentare"/><link href="https://blog.example/rad"/>
<published>2026-06-01T08:00:00+02:00</published>
<content type="html">&lt;p&gt;Vor dem Mittag.&lt;/p&gt;&lt;p&gt;Jedes läuft.&lt;/p&gt;</content></entry></feed>"""

PAGE = """<!doctype html><html><head><title>Our blog</title>
<link rel="alternate" type="application/rss+xml" href="/comments/feed.xml">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<meta property="og:image" content="/shared.png"></head><body><p>Hello</p></body></html>"""
