"""A platform may be broken, or a server somebody runs for fun: what it writes must never break what keeps it."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import ConnectorError, Media, OutcomeUnknown, Receipt, Rejected, Unavailable
from connectors.base.answers import address_of, id_of, number, shortened, text_of
from connectors.bluesky import Bluesky
from connectors.bluesky.errors import error_of as bluesky_error
from connectors.linkedin import LinkedIn
from connectors.linkedin.errors import error_of as linkedin_error
from connectors.mastodon import Mastodon
from connectors.mastodon.errors import error_of as mastodon_error
from connectors.text import printable
from connectors.threads import Threads
from connectors.threads.errors import error_of as threads_error
from connectors.x import X
from connectors.x.errors import error_of as x_error

from .canned import SHORT, answer, canned, credentials, draft

NASTY = ["\0", "1\0", "\ud800", "1\udfff2", "\x1b[31m", "1\n2", "9" * 301, "x" * 5000]
HEADERS = ["\x1b[31m", "1\x7f2", "9" * 301, "x" * 5000]
UNSTORABLE = [
    *NASTY,
    "javascript:alert(1)",
    "https://town.example/" + "x" * 600,
    "https://a b",
    "\0https://town.example",
]
MADE = {
    "linkedin": (LinkedIn, ("www", "api"), linkedin_error),
    "x": (X, ("www", "api"), x_error),
    "mastodon": (Mastodon, ("town.example",), mastodon_error),
    "bluesky": (Bluesky, ("pds",), bluesky_error),
    "threads": (Threads, ("www", "api"), threads_error),
}


@contextmanager
def platform(key):
    made, names, _error = MADE[key]
    with canned(made, *names) as pair:
        yield pair


def can_be_kept(text, most):
    return len(text) <= most and "\0" not in text and bool(text.encode() or True)


def fits(receipt):
    return can_be_kept(receipt.post_id, 300) and can_be_kept(receipt.url, 600)


@pytest.mark.parametrize("nasty", NASTY)
def test_a_post_whose_name_cannot_be_kept_has_no_name(nasty):
    """As if the answer named none: the post may be up, and is looked for."""
    with platform("x") as (x, sent):
        sent.will_answer(201, {"data": {"id": nasty}})
        with pytest.raises(OutcomeUnknown):
            x.publish(credentials(), draft())
    with platform("mastodon") as (mastodon, sent):
        sent.will_answer(200, {"id": nasty, "url": "https://town.example/@me/1"})
        with pytest.raises(OutcomeUnknown):
            mastodon.publish(credentials(), draft())
    with platform("bluesky") as (bluesky, sent):
        sent.will_answer(200, {"uri": nasty, "cid": nasty, "commit": {"rev": nasty}})
        try:
            receipt = bluesky.publish(credentials(), draft(url=None))
        except OutcomeUnknown:
            return
        assert fits(receipt) and receipt.post_id.endswith(draft().marker.record_key)


@pytest.mark.parametrize("nasty", HEADERS)
def test_linkedins_201_is_a_post_whatever_it_calls_it(nasty):
    with platform("linkedin") as (linkedin, sent):
        sent.will_answer(201, "", x_restli_id=nasty)
        assert linkedin.publish(credentials(), draft()) == Receipt("", "")
        sent.will_answer(422, {"message": f"duplicate of urn:li:share:{'9' * 400}"})
        assert linkedin.publish(credentials(), draft(), resend=True) == Receipt("", "", adopted=True)


@pytest.mark.parametrize("nasty", UNSTORABLE)
def test_an_address_that_cannot_be_kept_is_none(nasty):
    with platform("mastodon") as (mastodon, sent):
        sent.will_answer(200, {"id": "1", "url": nasty, "uri": nasty})
        assert mastodon.publish(credentials(), draft()) == Receipt("1", "")
        sent.will_answer(200, {"id": "1", "url": nasty, "uri": "https://town.example/1"})
        assert mastodon.publish(credentials(), draft()) == Receipt("1", "https://town.example/1")


@pytest.mark.parametrize("nasty", NASTY)
def test_a_post_that_is_found_is_up_whatever_it_is_called(nasty):
    with platform("x") as (x, sent):
        sent.will_answer(200, {"data": [{"id": nasty, "text": SHORT}], "meta": {"next_token": nasty}})
        assert x.find(credentials(), draft()) == Receipt("", "", adopted=True)
    with platform("mastodon") as (mastodon, sent):
        sent.will_answer(200, [{"id": nasty, "url": nasty, "content": f'<a href="{SHORT}">'}])
        assert mastodon.find(credentials(), draft()) == Receipt("", "", adopted=True)


@pytest.mark.parametrize("key", MADE)
def test_a_picture_whose_name_cannot_be_kept_is_not_posted(key):
    """And no such answer leaves it in doubt: nothing was posted yet."""
    picture = Media(b"\xff\xd8\xff", "image/jpeg", "Eine Bruecke", address="https://us.example/a")
    made = replace(draft(), media=(picture, picture))
    allowed = credentials(scopes=frozenset({"media.write"}))
    with platform(key) as (connector, stand_in):
        for nasty in (*NASTY, "1,2", 7, None, ["1"], {"$link": "\0"}):
            for body in ({"id": nasty}, {"data": {"id": nasty}}, {"value": {"image": nasty}}, {"blob": {"ref": nasty}}):
                stand_in.will_answer(200, body)
                with pytest.raises((Rejected, Unavailable)):
                    connector.prepare(allowed, made)


@pytest.mark.parametrize("key", MADE)
@pytest.mark.parametrize("nasty", [*NASTY, {"a": "\0"}, ["\ud800"], 10**400, None])
def test_an_error_is_a_short_sentence_of_printable_words(key, nasty):
    names = ("error", "message", "detail", "title", "type", "code", "serviceErrorCode", "status")
    body = {name: nasty for name in names} | {"errorDetails": {"inputErrors": [{"code": nasty}]}}
    if key == "threads":
        body = {"error": dict.fromkeys((*names, "error_subcode", "error_user_msg", "is_transient"), nasty)}
    for status in (200, 302, 400, 401, 402, 403, 404, 409, 422, 426, 429, 500):
        error = MADE[key][2](answer(status, body), creating=True)
        assert isinstance(error, ConnectorError)
        assert can_be_kept(error.sentence, 300) and error.sentence.isprintable() and can_be_kept(error.code, 100)


@pytest.mark.parametrize("key", MADE)
@pytest.mark.parametrize("nasty", [*NASTY, 7, None, ["1"]])
def test_who_it_is_fits_the_table_or_is_refused(key, nasty):
    every = ("id", "sub", "did", "handle", "username", "name", "display_name", "avatar", "picture", "url")
    person = dict.fromkeys((*every, "profile_image_url"), nasty)
    with platform(key) as (connector, sent):
        for good in ({}, {"id": "42", "sub": "42", "did": "did:plc:42"}):
            given = person | good
            sent.answers.clear()
            sent.will_answer(200, {"data": given, **given} if key == "x" else given)
            sent.will_answer(200, {"value": {"displayName": nasty}})
            try:
                known = connector.who(credentials())
            except ConnectorError:
                assert not good
                continue
            assert 0 < len(known.remote_id) <= 200 and can_be_kept(known.remote_id, 200)
            assert can_be_kept(known.handle, 6000) and can_be_kept(known.name, 6000)
            assert can_be_kept(known.profile_url, 500) and can_be_kept(known.avatar_url, 600)


@pytest.mark.parametrize(
    ("scope", "life"),
    [([1, None, "a\0b", "x" * 61], 10**30), ("read \ud800write", -1), (7, True), ("read", 10**400), ({}, "soon")],
)
def test_a_pair_of_tokens_can_be_sealed_and_kept(scope, life):
    with platform("x") as (x, sent):
        sent.will_answer(
            200, {"access_token": "a\0\ud800", "refresh_token": "r\ud800", "scope": scope, "expires_in": life}
        )
        try:
            grant = x.refresh(credentials())
        except ConnectorError as error:
            assert can_be_kept(error.sentence, 300)
            return
    assert (grant.access, grant.refresh) == ("a", "r")
    assert all(can_be_kept(scope, 60) for scope in grant.scopes)


@pytest.mark.parametrize("given", [-1, 2**31, 10**400, True, 1.5, "7", None])
def test_what_is_no_count_is_not_counted(given):
    assert number(given) is None and number(0) == 0 and number(2**31 - 1) == 2**31 - 1


@given(st.text() | st.text(alphabet=st.characters(categories=["Cc", "Cs", "Lu", "Zs"])))
def test_whatever_is_written_can_be_kept(text):
    for kept in (printable(text), text_of(text), shortened(text), id_of(text), address_of("https://" + text)):
        assert can_be_kept(kept, 10_000)
    assert shortened(text).isprintable() or not text.isprintable()
    assert id_of(text) in (text, "")
