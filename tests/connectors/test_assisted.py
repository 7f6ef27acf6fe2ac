from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from connectors import assisted, registry
from core.http import Door, Policy

from .canned import SHORT, draft

WORDS = "Grüße & Küsse +1 #Jobs\n日本語 100 %"


@pytest.mark.parametrize("key", ["facebook", "whatsapp", "email", "reddit"])
def test_each_target_carries_the_link(key):
    assert SHORT in unquote(assisted.TARGETS[key].assisted_url(draft(WORDS)))


def test_whatsapp_gets_the_words_to_the_letter():
    url = assisted.TARGETS["whatsapp"].assisted_url(draft(WORDS))
    assert unquote(urlsplit(url).query.removeprefix("text=")) == f"{WORDS}\n\n{SHORT}"
    assert "+" not in url


def test_mail_has_lines_and_spaces_as_mail_wants_them():
    url = assisted.TARGETS["email"].assisted_url(draft(WORDS))
    assert url.startswith("mailto:?subject=Ein%20Titel&body=Gr%C3%BC")
    assert "%0D%0A" in url and "+" not in url


def test_a_long_mail_keeps_its_link():
    url = assisted.TARGETS["email"].assisted_url(draft("日" * 2000))
    assert len(url) < 2000
    assert SHORT in unquote(url)


def test_reddit_gets_link_and_title():
    query = parse_qs(urlsplit(assisted.TARGETS["reddit"].assisted_url(draft(WORDS))).query)
    assert query == {"url": [SHORT], "title": ["Ein Titel"]}


def test_facebook_takes_no_words_and_says_so():
    assert not assisted.TARGETS["facebook"].takes_text


def test_the_share_sheet_of_the_phone_has_no_address():
    device = assisted.TARGETS["device"]
    assert device.by_device and device.assisted_url(draft(WORDS)) == ""


def test_a_link_already_in_the_words_is_not_added_again():
    url = assisted.TARGETS["whatsapp"].assisted_url(draft(f"Siehe {SHORT}"))
    assert unquote(url).count(SHORT) == 1


@pytest.mark.parametrize("key", registry.KEYS)
def test_platforms_have_a_page_of_their_own_too(key):
    url = registry.build(Door(Policy()))[key].assisted_url(draft(WORDS))
    assert url.startswith("https://")
    assert SHORT in unquote(url)


def test_no_target_has_the_name_of_a_platform():
    assert not set(assisted.KEYS) & set(registry.KEYS)


def test_what_is_opened_takes_the_link_once_and_words_where_it_can():
    for key in ("telegram", "xing", "facebook", "reddit"):
        url = unquote(assisted.TARGETS[key].assisted_url(draft(f"{WORDS} {SHORT}")))
        assert url.count(SHORT) == 1 and (WORDS in url) == assisted.TARGETS[key].takes_text
    assert SHORT not in assisted.TARGETS["instagram"].assisted_url(draft(WORDS))


def test_each_target_says_why_it_is_by_hand_and_what_its_page_lacks():
    for target in assisted.TARGETS.values():
        assert target.why.endswith(".")
    assert assisted.TARGETS["instagram"].happens
