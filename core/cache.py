"""Redis as cache, where a cache that is down is a miss: pages go on without it, and the log says so."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class ForgivingCache(RedisCache):
    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return attempt(lambda: super(ForgivingCache, self).get(key, default, version), default)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        return attempt(lambda: super(ForgivingCache, self).get_many(keys, version), {})

    def set(self, *args: Any, **kwargs: Any) -> None:
        attempt(lambda: super(ForgivingCache, self).set(*args, **kwargs), None)

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return attempt(lambda: super(ForgivingCache, self).set_many(*args, **kwargs), [])

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """True when down: whoever adds to take a lock goes on without one."""
        return attempt(lambda: super(ForgivingCache, self).add(*args, **kwargs), True)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return attempt(lambda: super(ForgivingCache, self).delete(*args, **kwargs), False)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return attempt(lambda: super(ForgivingCache, self).touch(*args, **kwargs), False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Nothing was counted when down; a count of one refuses nobody."""
        return attempt(lambda: super(ForgivingCache, self).incr(key, delta, version), delta)


def attempt(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    try:
        return ask()
    except RedisError as error:
        log.warning("the cache does not answer: %s", type(error).__name__)
        return otherwise
