"""Up to a hundred posts at once. What is missing or not allowed comes as `errors` beside the data, with status 200."""

import re
import sqlite3
from typing import Any

from sandbox import posts
from sandbox.wire import Answer, Call, reply

from . import guard, tweets, voice

ID = re.compile(r"^\d{1,19}$")
PRIVATE = ("non_public_metrics", "organic_metrics")
PRIVATE_DAYS = 30 * 86_400.0


def several(call: Call) -> Answer:
    person = guard.person(call, "tweet.read", "users.read")
    guard.spend(call, "lookup", person["remote_id"], 5000)
    ids = call.asked("ids").split(",")
    if len(ids) > 100:
        raise voice.invalid(f"The number of values in the `ids` query parameter [{len(ids)}] is not between 1 and 100")
    for one in ids:
        if not ID.match(one):
            raise voice.invalid(f"The `ids` query parameter value [{one}] is not valid", ids=one)
    return answer(call, person, ids, "ids")


def single(call: Call) -> Answer:
    person = guard.person(call, "tweet.read", "users.read")
    guard.spend(call, "single", person["remote_id"], 900)
    return answer(call, person, [call.params["tweet_id"]], "id")


def answer(call: Call, person: sqlite3.Row, ids: list[str], parameter: str) -> Answer:
    found, errors = [], []
    for one in dict.fromkeys(ids):
        row = posts.find(call.world, voice.KEY, one)
        if row is None:
            errors.append(voice.missing("tweet", parameter, one))
            continue
        tweet, refused = with_private(call, person, row)
        found.append(tweet)
        errors += refused
    # Only what was found is paid for.
    guard.pay(call, 0.005 * len(found))
    body: dict[str, Any] = {"data": found if parameter == "ids" else found[0]} if found else {}
    return reply(body | ({"errors": errors} if errors else {}))


def with_private(call: Call, person: sqlite3.Row, row: sqlite3.Row) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Private figures are the owner's, and only of posts younger than thirty days."""
    tweet, refused = tweets.shown(call, row), []
    fields = call.asked("tweet.fields").split(",")
    allowed = row["account"] == person["remote_id"] and call.now - row["at"] < PRIVATE_DAYS
    for field in PRIVATE:
        if field not in fields:
            continue
        if allowed:
            tweet[field] = private(row)
        else:
            refused.append(no_right(row["post_id"], field))
    return tweet, refused


def private(row: sqlite3.Row) -> dict[str, int]:
    engagements = row["clicks"] + row["likes"] + row["reposts"] + row["replies"]
    return {
        "impression_count": row["impressions"],
        "url_link_clicks": row["clicks"],
        "engagements": engagements,
        "user_profile_clicks": 0,
    }


def no_right(number: str, field: str) -> dict[str, str]:
    return {
        "resource_id": number,
        "parameter": f"tweet.fields.{field}",
        "resource_type": "tweet",
        "section": "data",
        "title": "Field Authorization Error",
        "value": field,
        "type": voice.PROBLEMS + "not-authorized-for-field",
        "detail": f"Sorry, you are not authorized to access the field '{field}' on the Tweet with id : [{number}].",
    }
