"""What changed between two versions, as somebody hears it who does not see the page."""

from tests.browser.house import DESK, House


def test_a_screen_reader_hears_what_was_added_and_taken_out(house: House) -> None:
    page = house.page("hr", "/guidelines/desk/", size=DESK)
    page.get_by_role("link", name="Speaking about us online", exact=True).first.click()
    page.get_by_role("link", name="Compare any two").click()
    page.get_by_label("From").select_option("2")
    page.get_by_label("To", exact=True).select_option("1")
    page.get_by_role("button", name="Compare").click()
    tree = page.locator("main").aria_snapshot()
    assert "deletion" in tree and "taken out:" in tree and "ask a parent before you show a child" in tree
    page.get_by_label("From").select_option("1")
    page.get_by_label("To", exact=True).select_option("2")
    page.get_by_role("button", name="Compare").click()
    tree = page.locator("main").aria_snapshot()
    assert "insertion" in tree and "added:" in tree
