import pytest

from .dance import APP, BACK, consent, question

SCOPES = "openid profile w_member_social"
DAY = 86_400
PNG = b"\x89PNG\r\n\x1a\n and so on"


def headers(**more):
    return {"LinkedIn-Version": "202609", "X-Restli-Protocol-Version": "2.0.0"} | more


def body(person, words="Hello", **more):
    spread = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
    return {
        "author": f"urn:li:person:{person['remote_id']}",
        "commentary": words,
        "visibility": "PUBLIC",
        "distribution": spread,
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
        **more,
    }


@pytest.fixture
def ada(town):
    return town.person("linkedin")


@pytest.fixture
def post(town, ada):
    def send(words="Hello", head=None, **more):
        return town.call(
            "POST",
            "/linkedin/rest/posts",
            ada["access_token"],
            json=body(ada, words, **more),
            headers=headers() if head is None else head,
        )

    return send


def exchange(town, code, **more):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "client_id": APP[0],
        "client_secret": APP[1],
        **more,
    }
    return town.call("POST", "/linkedin/oauth/v2/accessToken", data=form)


def asked(**more):
    plain = question(APP[0], SCOPES, **more)
    return {name: value for name, value in plain.items() if not name.startswith("code_")}


def code(town, **more):
    return consent(town, "/linkedin/oauth/v2/authorization", asked(**more))["code"]


def test_the_dance_ends_with_sixty_days_and_no_refresh_token(town):
    grant = exchange(town, code(town)).json()
    assert (grant["expires_in"], "refresh_token" in grant) == (60 * DAY, False)
    assert grant["scope"] == "openid,profile,w_member_social"
    ask = "/linkedin/v2/userinfo"
    assert town.call("GET", ask, grant["access_token"]).json()["name"] == "Ada Lovelace"
    town.later(60 * DAY + 1)
    assert town.call("GET", ask, grant["access_token"]).json()["serviceErrorCode"] == 65602


def test_denying_says_who_cancelled(town):
    back = consent(town, "/linkedin/oauth/v2/authorization", asked(), decision="deny")
    assert (back["error"], back["state"]) == ("user_cancelled_authorize", "s1")


def test_a_scope_of_another_product_is_not_authorized(town):
    params = asked(scope=SCOPES + " r_member_postAnalytics")
    answer = town.call("GET", "/linkedin/oauth/v2/authorization", params=params)
    assert "error=unauthorized_scope_error" in answer.headers["Location"]


def test_a_wrong_secret_or_address_or_a_second_use_gets_nothing(town):
    assert exchange(town, code(town), client_secret="guess").status_code == 401
    assert exchange(town, code(town), redirect_uri=BACK + "2").status_code == 400
    once = code(town)
    assert [exchange(town, once).status_code, exchange(town, once).status_code] == [200, 400]


@pytest.mark.parametrize(
    ("version", "status", "said"),
    [
        (None, 400, "VERSION_MISSING"),
        ("202508", 426, "NONEXISTENT_VERSION"),
        ("209901", 426, "NONEXISTENT_VERSION"),
        ("latest", 426, "NONEXISTENT_VERSION"),
    ],
)
def test_the_version_is_needed_and_must_be_alive(post, version, status, said):
    head = headers(**{"LinkedIn-Version": version}) if version else {"X-Restli-Protocol-Version": "2.0.0"}
    answer = post(head=head)
    assert (answer.status_code, answer.json()["code"]) == (status, said)


def test_a_version_retires_when_its_year_is_over(town):
    town.later(400 * DAY)
    ada = town.person("linkedin")
    answer = town.call("POST", "/linkedin/rest/posts", ada["access_token"], json=body(ada), headers=headers())
    assert answer.status_code == 426


def test_a_post_answers_201_with_nothing_but_its_name_in_a_header(town, post):
    answer = post("See http://127.0.0.1:1/go/abc-1")
    assert (answer.status_code, answer.content) == (201, b"")
    urn = answer.headers["x-restli-id"]
    assert urn.startswith("urn:li:share:")
    assert town.ledger(marker="abc-1")[0]["url"] == f"{town.base}/linkedin/feed/update/{urn}"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (r"We \(all\) like \#tea\_time", "We (all) like #tea_time"),
        ("We (all) like tea", "We "),
        ("Good #tea today", "Good #tea today"),
        ("Thanks @[Ada](urn:li:person:abc) for tea", "Thanks Ada for tea"),
        (r"{hashtag|\#|tea} it is", "#tea it is"),
        ("See https://example.com/a_b_(c) now", "See https://example.com/a_b_(c) now"),
        ("two * two", "two "),
        (r"a back\\slash", r"a back\slash"),
        ("<3 tea", ""),
    ],
)
def test_an_unescaped_reserved_character_silently_cuts_the_post(town, post, sent, kept):
    assert post(sent).status_code == 201
    assert town.ledger()[0]["text"] == kept


def test_identical_content_within_a_day_names_the_post_it_repeats(town, ada, post):
    urn = post().headers["x-restli-id"]
    again = post()
    assert (again.status_code, again.json()["code"]) == (422, "DUPLICATE_POST")
    assert urn in again.json()["message"]
    assert post("Other words").status_code == 201
    assert (
        town.call(
            "DELETE", f"/linkedin/rest/posts/{urn.replace(':', '%3A')}", ada["access_token"], headers=headers()
        ).status_code
        == 204
    )
    assert urn in post().json()["message"]
    town.later(DAY + 1)
    assert post().status_code == 201


def test_an_unknown_field_and_a_missing_one_are_refused(ada, post):
    assert "/contents :: unrecognized field" in post(contents={}).json()["message"]
    assert post(visibility="EVERYBODY").status_code == 422
    assert post(author="urn:li:person:somebody").status_code == 403
    assert post("é" * 3000).status_code == 201
    assert post("🎉" * 1501).json()["code"] == "FIELD_LENGTH_TOO_LONG"
    assert post(content={"article": {"source": "ftp://example.com", "title": "T"}}).status_code == 422


def test_with_the_self_serve_product_nothing_can_be_read_back(town, ada, post):
    urn = post().headers["x-restli-id"]
    figures = "/linkedin/rest/memberCreatorPostAnalytics?q=entity&queryType=IMPRESSION&entity=(share:x)"
    for path in (
        f"/linkedin/rest/posts/{urn}",
        "/linkedin/rest/posts?q=author",
        f"/linkedin/rest/socialActions/{urn}/likes",
        figures,
    ):
        answer = town.call("GET", path, ada["access_token"], headers=headers())
        assert (answer.status_code, answer.json()["serviceErrorCode"]) == (403, 100)


def test_with_the_vetted_product_one_figure_comes_a_call(town):
    town.order("modes", platform="linkedin", product="community")
    scope = "w_member_social r_basicprofile r_member_postAnalytics"
    token = exchange(town, code(town, scope=scope)).json()["access_token"]
    me = {"remote_id": town.call("GET", "/linkedin/v2/me", token).json()["id"]}
    urn = town.call("POST", "/linkedin/rest/posts", token, json=body(me), headers=headers()).headers["x-restli-id"]
    town.order("figures", platform="linkedin", post_id=urn, impressions=40)

    def ask(version, metric="IMPRESSION"):
        params = {"q": "entity", "entity": f"(share:{urn})", "queryType": metric, "aggregation": "TOTAL"}
        head = headers(**{"LinkedIn-Version": version})
        return town.call("GET", "/linkedin/rest/memberCreatorPostAnalytics", token, params=params, headers=head)

    assert ask("202609").json()["elements"] == [{"count": 40, "metricType": "IMPRESSION"}]
    assert isinstance(ask("202604").json()["elements"][0]["metricType"], dict)
    assert ask("202609", "IMPRESSION,REACTION").status_code == 400


def test_revoked_and_missing_tokens_have_their_own_numbers(town, ada, post):
    town.order("revoke", platform="linkedin", remote_id=ada["remote_id"])
    assert post().json()["serviceErrorCode"] == 65601
    answer = town.call("POST", "/linkedin/rest/posts", json=body(ada), headers=headers())
    assert (answer.status_code, answer.json()["code"]) == (401, "EMPTY_ACCESS_TOKEN")


def test_an_app_can_ask_about_a_token_and_give_it_back(town):
    token = exchange(town, code(town)).json()["access_token"]
    form = {"client_id": APP[0], "client_secret": APP[1], "token": token}
    assert town.call("POST", "/linkedin/oauth/v2/introspectToken", data=form).json()["status"] == "active"
    assert town.call("POST", "/linkedin/oauth/v2/revoke", data=form).ok
    assert town.call("POST", "/linkedin/oauth/v2/introspectToken", data=form).json()["status"] == "revoked"


def test_the_151st_post_of_a_day_waits_for_midnight(town, ada, post):
    answers = [post(f"Number {number}").status_code for number in range(151)]
    assert answers == [201] * 150 + [429]
    town.later(DAY / 2 - 120)
    assert post("The next morning is not here yet").status_code == 429
    town.later(120)
    assert post("Good morning").status_code == 201


def test_a_picture_gets_an_address_then_its_bytes_then_its_place_in_the_post(town, ada, post):
    order = {"initializeUploadRequest": {"owner": f"urn:li:person:{ada['remote_id']}"}}
    value = town.call(
        "POST", "/linkedin/rest/images?action=initializeUpload", ada["access_token"], json=order, headers=headers()
    ).json()["value"]
    content = {"article": {"source": "https://example.com", "title": "T", "thumbnail": value["image"]}}
    assert post(content=content).status_code == 422
    put = value["uploadUrl"].removeprefix(town.base)
    assert town.call("PUT", put, data=b"no picture").status_code == 400
    assert town.call("PUT", put, data=PNG).status_code == 201
    assert post(content=content).status_code == 201
