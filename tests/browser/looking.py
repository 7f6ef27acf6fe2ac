"""What is measured on one page: axe, sideways scrolling, and targets too small for a thumb."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"

RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
    found => `${found.id}: ${found.help}. ` + found.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join())"""
SMALL = """() => [...document.querySelectorAll('a.button, button, summary, select, input, .tabs a, nav a')]
    .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.closest('.visually-hidden, .skip'))
    .map(each => [each.closest('label') ?? each, each])
    .filter(([box]) => box.offsetWidth > 1 && (box.offsetHeight < 44 || box.offsetWidth < 24))
    .map(([box, each]) => `${Math.round(box.getBoundingClientRect().height)} px: ${each.outerHTML.slice(0, 100)}`)"""
WIDEST = """() => { const root = document.documentElement, room = root.clientWidth, over = root.scrollWidth - room;
    if (over <= 0) return '';
    const wide = [...document.body.querySelectorAll('*')].find(each => each.getBoundingClientRect().right > room + 1);
    return `${over} px too wide` + (wide ? ': ' + wide.outerHTML.slice(0, 120) : '') }"""

PLANTED = """<!doctype html><html lang="en"><head><title>Broken on purpose</title></head><body><main><h1>Broken</h1>
<img src="data:,"><button></button><p style="color:#bbb;background:#fff">Faint</p>
<p style="width:900px">Too wide for any phone</p></main></body></html>"""


def violations(page: Page) -> list[str]:
    """axe comes in through the debugger, not through the page: its security policy stays as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text() + "\n;undefined")
    return list(page.evaluate(RUN))


def too_small(page: Page) -> list[str]:
    return list(page.evaluate(SMALL))


def sideways(page: Page, width: int = 320) -> str:
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    found = str(page.evaluate(WIDEST))
    if before:
        page.set_viewport_size(before)
    return found


def finds_what_is_planted(page: Page) -> bool:
    """A page broken on purpose, in ways that the run must see; otherwise its silence says nothing."""
    page.set_content(PLANTED)
    found = {line.partition(":")[0] for line in violations(page)}
    return {"image-alt", "button-name", "color-contrast"} <= found and bool(sideways(page) and too_small(page))
