"""The domain of the short links, and that nobody makes them lead where they should not."""

import pytest
from django.test import Client

from links import views
from links.actions import BadTarget, normal_target
from tests.links.making import a_link

pytestmark = pytest.mark.django_db

GO = "go.firm.example"


@pytest.fixture
def own_domain(settings, counter, monkeypatch):
    settings.LINK_URL, settings.BASE_URL = f"https://{GO}", "https://advocacy.firm.example"
    settings.ALLOWED_HOSTS = [GO, "advocacy.firm.example"]
    monkeypatch.setattr(views, "counter", lambda: counter)
    return Client(headers={"host": GO})


def test_it_follows_links(own_domain):
    link = a_link()
    answer = own_domain.get(f"/go/{link.code}")
    assert answer["Location"] == link.target
    assert "leads nowhere" in own_domain.get("/go/unknown88").content.decode()


@pytest.mark.parametrize(
    "path",
    ["/", "/accounts/login/", "/curate/", "/shares/", "/admin/", "/healthz", "/readyz", "/metrics", "/media/x.png",
     "/goo/abcdefgh", "/go", "//go/abcdefgh", "/accounts/login/?next=/go/abcdefgh"],
)  # fmt: skip
def test_it_serves_nothing_else(own_domain, path):
    answer = own_domain.get(path)
    assert answer.status_code == 404
    assert "only sends people on" in answer.content.decode()
    assert not answer.cookies


def test_the_product_s_own_address_still_serves_everything(own_domain):
    link = a_link()
    at_home = Client(headers={"host": "advocacy.firm.example"})
    assert at_home.get(f"/go/{link.code}")["Location"] == link.target
    assert at_home.get("/healthz").status_code == 200


def test_machines_may_ask_for_our_health_by_address(own_domain):
    assert Client(headers={"host": "10.0.0.5:8000"}).get("/healthz").status_code == 200


def test_without_a_domain_of_their_own_nothing_is_closed(settings):
    settings.LINK_URL = settings.BASE_URL
    assert Client().get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/go//evil.example", "/go/%2f%2fevil.example", "/go/\\\\evil.example", "/go/%5c%5cevil.example",
     "/go/@evil.example",
     "/go/https://evil.example", "/go/https:evil.example", "/go/%0d%0aLocation:%20https://evil.example",
     "//evil.example/go/abcdefgh", "/go/?url=https://evil.example", "/go/evil.example/..",
     "/go/..%2f..%2fevil.example"],
)  # fmt: skip
def test_nothing_typed_makes_it_lead_elsewhere(own_domain, path):
    for host in (GO, "advocacy.firm.example"):
        answer = own_domain.get(path, headers={"host": host})
        assert answer.status_code == 404
        assert "Location" not in answer


def test_nothing_beside_the_code_is_looked_at(own_domain):
    link = a_link()
    for more in ("?url=https://evil.example", "?next=//evil.example", "/?to=evil.example"):
        assert own_domain.get(f"/go/{link.code}{more}")["Location"] == link.target


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "\\\\evil.example", "/\\evil.example", "https:evil.example", "https:/evil.example",
     "javascript://example.org/%0aalert(1)", "mailto:a@evil.example"],
)  # fmt: skip
def test_no_target_is_a_trick(target):
    with pytest.raises(BadTarget):
        normal_target(target)


def test_a_name_before_an_at_sign_hides_nothing():
    assert normal_target("https://example.org@evil.example/") == "https://evil.example/"
    assert "\\" not in normal_target("https://example.org/\\@evil.example").split("/", 3)[2]
