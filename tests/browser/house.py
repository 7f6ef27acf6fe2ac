"""People of the demo organisation in front of a browser: who they are, and what their screens measure."""

import os
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import Complaints

PHONE, SMALL, DESK = (390, 844), (360, 800), (1280, 800)
STRANGER = "stranger"


def base_url() -> str:
    found = os.environ.get("BASE_URL")
    if not found:
        raise RuntimeError("There is no running demo. Use make test-browser, make audit or make screenshots.")
    return found


@dataclass
class House:
    """Opens windows as one of the demo's people. Each role comes in once, by its door, and is remembered."""

    browser: Browser
    complaints: Complaints = field(default_factory=Complaints)
    keys: dict[str, Any] = field(default_factory=dict)
    windows: list[BrowserContext] = field(default_factory=list)

    def window(
        self, who: str = "member", *, size: tuple[int, int] = PHONE, theme: str = "light", script: bool = True
    ) -> BrowserContext:
        context = self.browser.new_context(
            base_url=base_url(),
            viewport={"width": size[0], "height": size[1]},
            has_touch=size[0] < 700,
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            service_workers="block",
            storage_state=self.key(who),
        )
        self.windows.append(context)
        return context

    def page(self, who: str = "member", path: str = "", **options: Any) -> Page:
        page = self.window(who, **options).new_page()
        self.complaints.hear(page)
        if path:
            page.goto(path)
        return page

    def key(self, who: str) -> Any:
        if who == STRANGER:
            return None
        if who not in self.keys:
            context = self.browser.new_context(base_url=base_url(), service_workers="block")
            come_in(context.new_page(), who)
            self.keys[who] = context.storage_state()
            context.close()
        return self.keys[who]

    def close(self) -> None:
        while self.windows:
            self.windows.pop().close()


def come_in(page: Page, role: str) -> None:
    """Through the door of the tour, as any visitor of the demo does."""
    page.goto("/demo/")
    page.locator(f'form[action="/demo/enter/{role}/"] button').first.click()
    page.wait_for_url(lambda address: "/demo/" not in address)
