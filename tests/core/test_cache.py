from django.core.cache import caches
from django.test import override_settings

NOWHERE = {"default": {"BACKEND": "core.cache.ForgivingCache", "LOCATION": "unix:///nowhere/redis.sock"}}


@override_settings(CACHES=NOWHERE)
def test_a_cache_that_is_down_is_a_miss() -> None:
    cache = caches["default"]
    assert cache.get("a", "otherwise") == "otherwise" and cache.get_many(["a", "b"]) == {}
    cache.set("a", 1)
    assert cache.set_many({"a": 1}) == [] and cache.delete("a") is False and cache.touch("a") is False


@override_settings(CACHES=NOWHERE)
def test_a_lock_is_had_and_a_count_stays_small_without_a_cache() -> None:
    cache = caches["default"]
    assert cache.add("lock", True) is True and cache.incr("count") == 1
