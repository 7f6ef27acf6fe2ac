from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from links.redirect import spill
from links.redirect.spill import Row, Spill

ROW = Row(7, datetime(2026, 6, 1, 12, tzinfo=UTC), True, False, False)


@pytest.fixture
def kept(tmp_path):
    return Spill(tmp_path / "clicks")


class Table:
    def __init__(self):
        self.rows, self.names = [], []

    def write(self, name, rows):
        self.names.append(name)
        self.rows += rows


def test_what_was_kept_comes_back_as_it_was(kept):
    table, other = Table(), ROW._replace(link_id=8, robot=True)
    assert kept.keep([ROW, other]) == 0
    assert kept.replay(table.write) == 2
    assert table.rows == [ROW, other]


def test_nothing_is_left_after_a_replay(kept):
    kept.keep([ROW])
    kept.replay(Table().write)
    assert kept.files() == []
    assert kept.replay(Table().write) == 0


def test_batches_share_a_file_until_it_is_full(kept, monkeypatch):
    kept.keep([ROW])
    kept.keep([ROW])
    assert len(kept.files()) == 1
    monkeypatch.setattr(spill, "FILE_LIMIT", 10)
    kept.keep([ROW])
    kept.keep([ROW])
    assert len(kept.files()) == 2


def test_a_writer_whose_file_was_claimed_starts_another(kept):
    kept.keep([ROW])
    table = Table()
    Spill(kept.folder).replay(table.write)
    kept.keep([ROW])
    kept.replay(table.write)
    assert len(table.rows) == 2
    assert len(set(table.names)) == 2


def test_a_replay_that_fails_keeps_the_file_for_the_next(kept):
    kept.keep([ROW])

    def refuse(name, rows):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        kept.replay(refuse)
    table = Table()
    assert kept.replay(table.write) == 1
    assert table.rows == [ROW]


def test_a_replay_that_was_killed_is_repeated_under_the_same_name(kept):
    kept.keep([ROW])
    table = Table()

    def die_after_writing(name, rows):
        table.write(name, rows)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.replay(die_after_writing)
    kept.replay(table.write)
    assert table.names[0] == table.names[1]


def test_a_line_cut_short_by_a_kill_is_left_out(kept):
    kept.keep([ROW, ROW])
    (path,) = kept.files()
    path.write_text(path.read_text()[:-10])
    table = Table()
    kept.replay(table.write)
    assert table.rows == [ROW]


def test_a_full_folder_says_what_it_lost(kept, monkeypatch):
    monkeypatch.setattr(spill, "TOTAL_LIMIT", -1)
    assert kept.keep([ROW, ROW]) == 2


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path):
    (tmp_path / "file").write_text("")
    assert Spill(tmp_path / "file" / "clicks").keep([ROW]) == 1


@given(rows=st.lists(st.builds(Row, st.integers(1, 2**40), st.datetimes(timezones=st.just(UTC)), *[st.booleans()] * 3)))
def test_any_rows_survive_the_disk(rows, tmp_path_factory):
    kept, table = Spill(tmp_path_factory.mktemp("clicks")), Table()
    if rows:
        kept.keep(rows)
    kept.replay(table.write)
    assert table.rows == rows
