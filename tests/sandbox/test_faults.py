import time

import pytest
import requests

POST = "/mastodon/api/v1/statuses"


def post(town, token, words="Hello", **rest):
    return town.call("POST", POST, token, json={"status": words}, **rest)


@pytest.fixture
def token(town):
    return town.person("mastodon")["access_token"]


def test_an_answer_dropped_after_commit_leaves_the_post_and_no_answer(town, token):
    town.order("faults", platform="mastodon", op="publish", kind="drop_after", times=1)
    with pytest.raises(requests.ConnectionError):
        post(town, token)
    assert len(town.ledger()) == 1
    assert town.order("stats", "GET")["faults"] == {"drop_after": 1}


def test_a_call_dropped_before_leaves_nothing(town, token):
    town.order("faults", platform="*", op="*", kind="drop_before", times=1)
    with pytest.raises(requests.ConnectionError):
        post(town, token)
    assert town.ledger() == []


@pytest.mark.parametrize(("kind", "posts"), [("500_before", 0), ("500_after", 1)])
def test_a_server_error_comes_before_or_after_the_post(town, token, kind, posts):
    town.order("faults", platform="mastodon", op="publish", kind=kind, times=1)
    assert post(town, token).status_code == 500
    assert len(town.ledger()) == posts


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("401", 401), ("403", 403)])
def test_an_error_on_order_is_said_the_platforms_way_and_posts_nothing(town, token, kind, status):
    town.order("faults", platform="mastodon", op="publish", kind=kind, times=1)
    answer = post(town, token)
    assert (answer.status_code, set(answer.json())) == (status, {"error"})
    assert town.ledger() == []


def test_html_instead_of_json_posts_nothing(town, token):
    town.order("faults", platform="mastodon", op="publish", kind="html", times=1)
    assert post(town, token).headers["content-type"].startswith("text/html")
    assert town.ledger() == []


def test_every_third_call_is_hit_and_others_are_left_alone(town, token):
    town.order("faults", platform="mastodon", op="publish", kind="500_before", every=3)
    answers = [post(town, token, f"Number {number}").status_code for number in range(6)]
    assert answers == [200, 200, 500, 200, 200, 500]
    assert town.call("GET", "/mastodon/api/v2/instance").status_code == 200


def test_a_resend_of_what_was_committed_can_be_spared(town, token):
    town.order("faults", platform="mastodon", op="publish", kind="drop_after", every=1, skip_resends=True)
    with pytest.raises(requests.ConnectionError):
        post(town, token, headers={"Idempotency-Key": "one"})
    assert post(town, token, headers={"Idempotency-Key": "one"}).status_code == 200
    assert len(town.ledger()) == 1


def test_a_dripping_body_takes_its_time_and_arrives_whole(town, token):
    town.order("faults", platform="mastodon", op="publish", kind="drip", seconds=0.6, times=1)
    began = time.monotonic()
    assert post(town, token).json()["content"] == "<p>Hello</p>"
    assert time.monotonic() - began >= 0.5


def test_a_slow_call_outlasts_an_impatient_caller_and_posts_all_the_same(town, token):
    town.order("faults", platform="mastodon", op="publish", kind="slow", seconds=0.3, times=1)
    with pytest.raises(requests.ReadTimeout):
        post(town, token, timeout=0.1)
    deadline = time.monotonic() + 5
    while not town.ledger() and time.monotonic() < deadline:
        pass
    assert len(town.ledger()) == 1


def test_cleared_faults_are_gone(town, token):
    town.order("faults", platform="mastodon", op="publish", kind="500_before")
    town.order("faults", "DELETE")
    assert post(town, token).status_code == 200


def test_an_unknown_fault_is_refused_with_a_sentence(town):
    answer = requests.post(f"{town.control}/faults", json={"kind": "earthquake"}, timeout=5)
    assert answer.status_code == 400
    assert "earthquake" in answer.json()["error"]
