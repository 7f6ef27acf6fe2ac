"""The life of the town: notice what is new, and let what is due happen."""

import asyncio
import json
import logging
import sqlite3
from typing import Any

from sandbox import people
from sandbox.world import World

from . import plan, visit

TICK, PER_TICK, NEW_PER_TICK = 0.5, 25, 100
COLUMNS = {"like": "likes", "repost": "reposts", "reply": "replies"}
VISITS = frozenset({"visit", "robot", "head", "prefetch"})


class Town:
    def __init__(self, world: World):
        self.world = world
        self.store = world.store
        self.last = world.clock.now()
        self.doors = asyncio.Semaphore(4)
        self.out: set[asyncio.Task[None]] = set()

    async def live(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            now = self.world.clock.now()
            # A clock moved back makes no time pass; one moved on lets much happen, but in small portions.
            passed, self.last = max(0.0, now - self.last), now
            if self.world.town_speed:
                self.dare(passed * self.world.town_speed)

    def dare(self, passed: float) -> None:
        try:
            self.tick(passed)
        except Exception:  # one post that nobody can read must not put the whole town to sleep
            logging.getLogger("sandbox").exception("the town stumbled")

    def tick(self, passed: float) -> None:
        """The town has a time of its own, which runs only while it is on and as fast as it is told to."""
        time = float(self.store.setting("town_time", "0")) + passed
        with self.store.together():
            self.store.keep("town_time", str(time))
            self.notice(time)
            due = self.store.all("SELECT rowid, * FROM town_events WHERE due <= ? ORDER BY due LIMIT ?", time, PER_TICK)
            for event in due:
                self.store.run("DELETE FROM town_events WHERE rowid = ?", event["rowid"])
                self.happen(event)

    def notice(self, time: float) -> None:
        seen = int(self.store.setting("town_seen", "0"))
        # After a bench there may be many thousands; the town reads the newest and lets the rest go.
        newest = self.store.one("SELECT coalesce(max(seq), 0) FROM posts")
        seen = max(seen, (newest[0] if newest else 0) - NEW_PER_TICK)
        for row in self.store.all("SELECT * FROM posts WHERE seq > ? ORDER BY seq", seen):
            account = people.by_id(self.world, row["platform"], row["account"])
            assert account
            for event in plan.events(row, account):
                self.store.insert(
                    "town_events", due=time + event.after, post=row["seq"], kind=event.kind, visitor=plan.packed(event)
                )
            seen = row["seq"]
        self.store.keep("town_seen", str(seen))

    def happen(self, event: sqlite3.Row) -> None:
        row = self.store.one("SELECT * FROM posts WHERE seq = ? AND deleted_at IS NULL", event["post"])
        if row is None:
            return
        who: dict[str, Any] = json.loads(event["visitor"])
        kind = event["kind"]
        if kind in VISITS:
            task = asyncio.get_running_loop().create_task(self.open_link(row, kind, who))
            self.out.add(task)
            task.add_done_callback(self.out.discard)
            return
        if kind == "reply":
            self.store.insert("replies", post=row["seq"], name=who["name"], text=who["text"], at=self.world.clock.now())
        column, count = COLUMNS.get(kind, "impressions"), who.get("n", 1)
        self.store.run(f"UPDATE posts SET {column} = {column} + ? WHERE seq = ?", count, row["seq"])

    async def open_link(self, row: sqlite3.Row, kind: str, who: dict[str, Any]) -> None:
        # The public address may be anything; the product is visited where it really listens.
        url = f"{self.world.product}/go/{row['marker']}" if self.world.product else row["link"]
        async with self.doors:
            status = await visit.follow(url, kind, who)
        self.world.stats.calls[f"town {kind}"] += 1
        if 0 < status < 400 and kind == "visit":
            sql = "UPDATE posts SET clicks = clicks + 1, impressions = impressions + 1 WHERE seq = ?"
            self.store.run(sql, row["seq"])
