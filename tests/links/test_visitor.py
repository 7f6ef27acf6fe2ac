from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from links.redirect.visitor import (
    Proxies,
    browser_family,
    coarse,
    parse_address,
    parse_networks,
    truncated,
    within,
)

PROXY = "10.0.0.5"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("203.0.113.9", "203.0.113.9"),
        (" 203.0.113.9 ", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ('"[2001:db8::1]:443"', "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_an_address_is_read_as_proxies_write_it(written, read):
    assert str(parse_address(written)) == read


@pytest.mark.parametrize("text", ["", "unknown", "_hidden", "999.1.1.1", "1.2.3", "a:b", "[", "]"])
def test_what_is_no_address_is_none(text):
    assert parse_address(text) is None


def test_a_stranger_cannot_say_where_he_comes_from():
    assert str(Proxies([PROXY]).client("198.51.100.7", "203.0.113.9")) == "198.51.100.7"


def test_without_trusted_proxies_nobody_is_believed():
    assert str(Proxies([]).client("127.0.0.1", "203.0.113.9")) == "127.0.0.1"


def test_a_trusted_proxy_is_believed():
    assert str(Proxies([PROXY]).client(PROXY, "203.0.113.9")) == "203.0.113.9"


def test_what_stands_left_of_the_first_stranger_may_be_made_up():
    proxies = Proxies(["10.0.0.0/8"])
    assert str(proxies.client(PROXY, "1.1.1.1, 203.0.113.9, 10.0.0.9")) == "203.0.113.9"


def test_rubbish_in_the_list_ends_the_belief():
    assert str(Proxies(["10.0.0.0/8"]).client(PROXY, "203.0.113.9, rubbish, 10.0.0.9")) == "10.0.0.9"


def test_only_proxies_all_the_way_gives_the_outermost():
    assert str(Proxies(["10.0.0.0/8"]).client(PROXY, "10.0.0.7, 10.0.0.9")) == "10.0.0.7"


def test_a_proxy_on_a_socket_file_is_believed_only_when_named():
    assert str(Proxies(["unix"]).client("", "203.0.113.9")) == "203.0.113.9"
    assert Proxies([PROXY]).client("", "203.0.113.9") is None


def test_networks_that_cannot_be_read_are_left_out():
    assert parse_networks(["10.0.0.0/8", "rubbish", "2001:db8::/32", "192.0.2.1"]) == (
        ip_network("10.0.0.0/8"),
        ip_network("2001:db8::/32"),
        ip_network("192.0.2.1/32"),
    )


@pytest.mark.parametrize(
    ("address", "same", "other"),
    [
        ("203.0.113.9", "203.0.113.250", "203.0.114.9"),
        ("2001:db8:1:2::3", "2001:db8:1:ffff::9", "2001:db8:2:2::3"),
    ],
)
def test_only_the_network_of_an_address_remains(address, same, other):
    kept = truncated(ip_address(address))
    assert kept == truncated(ip_address(same)) != truncated(ip_address(other))
    assert address not in kept


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_header_is_too_strange(peer, forwarded):
    client = Proxies(["10.0.0.0/8", "unix"]).client(peer, forwarded)
    assert client is None or str(client)


@given(
    st.lists(st.ip_addresses(v=4).map(str), max_size=5),
    st.ip_addresses(v=4).filter(lambda a: a not in ip_network("10.0.0.0/8")),
)
def test_whatever_a_visitor_prepends_the_last_stranger_counts(made_up, visitor):
    forwarded = ", ".join([*made_up, str(visitor)])
    assert Proxies(["10.0.0.0/8"]).client(PROXY, forwarded) == visitor


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36", "chrome"),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "edge"),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 OPR/110.0", "opera"),
        ("Mozilla/5.0 AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36", "samsung"),
        ("Mozilla/5.0 (X11; rv:143.0) Gecko/20100101 Firefox/143.0", "firefox"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1", "safari"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1", "chrome"),
        ("", "other"),
    ],
)
def test_a_browser_has_a_family(agent, family):
    assert browser_family(agent) == family


def test_two_people_of_one_network_and_browser_are_one_visitor():
    one, other = parse_address("203.0.113.9"), parse_address("203.0.113.77")
    assert coarse(one, "Firefox/1") == coarse(other, "Firefox/2")


def test_an_unknown_address_is_within_nothing():
    assert not within(None, parse_networks(["0.0.0.0/0"]))
    assert within(ip_address("10.1.2.3"), parse_networks(["10.0.0.0/8"]))


@given(st.from_regex(r"[0-9a-fA-F.: \x00٣]{1,16}", fullmatch=True) | st.ip_addresses().map(str))
def test_an_address_is_what_the_standard_library_takes_for_one(text):
    """Read by a quicker way first, which must not be a more generous one."""
    try:
        expected = ip_address(text.strip())
    except ValueError:
        return
    assert parse_address(text) == (getattr(expected, "ipv4_mapped", None) or expected)


@given(st.from_regex(r"[0-9.٣]{1,16}", fullmatch=True))
def test_what_the_standard_library_refuses_is_refused(text):
    try:
        ip_address(text)
    except ValueError:
        assert parse_address(text) is None


def test_of_those_who_come_only_our_own_proxies_are_remembered():
    proxies = Proxies(["10.0.0.0/8"])
    for peer in ("10.0.0.1", "203.0.113.9", "10.0.0.1"):
        proxies.client(peer, "198.51.100.7")
    assert "203.0.113.9" not in repr(vars(proxies)) and "198.51.100.7" not in repr(vars(proxies))
    assert not proxies.trusts("203.0.113.9") and proxies.trusts("10.0.0.1")
