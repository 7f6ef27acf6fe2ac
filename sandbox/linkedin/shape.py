"""The shape a post must have. A field nobody knows, or a value nobody allows, is an error."""

import re
from typing import Any

from . import little, voice

FIELDS = frozenset(
    (
        "author",
        "commentary",
        "visibility",
        "distribution",
        "lifecycleState",
        "isReshareDisabledByAuthor",
        "content",
        "reshareContext",
        "contentCallToActionLabel",
        "contentLandingPage",
        "adContext",
        "container",
    )
)
NEEDED = ("author", "commentary", "visibility", "distribution", "lifecycleState")
DISTRIBUTION = frozenset({"feedDistribution", "targetEntities", "thirdPartyDistributionChannels"})
ARTICLE = frozenset({"source", "title", "description", "thumbnail", "thumbnailAltText"})
MEDIA = frozenset({"id", "altText", "title"})
IMAGE = re.compile(r"^urn:li:image:[\w-]+$")
DOCUMENT = re.compile(r"^urn:li:document:[\w-]+$")
MOST_WORDS, MOST_ALT = 3000, 4086


def only(data: dict[str, Any], allowed: frozenset[str], where: str) -> None:
    for name in data:
        if name not in allowed:
            raise voice.invalid(f"{where}{name}", "unrecognized field found but not allowed")


def check(data: dict[str, Any]) -> None:
    only(data, FIELDS, "")
    for name in NEEDED:
        if name not in data:
            raise voice.invalid(name, "field is required but not found and has no default value")
    if data["visibility"] not in ("PUBLIC", "CONNECTIONS", "LOGGED_IN"):
        raise voice.invalid("visibility", f'"{data["visibility"]}" is not an enum symbol')
    if data["lifecycleState"] != "PUBLISHED":
        raise voice.invalid("lifecycleState", "should be PUBLISHED on creation")
    check_distribution(data["distribution"])
    check_words(data["commentary"])
    check_content(data.get("content"))


def check_distribution(distribution: Any) -> None:
    if not isinstance(distribution, dict):
        raise voice.invalid("distribution", "is not a record")
    only(distribution, DISTRIBUTION, "distribution/")
    if distribution.get("feedDistribution") not in ("MAIN_FEED", "NONE"):
        raise voice.invalid("distribution/feedDistribution", "is not an enum symbol")


def check_words(words: Any) -> None:
    if not isinstance(words, str):
        raise voice.invalid("commentary", "is not a string")
    # Counted as readers see it, so escapes cost nothing.
    if little.length(little.shown(words)) > MOST_WORDS:
        text = f"commentary text length exceeded the maximum allowed ({MOST_WORDS} characters)"
        raise voice.refuse(400, "FIELD_LENGTH_TOO_LONG", text)


def check_content(content: Any) -> None:
    if content is None:
        return
    if not isinstance(content, dict) or len(content) != 1:
        raise voice.invalid("content", "union must have exactly one member")
    if "article" in content:
        check_article(content["article"])
    elif "media" in content:
        check_single(content["media"])
    elif "multiImage" in content:
        images = content["multiImage"].get("images", [])
        if not 2 <= len(images) <= 20:
            raise voice.invalid("content/multiImage/images", "must hold 2 to 20 images")
        for image in images:
            check_media(image, "content/multiImage/images/")
    else:
        only(content, frozenset(), "content/")


def check_article(article: dict[str, Any]) -> None:
    only(article, ARTICLE, "content/article/")
    if not str(article.get("source", "")).startswith(("http://", "https://")):
        raise voice.invalid("content/article/source", "is not a valid URL")
    if not article.get("title"):
        raise voice.invalid("content/article/title", "field is required but not found and has no default value")
    if "thumbnail" in article and not IMAGE.match(str(article["thumbnail"])):
        raise voice.invalid("content/article/thumbnail", "is not an image URN")


def check_single(media: dict[str, Any]) -> None:
    if not DOCUMENT.match(str(media.get("id", ""))):
        return check_media(media, "content/media/")
    only(media, MEDIA, "content/media/")
    if not media.get("title"):
        raise voice.invalid("content/media/title", "field is required but not found and has no default value")
    return None


def check_media(media: dict[str, Any], where: str) -> None:
    only(media, MEDIA, where)
    if not IMAGE.match(str(media.get("id", ""))):
        raise voice.invalid(f"{where}id", "is not an image URN")
    if len(media.get("altText", "")) > MOST_ALT:
        raise voice.refuse(400, "FIELD_LENGTH_TOO_LONG", "altText is too long")


def images(data: dict[str, Any]) -> list[str]:
    content = data.get("content") or {}
    named = [content.get("article", {}).get("thumbnail"), content.get("media", {}).get("id")]
    named += [image["id"] for image in content.get("multiImage", {}).get("images", [])]
    return [one for one in named if one]
