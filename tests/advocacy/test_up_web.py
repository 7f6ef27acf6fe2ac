from pathlib import Path

import pytest

from advocacy.up.web import place, read_arguments


@pytest.mark.parametrize(
    ("bind", "expected"),
    [
        ("127.0.0.1:8000", {"address": "127.0.0.1", "port": 8000}),
        ("[::1]:8001", {"address": "::1", "port": 8001}),
        (":8002", {"address": "0.0.0.0", "port": 8002}),
        ("unix:/run/a.sock", {"uds": Path("/run/a.sock"), "uds_permissions": 0o660}),
    ],
)
def test_it_listens_where_it_is_told(bind, expected):
    assert place(bind) == expected


def test_it_serves_the_product_with_a_drainer_unless_told_otherwise():
    usual = read_arguments([])
    assert usual.application == "advocacy.wsgi:application" and not usual.without_drainer
    assert read_arguments(["benchmarks.bare:application", "--without-drainer"]).without_drainer
