import threading

import pytest
from django.db import OperationalError

from links.redirect.collector import Arrival, Collector, as_rows
from links.redirect.days import Days
from links.redirect.spill import Spill
from tests.links.making import NOON

ONE = Arrival(1, "story:1", NOON, False, False, "203.0.113.0/24 firefox")


class Table:
    """Stands where the database stands; can be away, or hang until told."""

    def __init__(self):
        self.rows, self.away, self.gate = [], False, threading.Event()
        self.gate.set()

    def write(self, rows):
        self.gate.wait(5)
        if self.away:
            raise OperationalError
        self.rows += rows


@pytest.fixture
def table():
    return Table()


@pytest.fixture
def collector(table, tmp_path):
    spill = Spill(tmp_path)
    return Collector(
        first=Days(None, "secret").first,
        write=table.write,
        replay=lambda: spill.replay(lambda _, rows: table.write(rows)),
        spill=spill,
    )


def test_an_answer_waits_until_its_click_is_written(collector, table):
    assert collector.take(ONE, patience=5)
    assert [row.link_id for row in table.rows] == [1]


def test_a_slow_database_delays_no_answer(collector, table):
    table.gate.clear()
    assert not collector.take(ONE, patience=0.001)
    table.gate.set()
    assert collector.take(ONE, patience=5)
    assert len(table.rows) == 2


def test_many_at_once_are_all_written(collector, table):
    def visit(number):
        for _ in range(20):
            collector.take(ONE._replace(link_id=number), patience=5)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(table.rows) == 160
    assert sum(row.first_today for row in table.rows) == 1


def test_a_database_that_is_away_loses_nothing(collector, table):
    table.away = True
    assert collector.take(ONE, patience=5)
    table.away = False
    collector._replay_at = 0
    collector.take(ONE._replace(link_id=2), patience=5)
    assert sorted(row.link_id for row in table.rows) == [1, 2]


def test_kept_clicks_stay_while_the_database_is_away(collector, table):
    table.away = True
    collector.settle([ONE])
    collector.replay_sometimes()
    assert len(collector._spill.files()) == 1


def test_a_fault_in_one_batch_does_not_end_the_thread(collector, table, monkeypatch):
    monkeypatch.setattr(collector, "_first", lambda *_, **__: 1 / 0)
    collector.take(ONE, patience=5)
    monkeypatch.undo()
    assert collector.take(ONE, patience=5)
    assert len(table.rows) == 1


def test_a_stopping_process_waits_for_the_batch_that_is_being_written(collector, table):
    table.gate.clear()
    collector.take(ONE, patience=0)
    threading.Timer(0.05, table.gate.set).start()
    collector.close()
    assert len(table.rows) == 1


def test_a_stopping_process_waits_for_the_batch_behind_it_too(collector, table):
    table.gate.clear()
    collector.take(ONE, patience=0.05)
    collector.take(ONE, patience=0)
    threading.Timer(0.05, table.gate.set).start()
    collector.close()
    assert len(table.rows) == 2


def test_a_process_that_cannot_keep_up_lets_people_pass(collector, table, monkeypatch):
    monkeypatch.setattr("links.redirect.collector.WAITING_LIMIT", 0)
    assert not collector.take(ONE)


def test_robots_are_no_visitors():
    rows = as_rows([ONE._replace(robot=True), ONE, ONE], Days(None, "secret").first)
    assert [row.first_today for row in rows] == [False, True, False]


def test_a_row_says_nothing_of_the_visitor():
    (row,) = as_rows([ONE], Days(None, "secret").first)
    assert not any("203.0.113" in str(value) for value in row)
