"""A post as the server keeps it: words, facets placed by bytes, and the card. On the stand-in and on a real server."""

from dataclasses import replace

import pytest

from connectors.base import Credentials

from .conftest import new_draft, with_picture
from .sides import Side, needs


def kept(side: Side, credentials: Credentials, record_key: str) -> dict:
    base = side.connector.places["pds"]
    where = {"repo": credentials.remote_id, "collection": "app.bsky.feed.post", "rkey": record_key}
    answer = side.connector.door.request("GET", f"{base}/xrpc/com.atproto.repo.getRecord", params=where)
    return answer.json()["value"]


@needs(key="bluesky")
@pytest.mark.parametrize("before", ["", "Hallo ", "👩🏽‍🔬👨‍👩‍👧‍👦 ", "我们在招聘！", "é é ", "🇨🇭\n\n"])
def test_a_link_is_where_its_bytes_are_whatever_stands_before_it(side, credentials, before):
    draft = new_draft("Worte", with_link=False)
    url = draft.marker.short_url
    draft = replace(draft, text=f"{before}{url} #Jobs mit @{credentials.handle} danach")
    draft = replace(draft, prepared=side.connector.prepare(credentials, draft))
    side.connector.publish(credentials, draft)
    record = kept(side, credentials, draft.marker.record_key)
    cut = {
        facet["features"][0]["$type"].partition("#")[2]: record["text"]
        .encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]]
        .decode()
        for facet in record["facets"]
    }
    assert cut == {"link": url, "tag": "#Jobs", "mention": f"@{credentials.handle}"}
    assert credentials.remote_id in [facet["features"][0].get("did") for facet in record["facets"]]
    assert record["facets"][0]["features"][0]["uri"] == url


@needs(key="bluesky")
def test_the_card_has_link_title_words_and_picture(side, credentials):
    draft = with_picture(new_draft("Mit Karte"))
    draft = replace(draft, prepared=side.connector.prepare(credentials, draft))
    side.connector.publish(credentials, draft)
    record = kept(side, credentials, draft.marker.record_key)
    card = record["embed"]["external"]
    assert (card["uri"], card["title"]) == (draft.link.url, draft.link.title)
    assert card["description"] == draft.link.description
    assert card["thumb"]["mimeType"] == "image/png"
    assert record["langs"] == ["de"]


@needs(key="bluesky")
def test_other_words_under_the_same_key_change_nothing(side, credentials):
    draft = new_draft("Zuerst")
    side.connector.publish(credentials, draft)
    again = side.connector.publish(credentials, replace(draft, text="Danach"))
    assert again.adopted
    assert kept(side, credentials, draft.marker.record_key)["text"] == draft.text
