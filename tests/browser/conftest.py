"""Browser tests: a real server, a real Chromium, and no complaint in its console."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Complaints, launched

# Playwright's loop runs in this thread, and Django would take every query here for an asynchronous one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
PHONE, DESK = (390, 844), (1280, 800)

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def complaints() -> Complaints:
    """What the console said so far; a test that expects a complaint clears it."""
    return Complaints()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, client: Any, complaints: Complaints) -> Iterator[OpenPage]:
    """`open_page("/", member=mina, size=DESK, theme="dark", script=False)`; ends the test on any console error."""
    contexts = []

    def opened(
        path: str, *, member: Any = None, size: tuple[int, int] = PHONE, theme: str = "light", script: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if member:
            client.force_login(member)
            context.add_cookies(
                [
                    {"name": name, "value": morsel.value, "url": live_server.url}
                    for name, morsel in client.cookies.items()
                ]
            )
        page = context.new_page()
        complaints.hear(page)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
