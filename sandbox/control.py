"""The control port: order faults, set latency and limits, make people, revoke them, read the ledger."""

import json
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import accounts, alike, history, posts
from .world import MODES, World

PLATFORMS = frozenset(MODES)


class Unclear(Exception):
    """The order cannot be followed as written."""


class Control:
    def __init__(self, world: World):
        self.world = world

    def add_fault(self, order: dict[str, Any]) -> Any:
        return {"id": self.world.faults.add(order).id}

    def clear_faults(self, order: dict[str, Any]) -> Any:
        self.world.faults.rules.clear()
        return {}

    def latency(self, order: dict[str, Any]) -> Any:
        key = platform(order, "*")
        if key == "*":
            self.world.latency.clear()  # all means all, also those that had a latency of their own
        self.world.latency[key] = float(order["ms"]) / 1000
        return {"latency_ms": {key: value * 1000 for key, value in self.world.latency.items()}}

    def limits(self, order: dict[str, Any]) -> Any:
        self.world.limits.on = bool(order["on"])
        return {"on": self.world.limits.on}

    def modes(self, order: dict[str, Any]) -> Any:
        changes = {key: value for key, value in order.items() if key != "platform"}
        key = platform(order)
        unknown = set(changes) - set(MODES[key])
        if unknown:
            raise Unclear(f"{key} has no mode {sorted(unknown)[0]}; it has {sorted(MODES[key])}")
        self.world.turn(key, **changes)
        return self.world.modes[key]

    def ledger(self, order: dict[str, Any]) -> Any:
        return {"posts": posts.ledger(self.world, order.get("platform", "").strip("*"), order.get("marker", ""))}

    def alike(self, order: dict[str, Any]) -> Any:
        return {"alike": alike.alike(self.world, platform(order))}

    def stats(self, order: dict[str, Any]) -> Any:
        stats = self.world.stats
        return {
            "calls": stats.calls,
            "faults": stats.faults,
            "in_flight": stats.in_flight,
            "refused": self.world.limits.refused,
        }

    def make_accounts(self, order: dict[str, Any]) -> Any:
        how_many, bound = int(order.get("count", 1)), bool(order.get("bound"))
        made = accounts.make(self.world, platform(order), str(order["name"]), how_many, bound=bound)
        return {"accounts": made}

    def figures(self, order: dict[str, Any]) -> Any:
        counts = {name: int(order[name]) for name in posts.FIGURES if name in order}
        return {"changed": posts.set_figures(self.world, platform(order), str(order["post_id"]), counts)}

    def remember(self, order: dict[str, Any]) -> Any:
        return {"remembered": history.remember(self.world, order)}

    def revoke(self, order: dict[str, Any]) -> Any:
        gently = bool(order.get("gently"))
        return {"revoked": accounts.revoke(self.world, platform(order), str(order["remote_id"]), gently=gently)}

    def reset(self, order: dict[str, Any]) -> Any:
        self.world.reset()
        return {}

    def town(self, order: dict[str, Any]) -> Any:
        self.world.town_speed = float(order.get("speed", 1.0)) if order["on"] else 0.0
        return {"on": bool(self.world.town_speed), "speed": self.world.town_speed}


def platform(order: dict[str, Any], default: str = "") -> str:
    key = str(order.get("platform", default))
    if key not in PLATFORMS and key != default:
        raise Unclear(f"There is no platform {key!r}; there are {sorted(PLATFORMS)}.")
    return key


def endpoint(verb: Callable[[dict[str, Any]], Any]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        body = await request.body()
        try:
            # A GET has its order in the address, the others in the body.
            order = {**request.query_params, **(json.loads(body) if body else {})}
            return JSONResponse(verb(order))
        except (Unclear, ValueError, TypeError) as problem:
            return JSONResponse({"error": str(problem)}, 400)
        except KeyError as missing:
            return JSONResponse({"error": f"{missing} is missing"}, 400)

    return answer


def app(world: World) -> Starlette:
    control = Control(world)
    table: list[tuple[str, str, Callable[[dict[str, Any]], Any]]] = [
        ("POST", "/faults", control.add_fault),
        ("DELETE", "/faults", control.clear_faults),
        ("POST", "/latency", control.latency),
        ("POST", "/limits", control.limits),
        ("POST", "/modes", control.modes),
        ("GET", "/ledger", control.ledger),
        ("GET", "/alike", control.alike),
        ("GET", "/stats", control.stats),
        ("POST", "/accounts", control.make_accounts),
        ("POST", "/revoke", control.revoke),
        ("POST", "/figures", control.figures),
        ("POST", "/history", control.remember),
        ("POST", "/reset", control.reset),
        ("POST", "/town", control.town),
    ]
    return Starlette(routes=[Route(path, endpoint(verb), methods=[method]) for method, path, verb in table])
