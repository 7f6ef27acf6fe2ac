"""What a first visit weighs, counted as a server in front would send it: compressed."""

import gzip

import pytest
from playwright.sync_api import Response

from tests.browser.demo.conftest import composer_paths
from tests.browser.house import House

CSS, JAVASCRIPT = 20 * 1024, 35 * 1024
PAGES = [("stranger", "/"), ("member", "/"), ("member", "/shares/"), ("member", "/impact/"), ("curator", "/curate/")]


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_pages_are_light(house: House, who: str, path: str) -> None:
    page = house.page(who)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert weight(answers, "stylesheet") <= CSS
    assert weight(answers, "script") <= JAVASCRIPT


def test_the_composer_is_light(house: House) -> None:
    path = composer_paths(house.page("member", "/"))[0]
    page = house.page("member")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert weight(answers, "stylesheet") <= CSS
    assert weight(answers, "script") <= JAVASCRIPT


def weight(answers: list[Response], kind: str) -> int:
    found = {answer.url: answer for answer in answers if answer.request.resource_type == kind and answer.ok}
    return sum(len(gzip.compress(answer.body(), 6)) for answer in found.values())
