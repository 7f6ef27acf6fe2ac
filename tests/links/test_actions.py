from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection

from links import actions
from links.actions import BadTarget, end_links, make_link, normal_target, record_clicks, set_counting
from links.models import Click, ShortLink
from links.redirect.lines import Row
from tests.links.making import NOON, a_link

pytestmark = pytest.mark.django_db


def test_codes_are_long_and_hold_no_letter_that_is_read_wrongly():
    codes = {a_link().code for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) >= 7 and not set(code) & set("0O1lI") for code in codes)


def test_a_code_that_is_taken_is_not_given_again(monkeypatch):
    letters = iter("aaaaaaaa" + "aaaaaaaa" + "bbbbbbbb")
    monkeypatch.setattr(actions.secrets, "choice", lambda _: next(letters))
    assert [a_link().code, a_link().code] == ["aaaaaaaa", "bbbbbbbb"]


def test_it_gives_up_when_no_code_is_free(monkeypatch):
    monkeypatch.setattr(actions.secrets, "choice", lambda _: "a")
    a_link()
    with pytest.raises(RuntimeError):
        a_link()


def test_a_member_who_switched_counting_off_gets_a_link_that_counts_nothing(django_user_model):
    quiet = django_user_model.objects.create_user(None, name="Quiet", joined_at=NOON, counts_clicks=False)
    assert not a_link(owner=quiet).counts


def test_counting_is_switched_for_all_links_of_a_member_and_no_others(django_user_model):
    one = django_user_model.objects.create_user(None, name="One", joined_at=NOON)
    mine, other = a_link(owner=one), a_link()
    assert set_counting(owner=one, counts=False) == 1
    assert not ShortLink.objects.get(pk=mine.pk).counts
    assert ShortLink.objects.get(pk=other.pk).counts


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/päge?q=ü#ü", "https://example.org/p%C3%A4ge?q=%C3%BC#%C3%BC"),
        ("https://müller.example/x", "https://xn--mller-kva.example/x"),
        ("http://127.0.0.1:8001/x", "http://127.0.0.1:8001/x"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
        ("https://name:password@example.org/", "https://example.org/"),
        ("http://localhost:9000/x?a=1&b=%20", "http://localhost:9000/x?a=1&b=%20"),
        ("  https://example.org  ", "https://example.org"),
    ],
)
def test_a_target_is_kept_as_it_may_stand_in_a_header(given, kept):
    assert normal_target(given) == kept
    assert normal_target(kept) == kept


@pytest.mark.parametrize(
    "target",
    ["", "javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "//example.org", "https://", "https:///x",
     "https://exa mple.org/", "https://example.org:99999/", "https://" + "a" * 2000 + ".org", "/local"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(target):
    with pytest.raises(BadTarget):
        make_link(target=target, group="story:1", owner=None, at=NOON)


@pytest.mark.parametrize("sneaky", ["https://example.org/\r\nSet-Cookie: a=b", "https://example.org/\n\n<script>"])
def test_no_target_adds_a_header(sneaky):
    try:
        kept = normal_target(sneaky)
    except BadTarget:
        return
    assert "\r" not in kept and "\n" not in kept


def row(link, **changes):
    return Row(link.pk, NOON, True, False, False)._replace(**changes)


def test_clicks_are_written_as_they_were_decided():
    link = a_link()
    record_clicks([row(link), row(link, first_today=False), row(link, robot=True, own_network=True)])
    assert Click.objects.filter(link=link, first_today=True, robot=False).count() == 1
    assert Click.objects.filter(link=link, robot=True, own_network=True).count() == 1


def test_a_month_that_has_no_table_yet_gets_one():
    link, far = a_link(), NOON.replace(year=2041)
    record_clicks([row(link, at=far)])
    assert Click.objects.get(link=link).at == far


def test_a_click_that_is_there_already_is_not_written_again():
    link = a_link()
    rows = [row(link, id=1), row(link, id=2)]
    record_clicks(rows)
    record_clicks([*rows, row(link, id=3)])
    assert Click.objects.filter(link=link).count() == 3


def test_links_of_a_group_end_together_and_can_begin_again():
    mine, poster, other = a_link(group="story:1"), a_link(group="poster:1"), a_link(group="story:12")
    assert end_links(groups=["story:1", "poster:1"], ends_at=NOON) == 2
    assert set(ShortLink.objects.filter(ends_at=NOON)) == {mine, poster}
    end_links(groups=["story:1", "poster:1"], ends_at=None)
    assert not ShortLink.objects.exclude(ends_at=None).exists() and other


def test_no_clicks_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        record_clicks([])


def test_the_running_product_cannot_change_or_remove_a_click(as_runner):
    link = a_link()
    record_clicks([row(link)])
    with pytest.raises(DatabaseError), as_runner():
        Click.objects.all().update(robot=True)
    with pytest.raises(DatabaseError), as_runner():
        Click.objects.all().delete()


def test_the_running_product_can_write_clicks(as_runner):
    link = a_link()
    with as_runner():
        record_clicks([row(link)])
    assert Click.objects.filter(link=link).count() == 1


def test_a_click_has_no_column_for_a_person():
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, "links_click")}
    assert columns == {"id", "at", "link_id", "first_today", "robot", "own_network"}


def test_an_owner_need_only_say_whether_to_count():
    with pytest.raises(ValueError):
        make_link(target="https://example.org", group="story:1", owner=SimpleNamespace(), at=NOON)
