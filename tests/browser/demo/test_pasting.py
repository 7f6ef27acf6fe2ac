"""What HR pastes from a word processor keeps its headings and lists, as Markdown."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import DESK, House

WORD = """<html><head><style>p{color:red}</style></head><body>
<h1>In short</h1><p class=MsoNormal>Ask <b>before</b> you show <i>anybody</i>.</p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1'><span>·<span>&nbsp;&nbsp; </span></span>Colleagues</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1'><span>·<span>&nbsp;&nbsp; </span></span>Customers</p>
<p>See <a href="https://rules.example/a">the rules</a>, not <a href="javascript:alert(1)">this</a>.</p></body></html>"""
WRITER = "<h2>Steps</h2><ol><li>Stop</li><li>Ask<ul><li>Ruth</li></ul></li></ol><p>Then post.</p>"
EXPECTED = {
    WORD: "### In short\n\nAsk **before** you show *anybody*.\n\n- Colleagues\n- Customers\n\n"
    "See [the rules](https://rules.example/a), not this.",
    WRITER: "### Steps\n\n1. Stop\n2. Ask\n   - Ruth\n\nThen post.",
}
PASTE = """(field, html) => {
    field.focus();
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "plain");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.mark.parametrize("html", [WORD, WRITER], ids=["Word", "Writer"])
def test_headings_and_lists_stay(house: House, html: str) -> None:
    page = editor(house)
    field = page.get_by_label("Words", exact=True).last
    page.wait_for_load_state("networkidle")
    field.evaluate(PASTE, html)
    expect(field).to_have_value(EXPECTED[html])


def editor(house: House) -> Page:
    page = house.page("hr", "/guidelines/desk/", size=DESK)
    page.get_by_role("link", name="When your team posts").first.click()
    return page
