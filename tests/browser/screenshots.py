"""`make screenshots`: every page on phone and desk, light and dark, into .data/screenshots/. ARGS="today compose"."""

import tests.browser.setting  # noqa: F401 - Django has to be set up first

# isort: split

import os
import sys
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.browser.chromium import launched
from tests.browser.house import DESK, PHONE, SMALL, House
from tests.browser.pages import VISITS, Visit

FOLDER = Path(__file__).parents[2] / ".data" / "screenshots"
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark"), (SMALL, "light")]


def main(wanted: list[str]) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    visits = [visit for visit in VISITS if not wanted or any(word in visit.name for word in wanted)]
    pictures = 0
    with launched() as browser:
        house = House(browser)
        for size, theme in LOOKS:
            for who in sorted({visit.who for visit in visits}):
                context = house.window(who, size=size, theme=theme)
                pictures += sum(taken(context, visit, size, theme) for visit in visits if visit.who == who)
            house.close()
    print(f"screenshots: pages={len(visits)} pictures={pictures} folder={FOLDER}")
    return 0


def taken(context: BrowserContext, visit: Visit, size: tuple[int, int], theme: str) -> bool:
    page = context.new_page()
    try:
        answer = page.goto(visit.address)
        if answer and answer.status != visit.status:
            print(f"screenshots: {visit.name}: {answer.status}, expected {visit.status}", file=sys.stderr)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{visit.name}-{size[0]}x{size[1]}-{theme}.png")
    except Exception as problem:
        print(f"screenshots: {visit.name}: {problem}", file=sys.stderr)
        return False
    finally:
        page.close()
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or os.environ.get("ARGS", "").split()))
