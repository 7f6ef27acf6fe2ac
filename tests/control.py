import os
from functools import cache
from typing import Any

from core.http import Door, Policy, origin_of


@cache
def door() -> Door:
    return Door(Policy(frozenset({origin_of(os.environ["CONTROL_URL"])})))


def control(method: str, path: str, **order: Any) -> Any:
    """Ask the control port of the stand-in platforms."""
    answer = door().request(method, os.environ["CONTROL_URL"] + path, json=order or None, max_bytes=50_000_000)
    if not answer.ok:
        raise RuntimeError(f"{method} {path}: {answer.status} {answer.text}")
    return answer.json()
