"""Who am I."""

from typing import Any

from sandbox.clock import iso
from sandbox.wire import Answer, Call, reply

from . import guard


def me(call: Call) -> Answer:
    person = guard.person(call, "tweet.read", "users.read")
    guard.spend(call, "me", person["remote_id"], 75)
    guard.pay(call, 0.01)
    shown: dict[str, Any] = {"id": person["remote_id"], "name": person["display"], "username": person["name"]}
    fields = call.asked("user.fields").split(",")
    if "profile_image_url" in fields:
        shown["profile_image_url"] = f"{call.world.base}/faces/x/{person['name']}.svg"
    if "created_at" in fields:
        shown["created_at"] = iso(person["created_at"])
    return reply({"data": shown})
