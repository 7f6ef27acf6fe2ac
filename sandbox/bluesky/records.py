"""Records: put, created, read, deleted. The caller chooses the key, so that a repeat can be told from a new post."""

import json
import sqlite3
from typing import Any

from sandbox import people, posts
from sandbox.wire import Answer, Call, reply

from . import content, guard, voice
from .lexicon import COLLECTION, check, check_rkey, need

COLLECTION_RIGHT = f"repo:{COLLECTION}"
ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def put(call: Call) -> Answer:
    person, data = opened(call)
    rkey, record = data.get("rkey"), data["record"]
    check_rkey(rkey)
    check(call, record)
    uri, cid = address(person["remote_id"], str(rkey)), content.of_record(record)
    earlier = posts.find(call.world, voice.KEY, uri)
    if earlier and earlier["fingerprint"] == cid:
        # Written before, word for word: the same answer and no new commit.
        return reply({"uri": uri, "cid": cid, "validationStatus": "valid"})
    check_swap(data, earlier, uri)
    guard.spend(call, "writes of a day", person["remote_id"], 35_000, 86_400, 2 if earlier else 3)
    guard.spend(call, "writes", person["remote_id"], 5000, 3600, 2 if earlier else 3)
    write(call, person, str(rkey), record, earlier)
    return written(uri, cid)


def check_swap(data: dict[str, Any], earlier: sqlite3.Row | None, uri: str) -> None:
    if "swapRecord" not in data:
        return
    # `swapRecord: null` means "only if nothing is there", and leaving it out means "whatever is there".
    there = earlier["fingerprint"] if earlier else None
    if data["swapRecord"] != there:
        raise voice.refuse(400, "InvalidSwap", f"Record was at {there or 'null'}")


def create(call: Call) -> Answer:
    person, data = opened(call)
    rkey = data.get("rkey") or tid(posts.next_number(call))
    check_rkey(rkey)
    check(call, data["record"])
    uri = address(person["remote_id"], rkey)
    if posts.find(call.world, voice.KEY, uri):
        # The real server answers a taken key like a failure of its own, which a caller must not take for one.
        return voice.broken(call)
    guard.spend(call, "writes", person["remote_id"], 5000, 3600, 3)
    write(call, person, rkey, data["record"], None)
    return written(uri, content.of_record(data["record"]))


def opened(call: Call) -> tuple[sqlite3.Row, dict[str, Any]]:
    """The caller and the body, once both are in order."""
    person = guard.person(call, COLLECTION_RIGHT)
    data = call.json
    if call.mime != "application/json" or data is None:
        raise voice.invalid("Request encoding (Content-Type) must be application/json")
    for name in ("repo", "collection", "record"):
        if not data.get(name):
            raise voice.invalid(f'Input must have the property "{name}"')
    if data["repo"] not in (person["remote_id"], people.handle(voice.KEY, person)):
        raise voice.refuse(401, "AuthenticationRequired", "Invalid repo")
    if data["collection"] != COLLECTION:
        raise voice.invalid(f"This stand-in keeps only {COLLECTION}")
    need(isinstance(data["record"], dict), "Record must be an object")
    return person, data


def address(did: str, rkey: str) -> str:
    return f"at://{did}/{COLLECTION}/{rkey}"


def tid(number: int) -> str:
    return "3" + "".join(ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))


def written(uri: str, cid: str) -> Answer:
    commit = {"cid": content.of_record({"commit": uri}), "rev": uri.rpartition("/")[2]}
    return reply({"uri": uri, "cid": cid, "commit": commit, "validationStatus": "valid"})


def write(call: Call, person: sqlite3.Row, rkey: str, record: dict[str, Any], earlier: sqlite3.Row | None) -> None:
    uri, cid, card = address(person["remote_id"], rkey), content.of_record(record), card_of(record)
    url = f"{call.world.base}/bluesky/profile/{person['remote_id']}/post/{rkey}"
    links = [one["uri"] for facet in record.get("facets") or [] for one in facet["features"] if one.get("uri")]
    new = posts.NewPost(
        account=person["remote_id"],
        post_id=uri,
        url=url,
        text=record["text"],
        body=record,
        card=card,
        link=card.get("url") or (links[0] if links else None),
        fingerprint=cid,
    )
    if earlier is None:
        posts.add(call, new)
    else:
        posts.change(call, earlier["seq"], new)


def card_of(record: dict[str, Any]) -> dict[str, Any]:
    embed = record.get("embed") or {}
    external, images = embed.get("external") or {}, embed.get("images") or []
    card = {"url": external.get("uri"), "title": external.get("title"), "description": external.get("description")}
    blob = images[0]["image"] if images else external.get("thumb")
    if blob:
        card |= {"image": f"/media/{voice.KEY}/{blob['ref']['$link']}", "alt": images[0]["alt"] if images else ""}
    return {name: value for name, value in card.items() if value}


def show(call: Call) -> Answer:
    did = did_of(call, call.asked("repo"))
    uri = f"at://{did}/{call.asked('collection')}/{call.asked('rkey')}"
    account = people.by_id(call.world, voice.KEY, did)
    if account and uri.endswith("/app.bsky.actor.profile/self"):
        value = {"$type": "app.bsky.actor.profile", "displayName": account["display"]}
        return reply({"uri": uri, "cid": content.of_record(value), "value": value})
    row = posts.find(call.world, voice.KEY, uri)
    if row is None:
        raise voice.refuse(400, "RecordNotFound", f"Could not locate record: {uri}")
    return reply({"uri": uri, "cid": row["fingerprint"], "value": json.loads(row["body"])})


def several(call: Call) -> Answer:
    did = did_of(call, call.asked("repo"))
    limit = call.asked("limit", "50")
    rows = posts.of_account(call, did, min(int(limit) if limit.isdecimal() else 50, 100))
    shown = [{"uri": row["post_id"], "cid": row["fingerprint"], "value": json.loads(row["body"])} for row in rows]
    return reply({"records": shown if call.asked("collection") == COLLECTION else []})


def did_of(call: Call, repo: str) -> str:
    if repo.startswith("did:"):
        return repo
    account = people.find(call.world, voice.KEY, repo)
    return account["remote_id"] if account else repo


def delete(call: Call) -> Answer:
    """Of a record that is not there, the real server says the same as of one that is."""
    person = guard.person(call, COLLECTION_RIGHT)
    data = call.json or {}
    if data.get("repo") not in (person["remote_id"], people.handle(voice.KEY, person)):
        raise voice.refuse(401, "AuthenticationRequired", "Invalid repo")
    row = posts.find(call.world, voice.KEY, address(person["remote_id"], str(data.get("rkey"))))
    if row is None:
        return reply({})
    guard.spend(call, "writes", person["remote_id"], 5000, 3600, 1)
    posts.delete(call, row["seq"])
    cid = content.of_record({"deleted": row["post_id"]})
    return reply({"commit": {"cid": cid, "rev": tid(posts.next_number(call))}})
