import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from advocacy.middleware import WithRequestId, forbid_foreign_content, name_requests, request_id


def record() -> logging.LogRecord:
    found = logging.LogRecord("advocacy", logging.INFO, "", 0, "hello", None, None)
    WithRequestId().filter(found)
    return found


def test_each_request_gets_a_number_that_its_log_lines_carry() -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(record().request_id)
        return HttpResponse()

    answer = name_requests(view)(RequestFactory().get("/"))
    assert answer["X-Request-ID"] == seen[0]
    assert len(seen[0]) == 12
    assert request_id.get() == "-"


@pytest.mark.parametrize(
    ("sent", "trusted", "kept"),
    [
        ("abcdef-0123456789", ["127.0.0.1"], True),
        ("abcdef-0123456789", [], False),
        ("bad\nline 0123456789", ["127.0.0.1"], False),
    ],
)
def test_only_a_trusted_proxy_may_name_a_request(sent: str, trusted: list[str], kept: bool) -> None:
    with override_settings(TRUSTED_PROXIES=trusted):
        answer = name_requests(lambda request: HttpResponse())(
            RequestFactory().get("/", headers={"X-Request-ID": sent})
        )
    assert (answer["X-Request-ID"] == sent) is kept


def test_no_page_may_run_a_script_from_elsewhere_or_from_inside_itself() -> None:
    answer = forbid_foreign_content(lambda request: HttpResponse())(RequestFactory().get("/"))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_stricter_policy_of_a_view_is_kept() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    assert forbid_foreign_content(view)(RequestFactory().get("/"))["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.advocacy.broken_urls")
def test_what_nobody_expected_is_shown_as_its_number_and_tells_nothing_else() -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "the secret reason" not in answer.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_answers_with_a_sentence(client: Client) -> None:
    answer = client.get("/theme/")
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert "Nothing was changed" in answer.content.decode()


@pytest.mark.django_db
def test_a_browser_that_asks_for_the_usual_icon_finds_it(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".png")
