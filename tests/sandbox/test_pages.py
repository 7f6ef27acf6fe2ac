import pytest

from .test_bluesky import record, tid
from .test_linkedin import body, headers

LINK = "http://127.0.0.1:1/go/abc-1"


def page(town, path):
    answer = town.call("GET", path.removeprefix(town.base))
    assert answer.status_code == 200, path
    return answer.text


def say(town, platform, words):
    """The same words on any platform; where they can be seen."""
    person = town.person(platform, "Ada Lovelace")
    token = person["access_token"]
    if platform == "mastodon":
        town.call("POST", "/mastodon/api/v1/statuses", token, json={"status": words})
    elif platform == "x":
        town.call("POST", "/x/2/tweets", token, json={"text": words})
    elif platform == "threads":
        made = town.call("POST", "/threads/v1.0/me/threads", token, data={"media_type": "TEXT", "text": words}).json()
        town.call("POST", "/threads/v1.0/me/threads_publish", token, data={"creation_id": made["id"]})
    elif platform == "linkedin":
        town.call("POST", "/linkedin/rest/posts", token, json=body(person, words), headers=headers())
    else:
        put = {"repo": person["remote_id"], "collection": "app.bsky.feed.post", "rkey": tid(), "record": record(words)}
        town.call("POST", "/bluesky/xrpc/com.atproto.repo.putRecord", token, json=put)
    return town.ledger(platform=platform)[-1]["url"]


@pytest.mark.parametrize("platform", ["mastodon", "bluesky", "linkedin", "x", "threads"])
def test_a_post_is_seen_on_its_own_page_its_authors_its_platforms_and_the_index(town, platform):
    url = say(town, platform, "Bread at four in the morning")
    for path in (url, f"/{platform}/", f"/{platform}/@ada_lovelace", "/"):
        assert "Bread at four in the morning" in page(town, path)
    others = {"mastodon", "bluesky", "linkedin", "x", "threads"} - {platform}
    assert all("Bread" not in page(town, f"/{other}/") for other in others)


@pytest.mark.parametrize("platform", ["mastodon", "linkedin", "x", "threads"])
def test_an_address_in_the_words_can_be_followed(town, platform):
    assert f'href="{LINK}"' in page(town, say(town, platform, f"See {LINK}"))


def test_on_bluesky_only_what_a_facet_names_is_a_link(town):
    assert 'href="http://127.0.0.1:1' not in page(town, say(town, "bluesky", f"See {LINK}"))
    ada = town.person("bluesky")
    link = {"$type": "app.bsky.richtext.facet#link", "uri": LINK}
    facet = {"index": {"byteStart": 5, "byteEnd": 12}, "features": [link]}
    put = {
        "repo": ada["remote_id"],
        "collection": "app.bsky.feed.post",
        "rkey": tid(),
        "record": record("🥐 Grüße", facets=[facet]),
    }
    town.call("POST", "/bluesky/xrpc/com.atproto.repo.putRecord", ada["access_token"], json=put)
    assert f'<a href="{LINK}" rel="nofollow noopener noreferrer">Grüße</a>' in page(town, town.ledger()[-1]["url"])


def test_what_people_write_is_never_taken_for_html(town):
    text = page(town, say(town, "mastodon", '<script>alert(1)</script> <img src="x">'))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_card_and_its_picture_are_shown(town):
    ada = town.person("bluesky")
    rest = {"data": b"\x89PNG", "headers": {"Content-Type": "image/png"}}
    blob = town.call("POST", "/bluesky/xrpc/com.atproto.repo.uploadBlob", ada["access_token"], **rest).json()["blob"]
    external = {"uri": LINK, "title": "Warm ovens", "description": "Cold nights", "thumb": blob}
    embed = {"$type": "app.bsky.embed.external", "external": external}
    put = {"repo": ada["remote_id"], "collection": "app.bsky.feed.post", "rkey": tid(), "record": record(embed=embed)}
    town.call("POST", "/bluesky/xrpc/com.atproto.repo.putRecord", ada["access_token"], json=put)
    text = page(town, town.ledger()[-1]["url"])
    assert "Warm ovens" in text and "Cold nights" in text
    picture = town.call("GET", f"/media/bluesky/{blob['ref']['$link']}")
    assert (picture.content, picture.headers["content-type"]) == (b"\x89PNG", "image/png")


def test_a_deleted_post_is_gone_from_the_pages(town):
    url = say(town, "x", "Soon gone")
    number = town.ledger()[0]["post_id"]
    town.call("DELETE", f"/x/2/tweets/{number}", town.person("x", "Ada Lovelace")["access_token"])
    assert town.call("GET", url.removeprefix(town.base)).status_code == 404
    assert "Soon gone" not in page(town, "/")


def test_pages_have_no_script_and_say_so_to_the_browser(town):
    answer = town.call("GET", "/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text and " style=" not in answer.text


def test_long_timelines_go_on_on_the_next_page(town):
    town.order("limits", on=False)
    ada = town.person("mastodon")
    for number in range(32):
        town.call("POST", "/mastodon/api/v1/statuses", ada["access_token"], json={"status": f"Number {number}."})
    first = page(town, "/mastodon/")
    assert "Number 31." in first and "Number 1." not in first
    older = first.split('class="older" href="')[1].split('"')[0]
    assert "Number 1." in page(town, "/mastodon/" + older)
