"""What a post may hold besides its words, on every platform: refused in words before, kept by the platform after."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors.base import Draft, Media, OutcomeUnknown, Rejected, Unavailable
from tests.core.serving import Line, Server, serving

from .conftest import new_draft
from .pictures import png
from .sides import needs

PICTURE = png(640, 400)
DOCUMENT = Media(b"%PDF-1.7\n%%EOF\n", "application/pdf", name="Was wir messen")


def hand_out(line: Line) -> None:
    while True:
        asked = line.read()
        line.answer(PICTURE if b"/picture" in asked else b"<p>no</p>", headers="Content-Type: image/png\r\n")


@pytest.fixture
def ours() -> Iterator[Server]:
    """Where a platform that fetches pictures finds ours."""
    with serving(hand_out) as server:
        yield server


def with_media(draft: Draft, ours: Server, pictures: int, **changes) -> Draft:
    made = (
        Media(PICTURE, "image/png", f"Bild {n}", address=f"{ours.origin}/picture/{n}", width=640, height=400)
        for n in range(pictures)
    )
    return replace(draft, media=tuple(made), **changes)


def codes(connector, draft: Draft) -> list[str]:
    return [problem.code for problem in connector.problems(draft)]


def test_pictures_go_out_with_the_words_and_the_link_joins_them(side, credentials, draft, ours):
    connector = side.connector
    for count in {1, min(connector.carries.pictures, 5)}:
        draft = with_media(new_draft("Mit Bildern"), ours, count)
        assert connector.problems(draft) == []
        assert draft.link.url in connector.written(draft)
        draft = replace(draft, prepared=connector.prepare(credentials, draft))
        receipt = connector.publish(credentials, draft)
        [post] = side.posts(draft.marker.short_url)
        assert (post.post_id, post.text) == (receipt.post_id, connector.written(draft))


def test_what_there_is_no_place_for_is_refused_in_words_and_fitted_away(side, ours):
    connector, has, base = side.connector, side.connector.carries, new_draft("Zu viel")
    one = with_media(base, ours, 1)
    long = replace(one.media[0], alt="x" * (has.alt + 1))
    huge = replace(one.media[0], content=b"x" * (has.picture_bytes + 1))
    too_much = {
        "pictures": with_media(base, ours, has.pictures + 1),
        "alt": replace(one, media=(long,)),
        "large": replace(one, media=(huge,)),
        "mixed": replace(one, media=(*one.media, DOCUMENT)),
        "visibility": replace(base, visibility="everybody's dog"),
    }
    for code, draft in too_much.items():
        assert code in codes(connector, draft), code
        assert all(connector.name in problem.sentence or code == "mixed" for problem in connector.problems(draft))
    not_here = {
        "document": (has.documents, replace(base, media=(replace(DOCUMENT, address="https://us.example/d"),))),
        "warning": (has.warning, replace(base, warning="Höhe")),
        "partnership": (has.partnership, replace(base, partnership=True)),
        "no_address": (not has.fetches, replace(one, media=(replace(one.media[0], address=""),))),
    }
    for code, (may, draft) in not_here.items():
        assert codes(connector, draft) == ([] if may else [code]), code
        assert connector.problems(has.fitted(draft)) == []
    assert connector.problems(has.fitted(too_much["pictures"])) == []
    assert has.left_out(connector.name, one.media) == ""
    assert connector.name in has.left_out(connector.name, too_much["pictures"].media)


@needs(can_fail=True)
def test_a_picture_that_does_not_arrive_makes_no_post(side, credentials, ours):
    side.connector.seconds = 2.0
    for kind in ("drop_before", "500_before", "html"):
        side.break_next("media", kind)
        draft = with_media(new_draft("Ohne Bild nicht"), ours, 1)
        with pytest.raises(Unavailable):
            side.connector.prepare(credentials, draft)
        assert side.posts(draft.marker.short_url) == []


@needs(can_fail=True)
def test_a_post_with_pictures_whose_answer_was_lost_is_up_once(side, credentials, ours):
    draft = with_media(new_draft("Einmal"), ours, 2)
    draft = replace(draft, prepared=side.connector.prepare(credentials, draft))
    side.break_next("publish", "drop_after")
    with pytest.raises(OutcomeUnknown):
        side.connector.publish(credentials, draft)
    side.connector.publish(credentials, draft, resend=True)
    assert len(side.posts(draft.marker.short_url)) == 1


@needs(can_fail=True)
def test_what_is_no_picture_is_refused_for_good(side, credentials, ours):
    fake = Media(b"<svg><script>alert(1)</script></svg>", "image/png", address=f"{ours.origin}/other")
    draft = replace(new_draft("Kein Bild"), media=(fake,))
    with pytest.raises((Rejected, Unavailable)):
        draft = replace(draft, prepared=side.connector.prepare(credentials, draft))
        side.connector.publish(credentials, draft)
    assert side.posts(draft.marker.short_url) == []


@needs(key="linkedin")
def test_a_document_goes_out_under_its_name(side, credentials):
    draft = replace(new_draft("Das Papier dazu"), media=(DOCUMENT,), visibility="connections")
    assert side.connector.problems(draft) == []
    draft = replace(draft, prepared=side.connector.prepare(credentials, draft))
    assert side.connector.publish(credentials, draft).post_id


@needs(key="mastodon")
def test_a_picture_still_in_work_is_waited_for(side, credentials, ours):
    draft = with_media(new_draft("Mit Hinweis"), ours, 1, visibility="followers", warning="Höhe")
    side.town.control("POST", "/modes", platform="mastodon", slow_media=3600)
    try:
        side.connector.seconds = 0.3
        with pytest.raises(Unavailable, match="takes long"):
            side.connector.prepare(credentials, draft)
        side.town.control("POST", "/modes", platform="mastodon", slow_media=0.001)
        side.connector.seconds = 5.0
        draft = replace(draft, prepared=side.connector.prepare(credentials, draft))
    finally:
        side.town.control("POST", "/modes", platform="mastodon", slow_media=0)
    posted = side.connector.publish(credentials, draft)
    answer = side.connector._api("GET", credentials, f"/api/v1/statuses/{posted.post_id}").json()
    assert (answer["visibility"], answer["spoiler_text"], answer["sensitive"]) == ("private", "Höhe", True)
    assert [one["description"] for one in answer["media_attachments"]] == ["Bild 0"]


@needs(key="threads")
def test_a_picture_nobody_can_fetch_makes_no_post(side, credentials, ours):
    draft = with_media(new_draft("Unerreichbar"), ours, 1)
    nowhere = replace(draft.media[0], address=f"{ours.origin}/gone")
    with pytest.raises(Unavailable):
        side.connector.prepare(credentials, replace(draft, media=(nowhere,)))
