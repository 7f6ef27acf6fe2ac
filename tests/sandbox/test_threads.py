import pytest

from .dance import APP, BACK, consent, question

SCOPES = "threads_basic,threads_content_publish,threads_manage_insights,threads_delete"
V1 = "/threads/v1.0"
HOUR, DAY = 3600, 86_400


@pytest.fixture
def ada(town):
    return town.person("threads")


def container(town, person, text="Hello", **more):
    form = {"media_type": "TEXT", "text": text, **more}
    return town.call("POST", f"{V1}/me/threads", person["access_token"], data=form)


def publish(town, person, number):
    return town.call("POST", f"{V1}/me/threads_publish", person["access_token"], data={"creation_id": number})


def post(town, person, text="Hello", **more):
    return publish(town, person, container(town, person, text, **more).json()["id"]).json()["id"]


def look(town, person, number, fields="status,error_message"):
    return town.call("GET", f"{V1}/{number}", person["access_token"], params={"fields": fields})


def codes(answer):
    error = answer.json()["error"]
    return answer.status_code, error["code"], error.get("error_subcode")


def code(town, **more):
    return consent(town, "/threads/oauth/authorize", question(APP[0], SCOPES, **more))["code"]


def exchange(town, code, **more):
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": APP[0]}
    return town.call("POST", "/threads/oauth/access_token", data={**form, "client_secret": APP[1], **more})


def lengthen(town, token, secret=APP[1]):
    asked = {"grant_type": "th_exchange_token", "client_secret": secret, "access_token": token}
    return town.call("GET", "/threads/access_token", params=asked)


def renew(town, token):
    asked = {"grant_type": "th_refresh_token", "access_token": token}
    return town.call("GET", "/threads/refresh_access_token", params=asked)


def me(town, token):
    return town.call("GET", f"{V1}/me", params={"access_token": token, "fields": "id,username"})


def test_a_token_of_an_hour_buys_one_of_sixty_days(town):
    brief = exchange(town, code(town)).json()
    assert set(brief) == {"access_token", "user_id"}
    lasting = lengthen(town, brief["access_token"]).json()
    assert lasting["expires_in"] == 60 * DAY
    town.later(HOUR + 1)
    assert codes(me(town, brief["access_token"])) == (400, 190, 463)
    assert me(town, lasting["access_token"]).json()["username"] == "ada_lovelace"


def test_a_code_works_once_for_an_hour_and_for_the_right_application(town):
    once = code(town)
    assert exchange(town, once).ok
    assert codes(exchange(town, once)) == (400, 100, 36009)
    assert codes(exchange(town, code(town), client_secret="guess")) == (400, 1, None)
    assert exchange(town, "never given out").json()["error_type"] == "OAuthException"
    late = code(town)
    town.later(HOUR + 1)
    assert not exchange(town, late).ok


def test_people_come_back_with_a_tail_behind_their_code(town):
    asked, form = question(APP[0], SCOPES), {"decision": "allow", "name": "Ada"}
    answer = town.call("POST", "/threads/oauth/authorize", params=asked, data=form)
    assert answer.headers["location"].endswith("#_")


def test_a_token_is_renewed_from_its_second_day_until_its_end_and_not_afterwards(town, ada):
    assert not renew(town, ada["access_token"]).ok
    town.later(DAY + 1)
    fresh = renew(town, ada["access_token"]).json()["access_token"]
    town.later(59 * DAY)
    assert codes(renew(town, ada["access_token"])) == (400, 190, 463)
    assert renew(town, fresh).ok


def test_scopes_are_asked_for_with_commas_and_must_be_known(town):
    for scopes in ("threads_content_publish", "threads_basic,everything"):
        asked = question(APP[0], scopes)
        assert town.call("GET", "/threads/oauth/authorize", params=asked).status_code == 400


def test_a_container_is_no_post_until_it_is_published_and_makes_one_only(town, ada):
    number = container(town, ada).json()["id"]
    assert look(town, ada, number).json() == {"status": "FINISHED", "id": number}
    assert town.ledger() == []
    made = publish(town, ada, number).json()["id"]
    assert made != number and look(town, ada, number).json()["status"] == "PUBLISHED"
    assert codes(publish(town, ada, number)) == (400, 24, 4279009)
    assert len(town.ledger()) == 1


def test_a_container_takes_its_time_and_is_forgotten_after_a_day(town, ada):
    town.order("modes", platform="threads", slow_containers=30)
    number = container(town, ada).json()["id"]
    assert look(town, ada, number).json()["status"] == "IN_PROGRESS"
    assert codes(publish(town, ada, number)) == (400, 24, 4279009)
    town.later(31)
    assert look(town, ada, number).json()["status"] == "FINISHED"
    town.later(DAY)
    assert look(town, ada, number).json()["status"] == "EXPIRED"
    assert not publish(town, ada, number).ok


def test_a_container_may_fail(town, ada):
    town.order("modes", platform="threads", container_error="UNKNOWN")
    answer = look(town, ada, container(town, ada).json()["id"]).json()
    assert (answer["status"], answer["error_message"]) == ("ERROR", "UNKNOWN")


def test_emoji_count_their_bytes(town, ada):
    assert container(town, ada, "x" * 496 + "🚲").ok
    assert codes(container(town, ada, "x" * 497 + "🚲")) == (400, 100, None)
    assert container(town, ada, "日" * 500).ok


def test_five_links_and_no_more_the_attached_one_included(town, ada):
    five = " ".join(f"https://{name}.example" for name in "abcd") + " www.e.example"
    assert container(town, ada, five, link_attachment="https://a.example").ok
    answer = container(town, ada, five, link_attachment="https://f.example")
    assert answer.json()["error"]["message"] == "THREADS_API__LINK_LIMIT_EXCEEDED"


def test_what_nobody_knows_is_refused(town, ada):
    assert not container(town, ada, colour="blue").ok
    assert not container(town, ada, link_attachment="not an address").ok
    assert not container(town, ada, media_type="IMAGE").ok
    assert not container(town, ada, topic_tag="a.b").ok
    assert not look(town, ada, container(town, ada).json()["id"], "permalink").ok


def test_two_hundred_and_fifty_posts_in_any_twenty_four_hours_and_the_platform_tells(town, ada):
    town.order("modes", platform="threads", quota=2)
    post(town, ada)
    town.later(20 * HOUR)
    post(town, ada)
    third = container(town, ada).json()["id"]
    assert codes(publish(town, ada, third)) == (400, 9, 2207042)
    asked = {"fields": "quota_usage,config"}
    told = town.call("GET", f"{V1}/me/threads_publishing_limit", ada["access_token"], params=asked).json()["data"][0]
    assert told == {"quota_usage": 2, "config": {"quota_total": 2, "quota_duration": DAY}}
    town.later(4 * HOUR + 1)
    assert publish(town, ada, container(town, ada).json()["id"]).ok


def test_own_posts_are_listed_newest_first_with_what_is_attached(town, ada):
    for number in range(3):
        post(town, ada, f"Number {number} #Bread #Butter", link_attachment=f"https://a.example/go/{number}")
    asked = {"fields": "id,text,link_attachment_url,topic_tag,permalink", "limit": 2}
    first = town.call("GET", f"{V1}/me/threads", ada["access_token"], params=asked).json()
    assert [row["link_attachment_url"][-1] for row in first["data"]] == ["2", "1"]
    assert first["data"][0]["topic_tag"] == "Bread"
    after = {**asked, "after": first["paging"]["cursors"]["after"]}
    [last] = town.call("GET", f"{V1}/me/threads", ada["access_token"], params=after).json()["data"]
    assert last["text"].startswith("Number 0")
    assert town.call("GET", last["permalink"].removeprefix(town.base)).ok


def test_a_post_is_deleted_by_its_author_and_then_it_is_gone(town, ada):
    number = post(town, ada)
    other = town.person("threads", "eve")
    assert codes(town.call("DELETE", f"{V1}/{number}", other["access_token"])) == (400, 100, 33)
    answer = town.call("DELETE", f"{V1}/{number}", ada["access_token"]).json()
    assert answer == {"success": True, "deleted_id": number}
    assert codes(town.call("DELETE", f"{V1}/{number}", ada["access_token"])) == (400, 100, 33)


def test_figures_come_one_by_one_and_wrong_names_are_refused(town, ada):
    number = post(town, ada)
    town.order("figures", platform="threads", post_id=number, likes=3, impressions=90)
    read = lambda metric: town.call("GET", f"{V1}/{number}/insights", ada["access_token"], params={"metric": metric})  # noqa: E731
    data = read("views,likes").json()["data"]
    assert [(row["name"], row["period"], row["values"][0]["value"]) for row in data] == [
        ("views", "lifetime", 90),
        ("likes", "lifetime", 3),
    ]
    assert codes(read("impressions")) == (400, 100, None)


def test_a_token_that_was_taken_back_and_a_right_that_was_not_given(town, ada):
    asked = question(APP[0], "threads_basic")
    brief = exchange(town, consent(town, "/threads/oauth/authorize", asked)["code"]).json()["access_token"]
    assert codes(container(town, {"access_token": brief})) == (403, 10, None)
    town.order("revoke", platform="threads", remote_id=ada["remote_id"])
    assert codes(container(town, ada)) == (400, 190, 458)
    assert codes(container(town, {"access_token": "nonsense"})) == (400, 190, None)
