import base64

import pytest

from .dance import APP, BACK, VERIFIER, consent, question

SCOPES = "tweet.read tweet.write users.read media.write offline.access"
TWEETS = "/x/2/tweets"
DAY = 86_400


@pytest.fixture
def ada(town):
    return town.person("x")


def post(town, person, words="Hello", **more):
    return town.call("POST", TWEETS, person["access_token"], json={"text": words, **more})


def code(town, **more):
    return consent(town, "/x/i/oauth2/authorize", question(APP[0], SCOPES, **more))["code"]


def exchange(town, code, auth=APP, **more):
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER, **more}
    return town.call("POST", "/x/2/oauth2/token", data=form, auth=auth)


def refresh(town, token):
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return town.call("POST", "/x/2/oauth2/token", data=form, auth=APP)


def me(town, token):
    return town.call("GET", "/x/2/users/me", token)


def test_a_code_lives_thirty_seconds(town):
    first, second = code(town), code(town)
    town.later(29)
    assert exchange(town, first).ok
    town.later(2)
    assert exchange(town, second).json()["error"] == "invalid_request"


def test_a_code_needs_its_verifier_its_address_and_the_right_application(town):
    assert exchange(town, code(town), code_verifier="wrong").status_code == 400
    assert exchange(town, code(town), code_verifier="").status_code == 400
    assert exchange(town, code(town), redirect_uri=BACK + "2").status_code == 400
    assert exchange(town, code(town), auth=("advocacy-sandbox", "guess")).status_code == 401
    once = code(town)
    assert [exchange(town, once).status_code, exchange(town, once).status_code] == [200, 400]


def test_consent_without_pkce_is_refused_on_the_page(town):
    asked = question(APP[0], SCOPES)
    del asked["code_challenge"]
    assert town.call("GET", "/x/i/oauth2/authorize", params=asked).status_code == 400


def test_an_access_token_lives_two_hours_and_a_refresh_token_works_once(town):
    pair = exchange(town, code(town)).json()
    assert pair["expires_in"] == 7200
    town.later(7201)
    assert me(town, pair["access_token"]).status_code == 401
    fresh = refresh(town, pair["refresh_token"]).json()
    assert me(town, fresh["access_token"]).json()["data"]["username"] == "ada_lovelace"


def test_a_refresh_token_used_twice_kills_the_whole_family(town):
    pair = exchange(town, code(town)).json()
    fresh = refresh(town, pair["refresh_token"]).json()
    assert refresh(town, pair["refresh_token"]).json()["error"] == "invalid_request"
    assert me(town, fresh["access_token"]).status_code == 401
    assert refresh(town, fresh["refresh_token"]).status_code == 400


def test_without_offline_access_there_is_no_refresh_token(town):
    assert "refresh_token" not in exchange(town, code(town, scope="tweet.read users.read")).json()


def test_revoking_ends_the_connection(town):
    pair = exchange(town, code(town)).json()
    assert town.call("POST", "/x/2/oauth2/revoke", data={"token": pair["refresh_token"]}, auth=APP).ok
    assert me(town, pair["access_token"]).status_code == 401


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("a" * 280, 201),
        ("a" * 281, 400),
        ("日" * 140, 201),
        ("日" * 141, 400),
        ("👨‍👩‍👧‍👦" * 140, 201),
        ("a" * 256 + " https://example.com/" + "b" * 300, 201),
        ("a" * 257 + " https://example.com/", 400),
        ("", 400),
        ("…" * 140, 201),
        ("…" * 141, 400),
        ("“—" * 140, 201),
        ("$ONE and $TWO", 400),
        ("$ONE only, $5", 201),
    ],
)
def test_length_is_weighted(town, ada, words, status):
    assert post(town, ada, words).status_code == status


def test_the_same_words_twice_are_refused_until_a_day_has_passed(town, ada):
    assert post(town, ada).status_code == 201
    again = post(town, ada)
    assert (again.status_code, again.json()["type"]) == (403, "about:blank")
    assert "duplicate content" in again.json()["detail"]
    assert post(town, town.person("x", "eve")).status_code == 201
    town.later(DAY + 1)
    fresh = town.person("x")
    assert post(town, fresh).status_code == 201


def test_an_unknown_field_is_refused(town, ada):
    assert post(town, ada, quote="1").json()["type"].endswith("invalid-request")


def test_links_come_back_shortened_and_are_explained_in_the_entities(town, ada):
    words = "Bread & butter http://127.0.0.1:1/go/abc-1 and more"
    made = post(town, ada, words).json()["data"]
    assert "https://t.co/" in made["text"] and "&amp;" in made["text"] and "/go/" not in made["text"]
    params = {"tweet.fields": "created_at,entities", "start_time": "2020-01-01T00:00:00Z", "max_results": 5}
    listed = town.call("GET", f"/x/2/users/{ada['remote_id']}/tweets", ada["access_token"], params=params).json()
    url = listed["data"][0]["entities"]["urls"][0]
    assert (url["expanded_url"], url["url"] in made["text"]) == ("http://127.0.0.1:1/go/abc-1", True)
    params["start_time"] = "2100-01-01T00:00:00Z"
    later = town.call("GET", f"/x/2/users/{ada['remote_id']}/tweets", ada["access_token"], params=params).json()
    assert later == {"meta": {"result_count": 0}}
    assert town.ledger(marker="abc-1")[0]["text"] == words


def test_a_post_with_a_link_costs_twenty_cents_and_an_empty_purse_stops_everybody(town, ada):
    town.order("modes", platform="x", credits=0.22)
    assert post(town, ada, "See https://example.com").status_code == 201
    assert post(town, ada, "Plain").status_code == 201
    broke = post(town, ada, "Plain again")
    assert (broke.status_code, broke.json()["title"]) == (402, "CreditsDepleted")


def test_the_101st_post_in_a_quarter_of_an_hour_is_too_many(town, ada):
    answers = [post(town, ada, f"Number {number}") for number in range(101)]
    assert answers[0].headers["x-rate-limit-remaining"] == "99"
    last = answers[-1]
    assert (answers[99].status_code, last.status_code) == (201, 429)
    assert last.headers["x-rate-limit-reset"].isdigit()
    town.later(901)
    assert post(town, ada, "Later").status_code == 201


def test_figures_come_in_batches_with_missing_posts_as_errors_beside(town, ada):
    one, two = (post(town, ada, words).json()["data"]["id"] for words in ("One", "Two"))
    assert town.call("DELETE", f"{TWEETS}/{two}", ada["access_token"]).json() == {"data": {"deleted": True}}
    params = {"ids": f"{one},{two}", "tweet.fields": "public_metrics"}
    answer = town.call("GET", TWEETS, ada["access_token"], params=params)
    assert answer.status_code == 200
    assert answer.json()["data"][0]["public_metrics"]["impression_count"] == 0
    assert [(error["resource_id"], error["type"].rpartition("/")[2]) for error in answer.json()["errors"]] == [
        (two, "resource-not-found")
    ]
    params["ids"] = ",".join(["1"] * 101)
    assert town.call("GET", TWEETS, ada["access_token"], params=params).status_code == 400


def test_private_figures_are_the_owners_and_of_the_last_thirty_days(town, ada):
    number, eve = post(town, ada).json()["data"]["id"], town.person("x", "eve")
    params = {"ids": number, "tweet.fields": "non_public_metrics"}
    mine = town.call("GET", TWEETS, ada["access_token"], params=params).json()
    assert mine["data"][0]["non_public_metrics"]["url_link_clicks"] == 0
    hers = town.call("GET", TWEETS, eve["access_token"], params=params).json()
    assert hers["errors"][0]["type"].endswith("not-authorized-for-field")
    town.later(31 * DAY)
    late = town.call("GET", TWEETS, town.person("x")["access_token"], params=params).json()
    assert "non_public_metrics" not in late["data"][0]


def test_nobody_deletes_somebody_elses_post(town, ada):
    number = post(town, ada).json()["data"]["id"]
    assert town.call("DELETE", f"{TWEETS}/{number}", town.person("x", "eve")["access_token"]).status_code == 403


def test_a_picture_goes_up_in_one_call_or_in_pieces(town, ada):
    token, kind = ada["access_token"], {"media_category": "tweet_image"}
    files = {"media": ("a.png", b"\x89PNG1", "image/png")}
    whole = town.call("POST", "/x/2/media/upload", token, files=files, data=kind).json()["data"]["id"]
    packed = {"media": base64.b64encode(b"\x89PNG2").decode(), "media_type": "image/png", **kind}
    assert town.call("POST", "/x/2/media/upload", token, json=packed).ok
    begin = {"media_type": "image/png", "total_bytes": 5, **kind}
    number = town.call("POST", "/x/2/media/upload/initialize", token, json=begin).json()["data"]["id"]
    assert post(town, ada, media={"media_ids": [number]}).status_code == 400
    part = {"data": {"segment_index": "0"}, "files": files}
    assert town.call("POST", f"/x/2/media/upload/{number}/append", token, **part).ok
    assert town.call("POST", f"/x/2/media/upload/{number}/finalize", token).ok
    assert post(town, ada, media={"media_ids": [whole, number]}).status_code == 201
    assert town.call("POST", "/x/2/media/upload", token, files=files).status_code == 400
