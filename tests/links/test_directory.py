import itertools

import pytest
from django.core.cache import cache
from django.db import InterfaceError, OperationalError

from links.models import ShortLink
from links.redirect import directory
from links.redirect.directory import Directory, Unreachable
from tests.links.making import NOON, a_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def database_down(monkeypatch):
    def switch(error=OperationalError):
        def refuse(*_, **__):
            raise error

        monkeypatch.setattr(ShortLink.objects, "filter", refuse)

    return switch


def test_a_code_is_found_with_what_a_redirect_needs():
    link = a_link()
    assert Directory().find(link.code) == (link.pk, link.target, link.group, True, None)


def test_a_code_is_asked_for_once(django_assert_num_queries):
    link, known = a_link(), Directory()
    with django_assert_num_queries(1):
        known.find(link.code)
        known.find(link.code)


@pytest.mark.parametrize("code", ["", "abc", "a" * 17, "ab cdefg", "abcdef\n", "../etcpasswd", "abc%00def", "äöüäöüä"])
def test_what_cannot_be_a_code_is_not_even_asked_for(code, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Directory().find(code) is None


def test_an_unknown_code_is_remembered_too(django_assert_num_queries):
    known = Directory()
    with django_assert_num_queries(1):
        assert known.find("abcdefgh") is None
        assert known.find("abcdefgh") is None


def test_codes_in_use_are_looked_up_again_in_one_read_beside_the_answers(django_assert_num_queries):
    links, known = [a_link() for _ in range(3)], Directory()
    for link in links:
        known.find(link.code)
    ShortLink.objects.update(ends_at=NOON)
    with django_assert_num_queries(1):
        known.refresh()
        assert [known.find(link.code).ends_at for link in links] == [NOON.timestamp()] * 3


def test_codes_nobody_used_since_are_not_looked_up_again(django_assert_num_queries):
    link, known = a_link(), Directory()
    known.find(link.code)
    known.refresh()
    known._refresh_at = 0.0
    with django_assert_num_queries(0):
        known.refresh()


def test_another_process_s_young_copy_spares_the_database(django_assert_num_queries):
    link = a_link()
    known = Directory().find(link.code)
    with django_assert_num_queries(0):
        assert Directory().find(link.code) == known


def test_a_change_is_obeyed_when_the_memory_ends():
    link, known = a_link(), Directory(life=0)
    assert known.find(link.code).counts
    ShortLink.objects.filter(pk=link.pk).update(counts=False)
    assert not known.find(link.code).counts


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_what_was_known_stays_known_without_the_database(database_down, error):
    link, known = a_link(), Directory(life=0)
    before = known.find(link.code)
    database_down(error)
    assert known.find(link.code) == before


def test_another_process_finds_the_copy_without_the_database(database_down):
    link = a_link()
    known = Directory().find(link.code)
    database_down()
    assert Directory(life=0).find(link.code) == known


def test_codes_in_use_stay_known_while_the_database_is_away(database_down):
    link, known = a_link(), Directory()
    before = known.find(link.code)
    database_down()
    known.refresh()
    assert known.find(link.code) == before


def test_without_any_copy_it_says_that_it_does_not_know(database_down):
    link = a_link()
    database_down()
    with pytest.raises(Unreachable):
        Directory().find(link.code)


def test_a_cache_that_is_down_is_a_miss(monkeypatch):
    def refuse(*_, **__):
        raise ConnectionError

    monkeypatch.setattr(cache, "set", refuse)
    link = a_link()
    assert Directory().find(link.code).id == link.pk


def test_a_slow_cache_makes_nobody_wait_again_soon(monkeypatch):
    asked = []
    moments = itertools.count(0, 1)  # each look at the clock is a second later
    monkeypatch.setattr(cache, "get", lambda *_: asked.append(1))
    monkeypatch.setattr(directory.time, "monotonic", lambda: next(moments))
    known, links = Directory(), [a_link(), a_link()]
    for link in links:
        known.find(link.code)
    assert len(asked) == 1


def test_a_flood_of_codes_does_not_fill_the_process(monkeypatch):
    monkeypatch.setattr(directory, "LIMIT", 3)
    known = Directory()
    for number in range(10):
        known.find(f"flood{number:03}")
    assert len(known._entries) <= 3
