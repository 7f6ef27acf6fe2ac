"""The way from the spool to the table, with a kill at each step: nothing lost, nothing twice."""

import random
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError

from links import actions
from links.models import Click
from links.redirect import drain, spool
from links.redirect.days import Days
from links.redirect.drain import Drainer
from links.redirect.lines import JUDGED, ROBOT, encode
from links.redirect.spool import Spool, waiting
from tests.links.making import NOON, a_line

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Where the process would have been gone."""


class Table:
    """The database, which can be away, or kill whoever writes to it, before or after."""

    def __init__(self):
        self.away = False
        self.kill = None

    def write(self, rows):
        if self.away:
            raise OperationalError
        if self.kill == "before":
            raise Killed
        actions.record_clicks(rows)
        if self.kill == "after":
            raise Killed


@pytest.fixture
def table():
    return Table()


@pytest.fixture
def kept(tmp_path):
    return Spool(tmp_path / "spool")


def a_drainer(kept, table):
    return Drainer(kept.folder, days=Days(None), write=table.write)


@pytest.fixture(autouse=True)
def no_rest(monkeypatch):
    monkeypatch.setattr(drain, "REST", 0.0)


def take(kept, count=1, **changes):
    for number in range(count):
        kept.append(encode(a_line(**{"at": NOON + timedelta(microseconds=number)} | changes)))
    kept.finish()


def test_clicks_are_written_and_their_file_is_gone(kept, table):
    take(kept, 3)
    assert a_drainer(kept, table).turn() == 3
    assert list(Click.objects.order_by("at").values_list("first_today", flat=True)) == [True, False, False]
    assert waiting(kept.folder) == []


def test_a_file_that_is_still_written_to_is_left_alone(kept, table):
    kept.append(encode(a_line()))
    assert a_drainer(kept, table).turn() == 0
    assert len(waiting(kept.folder)) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_drainer_killed_beside_its_write_begins_again(kept, table, moment):
    take(kept, 5)
    table.kill = moment
    with pytest.raises(Killed):
        a_drainer(kept, table).turn()
    table.kill = None
    a_drainer(kept, table).turn()
    assert Click.objects.count() == 5


@pytest.mark.parametrize("step", ["touch", "write_text", "rename", "unlink"])
def test_a_drainer_killed_at_each_step_of_keeping_rows_loses_and_doubles_nothing(kept, table, step, monkeypatch):
    take(kept, 5)
    table.away = True

    def kill(*_, **__):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(drain.Path, step, kill)
        with pytest.raises(Killed):
            a_drainer(kept, table).turn()
    a_drainer(kept, table).turn()
    table.away = False
    a_drainer(kept, table).turn()
    assert Click.objects.count() == 5
    assert waiting(kept.folder) == []


def test_while_the_database_is_away_nothing_on_disk_says_who(kept, table):
    take(kept, 2)
    table.away = True
    a_drainer(kept, table).turn()
    (path,) = waiting(kept.folder)
    assert path.suffix == spool.ROWS and path.stat().st_mode & 0o077 == 0
    assert "Firefox" not in path.read_text() and "5ca1ab1e" not in path.read_text()
    table.away = False
    a_drainer(kept, table).turn()
    assert Click.objects.filter(first_today=True).count() == 1
    assert Click.objects.count() == 2


def test_two_drainers_at_once_write_each_click_once(kept, table):
    for _ in range(20):
        take(kept, 5)
    seen = []

    def write(rows):
        seen.extend(row.id for row in rows)

    drainers = [Drainer(kept.folder, days=Days(None), write=write) for _ in range(2)]

    def work(one):
        while one.turn() or waiting(kept.folder):
            pass

    threads = [threading.Thread(target=work, args=(one,)) for one in drainers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == len(set(seen)) == 100


def test_killed_at_random_nothing_is_lost_and_nothing_is_twice(kept, table):
    dice = random.Random(7)
    taken = 0
    for _ in range(60):
        taken += (many := dice.randrange(4))
        take(kept, many, at=NOON + timedelta(seconds=taken))
        table.away = dice.random() < 0.3
        table.kill = dice.choice([None, None, "before", "after"])
        try:
            a_drainer(kept, table).turn()
        except Killed:
            pass
    table.away = table.kill = None
    while a_drainer(kept, table).turn():
        pass
    assert Click.objects.count() == taken
    assert waiting(kept.folder) == []


def test_half_a_line_is_left_out(kept, table):
    kept.append(encode(a_line()))
    kept.append(encode(a_line())[:20])
    kept.finish()
    assert a_drainer(kept, table).turn() == 1


def judged(kept, *found):
    return [(row.robot, row.first_today) for row in a_drainer(kept, Table()).judge(found)]


def test_robots_are_recorded_and_are_nobody_s_visit(kept):
    assert judged(kept, a_line(agent="LinkedInBot/1.0"), a_line(flags=ROBOT), a_line()) == [
        (True, False), (True, False), (False, True),
    ]  # fmt: skip


def test_what_was_judged_is_not_judged_again(kept):
    assert judged(kept, a_line(agent="", flags=JUDGED), a_line(agent="", flags=JUDGED | ROBOT)) == [
        (False, True), (True, False),
    ]  # fmt: skip


def test_whoever_opens_many_links_at_once_is_a_robot_from_then_on(kept):
    found = [a_line(link_id=number, group=f"story:{number}") for number in range(10)]
    assert [robot for robot, _ in judged(kept, *found)] == [False] * 7 + [True] * 3


def test_a_reader_who_takes_time_is_a_person(kept):
    found = [a_line(link_id=number, at=NOON + timedelta(seconds=5 * number)) for number in range(30)]
    assert not any(robot for robot, _ in judged(kept, *found))


def test_only_one_drains_a_folder(kept):
    with drain.alone(kept.folder), drain.alone(kept.folder, stopping=[1]) as second:
        assert second  # it was asked to stop, and so no longer waits for its turn
