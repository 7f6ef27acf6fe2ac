import gzip
import socket
import threading
from time import monotonic

import pytest

from core.http import Door, HttpError, Lost, NotSent, Policy, Refused, TooLarge, origin_of
from core.http import guard as guards

from .serving import serving


def door_to(server, **more):
    return Door(Policy(frozenset({server.origin}), **more))


def polite(line):
    while line.read():
        line.answer()


def get(server, handle_total=5.0, **more):
    return door_to(server).request("GET", server.origin + "/", total=handle_total, **more)


# What is sent and what comes back


def test_an_answer_carries_status_headers_body_and_address():
    def handle(line):
        line.read()
        line.answer(b'{"a": "\xc3\xa9"}', "201 Created", "X-Restli-Id: urn:li:share:1\r\n")

    with serving(handle) as server:
        answer = door_to(server).request("POST", server.origin + "/posts", json={"text": "é"})
    assert (answer.status, answer.ok, answer.json()) == (201, True, {"a": "é"})
    assert answer.headers["x-RESTLI-id"] == "urn:li:share:1"
    assert answer.url == server.origin + "/posts"
    assert b"Content-Type: application/json\r\n" in server.requests[0]
    assert server.requests[0].endswith('{"text":"é"}'.encode())


@pytest.mark.parametrize(
    ("given", "kind", "body"),
    [
        ({"data": {"a": "b c", "d": ["1", "2"]}}, b"application/x-www-form-urlencoded", b"a=b+c&d=1&d=2"),
        ({"data": b"\x89PNG"}, b"application/octet-stream", b"\x89PNG"),
        ({"data": "hé"}, b"text/plain; charset=utf-8", "hé".encode()),
    ],
)
def test_each_kind_of_body(given, kind, body):
    with serving(polite) as server:
        door_to(server).request("POST", server.origin, **given)
    assert b"Content-Type: " + kind in server.requests[0]
    assert server.requests[0].endswith(b"\r\n\r\n" + body)


def test_files_go_as_multipart_with_their_names_and_types():
    with serving(polite) as server:
        upload = {"file": ("bild.png", b"\x89PNG", "image/png")}
        door_to(server).request("POST", server.origin, data={"description": "Ein Bild"}, files=upload)
    request = server.requests[0]
    assert b'name="file"; filename="bild.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG' in request
    assert b'name="description"\r\n\r\nEin Bild' in request


def test_parameters_join_those_already_there_and_spaces_are_encoded():
    with serving(polite) as server:
        door_to(server).request("GET", server.origin + "/a b?x=%20", params={"q": "é&", "id": ["1", "2"]})
    assert server.requests[0].startswith(b"GET /a%20b?x=%20&q=%C3%A9%26&id=1&id=2 HTTP/1.1\r\n")


def test_basic_auth_and_own_headers():
    with serving(polite) as server:
        door_to(server).request("GET", server.origin, auth=("id", "söcret"), headers={"user-agent": "Else"})
    assert b"Authorization: Basic aWQ6c8O2Y3JldA==" in server.requests[0]
    assert server.requests[0].lower().count(b"user-agent") == 1


def test_a_post_without_body_says_that_it_has_none():
    with serving(polite) as server:
        door_to(server).request("POST", server.origin)
    assert b"Content-Length: 0\r\n" in server.requests[0]


def test_line_breaks_in_headers_are_refused_before_anything_is_sent():
    with serving(polite) as server, pytest.raises(Refused):
        door_to(server).request("GET", server.origin, headers={"X": "a\r\nEvil: b"})
    assert not server.requests


def test_gzip_is_undone_and_a_bomb_is_not():
    def handle(line):
        for size in (1000, 5_000_000):
            line.read()
            line.answer(gzip.compress(b"a" * size), headers="Content-Encoding: gzip\r\n")

    with serving(handle) as server:
        door = door_to(server)
        assert door.request("GET", server.origin).body == b"a" * 1000
        with pytest.raises(TooLarge):
            door.request("GET", server.origin)


def test_chunked_answers_are_put_together_and_the_connection_kept():
    def handle(line):
        while line.read():
            line.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")

    with serving(handle) as server:
        door = door_to(server)
        assert [door.request("GET", server.origin).body for _ in range(3)] == [b"abcde"] * 3
        assert server.connections == 1


def test_what_is_not_json_is_a_value_error():
    with serving(polite) as server, pytest.raises(ValueError):
        get(server).json()


def test_json_nested_without_end_is_a_value_error():
    def handle(line):
        line.read()
        line.answer(b"[" * 200_000)

    with serving(handle) as server, pytest.raises(ValueError):
        get(server).json()


# Limits


@pytest.mark.parametrize("head", [b"Content-Length: 5000\r\n", b"Connection: close\r\n"])
def test_an_answer_over_the_limit_is_not_read(head):
    def handle(line):
        line.read()
        line.send(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + b"x" * 5000)

    with serving(handle) as server, pytest.raises(TooLarge):
        get(server, max_bytes=4999)


def test_an_answer_of_exactly_the_limit_is_read():
    def handle(line):
        line.read()
        line.answer(b"x" * 5000)

    with serving(handle) as server:
        assert len(get(server, max_bytes=5000).body) == 5000


@pytest.mark.parametrize("slow", ["the head", "the body"])
def test_a_dripping_answer_does_not_outlive_the_deadline(slow):
    def handle(line):
        line.read()
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n"
        if slow == "the body":
            line.send(head + b"\r\n")
        line.drip(head if slow == "the head" else b"x" * 1000, 0.02)

    with serving(handle) as server:
        start = monotonic()
        with pytest.raises(Lost):
            get(server, 0.25)
        assert monotonic() - start < 5


def test_redirects_share_one_deadline():
    def handle(line):
        while line.read():
            line.drip(b"HTTP/1.1 302 Found\r\nLocation: /on\r\nContent-Length: 0\r\n\r\n", 0.003)

    with serving(handle) as server:
        start = monotonic()
        with pytest.raises(HttpError):
            get(server, 0.5, follow=50)
        assert monotonic() - start < 5


# Was it sent?


def test_a_refused_connection_was_surely_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(NotSent):
        Door(Policy(frozenset({origin}))).request("POST", origin)


def test_an_unknown_name_was_surely_not_sent():
    with pytest.raises(NotSent, match="no server called"):
        Door(Policy()).request("GET", "https://nowhere.invalid/")


@pytest.mark.parametrize("end", ["close", "reset"])
def test_a_connection_dropped_after_the_request_is_lost(end):
    def handle(line):
        line.read()
        line.reset() if end == "reset" else line.sock.shutdown(socket.SHUT_RDWR)

    with serving(handle) as server, pytest.raises(Lost):
        get(server)


@pytest.mark.parametrize(
    "partial", [b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"SSH-2.0\r\n\r\n"]
)
def test_half_an_answer_is_lost(partial):
    def handle(line):
        line.read()
        line.send(partial)

    with serving(handle) as server, pytest.raises(Lost):
        get(server)


def test_half_a_chunked_answer_is_lost():
    def handle(line):
        line.read()
        line.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")

    with serving(handle) as server, pytest.raises(Lost):
        get(server)


def test_an_idle_connection_closed_by_the_server_is_noticed_and_a_new_one_used():
    closed = threading.Event()

    def handle(line):
        line.read()
        line.answer()
        line.sock.shutdown(socket.SHUT_RDWR)
        closed.set()

    with serving(handle) as server:
        door = door_to(server)
        for _ in range(3):
            closed.clear()
            assert door.request("POST", server.origin).ok
            assert closed.wait(5)
        assert server.connections == 3


def test_a_reused_connection_reset_after_our_bytes_left_is_lost_and_never_sent_again():
    def handle(line):
        line.read()
        line.answer()
        line.read()
        line.reset()

    with serving(handle) as server:
        door = door_to(server)
        door.request("POST", server.origin)
        with pytest.raises(Lost):
            door.request("POST", server.origin)
        assert (len(server.requests), server.connections) == (2, 1)


def test_an_answer_given_before_all_was_taken_is_still_read():
    def handle(line):
        line.reader.readline()
        line.answer(b"too big", "413 Too Large", "Connection: close\r\n")
        line.sock.shutdown(socket.SHUT_WR)
        line.server.done.wait(5)

    with serving(handle) as server:
        assert door_to(server).request("POST", server.origin, data=b"x" * 100_000).status == 413


def test_a_server_error_is_an_answer_and_asked_once():
    def handle(line):
        while line.read():
            line.answer(b"oh", "503 Unavailable")

    with serving(handle) as server:
        assert get(server).status == 503
        assert len(server.requests) == 1


# Redirects


def redirecting(where, status="302 Found"):
    def handle(line):
        while True:
            request = line.read()
            if request.startswith(b"GET /end"):
                line.answer(b"there")
            else:
                line.answer(b"", status, f"Location: {where}\r\n")

    return handle


def test_redirects_are_not_followed_unless_asked():
    with serving(redirecting("/end")) as server:
        assert get(server).status == 302


def test_redirects_are_followed_as_often_as_asked():
    with serving(redirecting("/end")) as server:
        answer = get(server, follow=1)
    assert (answer.body, answer.url) == (b"there", server.origin + "/end")


def test_a_circle_of_redirects_is_refused():
    with serving(redirecting("/round")) as server, pytest.raises(Refused, match="too many"):
        get(server, follow=3)


def test_a_post_is_never_redirected():
    with serving(redirecting("/end", "307 Temporary Redirect")) as server:
        assert door_to(server).request("POST", server.origin, follow=3).status == 307


@pytest.mark.parametrize(
    "where", ["http://10.0.0.1/", "http://169.254.169.254/latest", "file:///etc/passwd", "https://[::1]/"]
)
def test_a_redirect_to_a_private_place_is_refused(where):
    with serving(redirecting(where)) as server, pytest.raises(Refused):
        get(server, follow=3)


def test_credentials_stay_behind_when_a_redirect_leaves_the_origin():
    with serving(polite) as other, serving(redirecting(f"{other.origin}/end")) as server:
        door = Door(Policy(frozenset({server.origin, other.origin})))
        door.request("GET", server.origin, headers={"Authorization": "Bearer secret"}, follow=1)
    assert b"secret" in server.requests[0]
    assert b"secret" not in other.requests[0]


# The guard


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[ff02::1]",
        "localhost",
    ],
)
def test_private_addresses_are_refused_however_they_are_written(host):
    with pytest.raises(Refused, match="private network"):
        Door(Policy()).request("GET", f"https://{host}/", total=2)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_public_addresses_are_not(address):
    assert guards.is_public(address)


def test_the_address_checked_is_the_address_connected_to(monkeypatch):
    """A name that answers publicly first and privately afterwards gets one look-up only."""
    asked = []

    def look_up(host, port, **_):
        asked.append(host)
        address = "192.0.2.1" if len(asked) > 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(guards, "is_public", lambda text: text == "127.0.0.1")
    with serving(polite) as server:
        answer = Door(Policy(https_only=False)).request("GET", f"http://rebind.test:{server.port}/")
    assert answer.ok
    assert asked == ["rebind.test"]
    assert f"Host: rebind.test:{server.port}\r\n".encode() in server.requests[0]


def test_private_ones_among_public_ones_are_passed_over(monkeypatch):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 443)) for a in ("10.0.0.1", "1.1.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)
    places = guards.permitted(guards.parse("https://mixed.test/"), Policy(), 5)
    assert [place.address[0] for place in places] == ["1.1.1.1"]


def test_only_the_exact_origin_is_allowed():
    with serving(polite) as server, pytest.raises(Refused):
        Door(Policy(frozenset({"http://127.0.0.1:1"}))).request("GET", server.origin)


def test_plain_http_is_refused_where_encryption_is_asked_for():
    with pytest.raises(Refused, match="encryption"):
        Door(Policy()).request("GET", "http://example.org/")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "example.org",
        "https://",
        "https://a:b@example.org/",
        "https://x:99999/",
        "javascript:1",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(Refused):
        Door(Policy()).request("GET", url)


def test_proxies_of_the_environment_are_ignored(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(polite) as server:
        assert get(server).ok


def test_a_name_that_takes_too_long_to_look_up_was_not_sent(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: over.wait(5) and [])
    try:
        with pytest.raises(NotSent, match="in time"):
            Door(Policy()).request("GET", "https://slow.test/", total=0.1)
    finally:
        over.set()


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Example.org/path?x", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://127.0.0.1:8001/mastodon", "http://127.0.0.1:8001"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
        ("https://[2606:4700::1]:8443/", "https://[2606:4700::1]:8443"),
    ],
)
def test_origins_have_one_form(url, origin):
    assert origin_of(url) == origin


# Many at once


def test_threads_share_the_connections():
    with serving(polite) as server:
        door = door_to(server)
        threads = [
            threading.Thread(target=lambda: [door.request("GET", server.origin) for _ in range(10)]) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.requests) == 80
        assert server.connections <= 8
