import threading
import time

import pytest
import requests

from .conftest import Town, free_ports, start, stop


def post(town, token, words="Hello"):
    return town.call("POST", "/mastodon/api/v1/statuses", token, json={"status": words})


def test_people_come_ready_made_with_tokens_that_work(town):
    made = town.order("accounts", platform="x", name="crowd", count=3)["accounts"]
    assert [person["handle"] for person in made] == ["crowd1", "crowd2", "crowd3"]
    for person in made:
        assert town.call("GET", "/x/2/users/me", person["access_token"]).json()["data"]["id"] == person["remote_id"]


def test_the_same_name_is_the_same_person(town):
    assert town.person("linkedin")["remote_id"] == town.person("linkedin")["remote_id"]


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Jürgen Müßig", "jurgen_mussig"),
        ("@ada@town.example", "ada"),
        ("Alexandra Hoffmann", "alexandra_hoffm"),
    ],
)
def test_any_name_becomes_a_handle(town, name, handle):
    assert town.person("x", name)["handle"] == handle


def test_people_with_other_letters_are_kept_apart(town):
    assert town.person("linkedin", "田中")["remote_id"] != town.person("linkedin", "鈴木")["remote_id"]
    assert (
        town.person("linkedin", "Alexandra Hoffmann")["remote_id"]
        != town.person("linkedin", "Alexandra Hoffmeister")["remote_id"]
    )


def test_revoking_ends_all_tokens_of_one_person_only(town):
    ada, eve = town.person("mastodon"), town.person("mastodon", "eve")
    town.order("revoke", platform="mastodon", remote_id=ada["remote_id"])
    assert (post(town, ada["access_token"]).status_code, post(town, eve["access_token"]).status_code) == (401, 200)


def test_the_ledger_keeps_order_and_remembers_what_was_deleted(town):
    ada = town.person("mastodon")
    one = post(town, ada["access_token"], "See http://127.0.0.1:1/go/One_1").json()["id"]
    post(town, ada["access_token"], "No link")
    town.call("DELETE", f"/mastodon/api/v1/statuses/{one}", ada["access_token"])
    entries = town.ledger(platform="mastodon")
    assert [(entry["marker"], bool(entry["deleted_at"])) for entry in entries] == [("One_1", True), (None, False)]
    assert town.ledger(platform="x") == []
    assert town.ledger(platform="*") == entries
    assert len(town.ledger(marker="One_1")) == 1


def test_numbers_grow_even_when_the_clock_is_moved_back(town):
    token = town.person("mastodon")["access_token"]
    first = post(town, token).json()["id"]
    town.later(-5000)
    assert int(post(town, token).json()["id"]) > int(first)


def test_latency_is_waited_for_and_calls_in_flight_are_counted(town):
    ada = town.person("mastodon")
    town.order("latency", platform="mastodon", ms=400)
    began = time.monotonic()
    thread = threading.Thread(
        target=requests.post,
        args=(town.base + "/mastodon/api/v1/statuses",),
        kwargs={
            "json": {"status": "Slowly"},
            "headers": {"Authorization": f"Bearer {ada['access_token']}"},
            "timeout": 5,
        },
    )
    thread.start()
    while not town.order("stats", "GET")["in_flight"] and time.monotonic() < began + 5:
        pass
    assert town.order("stats", "GET")["in_flight"] == 1
    thread.join()
    assert time.monotonic() - began >= 0.4
    assert town.order("stats", "GET")["calls"]["publish"] == 1


def test_latency_for_all_takes_the_place_of_a_platforms_own(town):
    town.order("latency", platform="x", ms=900)
    assert town.order("latency", platform="*", ms=0) == {"latency_ms": {"*": 0}}


def test_figures_can_be_set(town):
    ada = town.person("x")
    number = town.call("POST", "/x/2/tweets", ada["access_token"], json={"text": "Hello"}).json()["data"]["id"]
    town.order("figures", platform="x", post_id=number, likes=3, impressions=90)
    params = {"ids": number, "tweet.fields": "public_metrics"}
    shown = town.call("GET", "/x/2/tweets", ada["access_token"], params=params).json()["data"][0]["public_metrics"]
    assert (shown["like_count"], shown["impression_count"]) == (3, 90)


def test_a_reset_forgets_everything(town):
    ada = town.person("mastodon")
    post(town, ada["access_token"])
    town.order("faults", platform="*", op="*", kind="500_before")
    town.order("modes", platform="mastodon", max_characters=1)
    town.order("reset")
    assert (town.ledger(), town.order("stats", "GET")["calls"]) == ([], {})
    assert post(town, ada["access_token"]).status_code == 401
    assert post(town, town.person("mastodon")["access_token"]).status_code == 200


def test_an_unclear_order_is_answered_with_a_sentence(town):
    for path, order in (
        ("accounts", {"platform": "orkut", "name": "a"}),
        ("accounts", {"platform": "x"}),
        ("latency", {"platform": "x"}),
        ("modes", {"platform": "x", "price": 1}),
    ):
        answer = requests.post(f"{town.control}/{path}", json=order, timeout=5)
        assert answer.status_code == 400
        assert answer.json()["error"]


def test_posts_and_tokens_survive_even_a_killed_sandbox(tmp_path):
    port, control = free_ports()
    town = Town(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{control}", tmp_path / "clock", tmp_path / "a b")
    process = start(town)
    try:
        ada = town.person("mastodon")
        post(town, ada["access_token"], "Before")
        process.kill()
        process.wait()
        process = start(town)
        assert post(town, ada["access_token"], "After").status_code == 200
        assert [entry["text"] for entry in town.ledger()] == ["Before", "After"]
    finally:
        stop(process)


def test_a_terminated_sandbox_stops_within_seconds_with_a_call_in_flight(tmp_path):
    port, control = free_ports()
    town = Town(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{control}", tmp_path / "clock", tmp_path)
    process = start(town)
    town.order("latency", platform="*", ms=60_000)
    thread = threading.Thread(target=ask_and_be_cut_off, args=(town,))
    thread.start()
    while not town.order("stats", "GET")["in_flight"]:
        assert process.poll() is None
    began = time.monotonic()
    stop(process)
    thread.join()
    assert time.monotonic() - began < 5
    assert process.returncode == 0


def ask_and_be_cut_off(town):
    try:
        requests.get(town.base + "/mastodon/api/v2/instance", timeout=20)
    except requests.RequestException:
        pass
