"""The pages of evidence: asked for, watched, taken; and a receipt on paper, for its owner and HR."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from guidelines import actions, archive
from guidelines.forms import PackForm
from guidelines.models import Pack, Receipt
from guidelines.tasks import make_packs
from tests.factories import MemberFactory
from tests.guidelines.conftest import begun, put_out, settled
from tests.guidelines.test_packs import sign
from tests.guidelines.test_views import signed_in

pytestmark = pytest.mark.django_db
PAGE = reverse("guidelines:packs")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


def test_only_what_was_published_can_be_asked_about():
    hana, ines = (MemberFactory(roles=["hr"]) for _ in range(2))
    begun(hana, name="A draft")
    out = put_out(hana, ines, begun(hana))
    assert list(PackForm(at=clock.now()).fields["guideline"].queryset) == [out.guideline]


@pytest.fixture
def member():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def published(hana, ines, member):
    at = clock.now() - timedelta(minutes=5)
    made = put_out(hana, ines, begun(hana, at=at), at=at)
    settled(at)
    return made


@pytest.fixture
def receipt(published, member) -> Receipt:
    return sign(member, at=clock.now())


def today() -> str:
    return clock.now().date().isoformat()


def test_asked_for_watched_and_taken(hana, receipt):
    browser = signed_in(hana)
    answer = browser.post(PAGE, {"day": today(), "guideline": "", "person": ""}, follow=True)
    page, pack = answer.content.decode(), Pack.objects.get()
    assert answer.redirect_chain and "Being made" in page and "You may leave this page" in page
    make_packs()
    page = browser.get(reverse("guidelines:pack", args=[pack.pk])).content.decode()
    pack.refresh_from_db()
    assert "Download the pack" in page and pack.manifest in page and "hx-get" not in page
    assert "Ready" in browser.get(PAGE).content.decode()
    answer = browser.get(reverse("guidelines:pack_file", args=[pack.pk]))
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    inside = {f"{pack.stem}/{name}" for name in ("verify.html", "manifest.sha256", "summary.pdf", "receipts-0001.csv")}
    assert inside <= set(names) and all(name.startswith(f"{pack.stem}/") for name in names)
    assert answer["Content-Disposition"] == f'attachment; filename="{pack.stem}.zip"'
    assert f"{len(names) - 1}, and the manifest that lists them" in page


def test_the_wrong_person_finds_no_page_and_no_file(hana, ines, member, receipt):
    pack = actions.ask_pack(actor=hana, day=clock.now().date(), at=clock.now())
    make_packs()
    file, page = (reverse(f"guidelines:{name}", args=[pack.pk]) for name in ("pack_file", "pack"))
    for stranger in (member, MemberFactory(roles=["curator"]), MemberFactory(roles=["administrator"])):
        for address in (PAGE, page, file):
            assert signed_in(stranger).get(address).status_code == 403
        assert signed_in(stranger).post(PAGE, {"day": today()}).status_code == 403
    colleague = signed_in(ines)
    assert colleague.get(file).status_code == 404
    assert "for the colleague who asked for it" in colleague.get(page).content.decode()
    assert signed_in(MemberFactory(roles=["council"])).get(page).status_code == 200
    assert signed_in(hana).get(reverse("guidelines:pack_file", args=[pack.pk + 1])).status_code == 404


def test_a_pack_that_is_not_ready_or_gone_is_no_file(hana, published):
    pack = actions.ask_pack(actor=hana, day=clock.now().date(), at=clock.now())
    file = reverse("guidelines:pack_file", args=[pack.pk])
    assert "Being made" in signed_in(hana).get(file, follow=True).content.decode()
    make_packs()
    archive.clear(pack.pk)
    assert "Its files are not here" in signed_in(hana).get(file, follow=True).content.decode()
    Pack.objects.update(state_at=clock.now() - timedelta(days=31))
    actions.tidy_packs(at=clock.now())
    page = signed_in(hana).get(file, follow=True).content.decode()
    assert "The files went after 30 days" in page and "Download" not in page


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"day": ""}, "Please choose a day"),
        ({"day": "yesterday"}, "Please choose a day"),
        ({"day": "9999-12-31"}, "still to come"),
        ({"guideline": "4711"}, "valid choice"),
        ({"person": "Nobody At All"}, "Nobody here has this name"),
        ({"person": "\x00"}, ""),
    ],
)
def test_bad_input_is_said_and_what_was_typed_is_kept(hana, published, sent, why):
    answer = signed_in(hana).post(PAGE, {"day": today(), "person": "Mina Okafor"} | sent)
    assert answer.status_code in (400, 422) and why in answer.content.decode() and not Pack.objects.exists()
    if answer.status_code == 422:
        assert sent.get("person", "Mina Okafor") in answer.content.decode()


def test_the_list_asks_no_more_for_many(hana, published, django_assert_max_num_queries):
    browser, at = signed_in(hana), clock.now()
    actions.ask_pack(actor=hana, day=at.date(), at=at)
    browser.get(PAGE)
    with django_assert_max_num_queries(40) as one:
        browser.get(PAGE)
    for _ in range(2):
        actions.ask_pack(actor=hana, day=at.date(), guideline=published.guideline, at=at)
    with django_assert_max_num_queries(len(one)):
        browser.get(PAGE)


def test_the_way_there_is_in_the_menu_of_who_may_ask(hana, member, published):
    mine = reverse("guidelines:mine")
    assert PAGE in signed_in(hana).get(mine).content.decode()
    assert PAGE in signed_in(MemberFactory(roles=["council"])).get(mine).content.decode()
    assert PAGE not in signed_in(member).get(mine).content.decode()


def test_a_receipt_on_paper_is_for_its_owner_and_hr(hana, member, receipt):
    address = reverse("guidelines:receipt_pdf", args=[receipt.pk])
    for reader in (member, hana):
        answer = signed_in(reader).get(address)
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
        assert "attachment" in answer["Content-Disposition"]
    assert address in signed_in(member).get(reverse("guidelines:receipt", args=[receipt.pk])).content.decode()
    assert signed_in(MemberFactory()).get(address).status_code == 404
    assert signed_in(MemberFactory(roles=["curator", "administrator"])).get(address).status_code == 404


def test_a_receipt_of_somebody_who_was_erased_is_still_shown_to_hr(hana, member, receipt):
    receipt.personal.delete()
    member.delete()
    assert "erased" in signed_in(hana).get(reverse("guidelines:receipt", args=[receipt.pk])).content.decode()
    assert signed_in(hana).get(reverse("guidelines:receipt_pdf", args=[receipt.pk])).status_code == 200


def test_in_german_too(hana, published):
    hana.language = "de"
    hana.save()
    pack = actions.ask_pack(actor=hana, day=clock.now().date(), at=clock.now())
    make_packs()
    pack.refresh_from_db()
    assert pack.state == "ready"
