import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from links.redirect.lines import AGENT_LIMIT, Row, decode, decode_row, encode, encode_row, new_id
from tests.links.making import NOON, a_line


def test_a_line_is_read_as_it_was_written():
    line = a_line(flags=3)
    assert decode(encode(line).decode().rstrip("\n")) == line


@settings(max_examples=40)
@given(st.text(max_size=2 * AGENT_LIMIT))
def test_no_user_agent_breaks_a_line(agent):
    written = encode(a_line(agent=agent))
    assert written.count(b"\n") == 1 and b"\r" not in written
    assert decode(written.decode().rstrip("\n"))._replace(agent="") == a_line(id=decode(written.decode()).id, agent="")


@pytest.mark.parametrize("cut", ["", "12", "12\t7", "a\tb\tc\td\te\tf\tg", "1\t2\t9999999999999999999\t0\t\t\t"])
def test_what_was_cut_short_is_no_click(cut):
    assert decode(cut) is None
    assert decode_row(cut) is None


def test_a_row_is_read_as_it_was_written():
    row = Row(7, NOON, True, False, True, 12)
    assert decode_row(encode_row(row).rstrip("\n")) == row


def test_ids_are_in_the_order_of_time_and_never_alike():
    ids = {new_id(NOON) for _ in range(1000)}
    assert len(ids) == 1000
    assert max(ids) < new_id(NOON.replace(second=1)) < new_id(NOON.replace(year=2087)) < 2**63
