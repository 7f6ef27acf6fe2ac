"""HR writes and publishes, members read and sign, and nobody sees what is not for them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.rules import PROVED_AT
from core import clock
from guidelines import queries
from guidelines.models import Due, Receipt, Version
from tests.factories import MemberFactory
from tests.guidelines.conftest import begun, gone_through, next_one, put_out, settled

pytestmark = pytest.mark.django_db


def signed_in(member, *, hours_ago: float = 0) -> Client:
    browser = Client()
    browser.force_login(member)
    session = browser.session
    session[PROVED_AT] = clock.now().timestamp() - 3600 * hours_ago
    session.save()
    return browser


@pytest.fixture
def member():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def published(hana, ines, member):
    at = clock.now() - timedelta(minutes=5)
    made = put_out(hana, ines, begun(hana, at=at), at=at)
    settled(at)
    return made


def read(published) -> str:
    return reverse("guidelines:read", args=[published.guideline_id])


def form(published, **more) -> dict[str, str]:
    return {"do": "sign", "fingerprint": published.fingerprint, "typed_name": "Mina Okafor"} | more


def sections(**more) -> dict[str, object]:
    one = {"key": "customers", "kind": "rule", "title": "Customers", "body": "Ask first."} | more
    return {f"section_{name}": [value] for name, value in one.items()}


def words(**more) -> dict[str, object]:
    said = {"title": "Speaking online", "summary": "In short.", "sign_within": 14, "least_seconds": 20, "proof": "name"}
    return {**said, **sections(), "edition": 1, **more}


def test_hr_writes_reviews_and_publishes_and_the_figure_moves(hana, ines, member):
    browser = signed_in(hana)
    made = browser.post(reverse("guidelines:begin"), {"name": "Online", "starter": "everybody", "helper": hana.name})
    page = browser.get(made["Location"]).content.decode()
    assert "It is your voice" in page and "reading ease" in page
    assert browser.post(made["Location"], words(do="submit")).status_code == 302
    version = Version.objects.get()
    assert version.state == "in_review"
    page = signed_in(ines).get(made["Location"]).content.decode()
    assert "Publish this version" in page
    signed_in(ines).post(reverse("guidelines:act", args=[version.pk, "publish"]), {"edition": version.edition})
    settled(clock.now())
    assert "0</b>" in browser.get(reverse("guidelines:desk")).content.decode()
    Due.objects.update(opened_at=clock.now() - timedelta(minutes=2))
    published = queries.current(version.guideline)
    gone_through(queries.owed(member).get(), at=clock.now())
    signed_in(member).post(read(published), form(published))
    assert "1</b>" in browser.get(reverse("guidelines:desk")).content.decode()


def test_a_member_reads_signs_and_has_a_receipt(published, member):
    browser = signed_in(member)
    page = browser.get(read(published)).content.decode()
    assert "Ask before you show a customer." in page and "Sign version 1" in page
    too_soon = browser.post(read(published), form(published), follow=True).content.decode()
    assert "only just opened" in too_soon and not Receipt.objects.filter(kind="signed").exists()
    Due.objects.filter(member=member).update(opened_at=clock.now() - timedelta(seconds=30))
    page = browser.post(read(published), form(published), follow=True).content.decode()
    assert "Signed. Thank you" in page and published.fingerprint in page and "Mina Okafor" in page
    assert "Nothing to sign" not in browser.get(reverse("guidelines:mine")).content.decode()


def test_posting_without_ever_opening_signs_nothing(published, member):
    page = signed_in(member).post(read(published), form(published), follow=True).content.decode()
    assert not Receipt.objects.filter(kind="signed").exists() and "open the guideline first" in page


def test_what_changed_since_the_signature_is_shown_word_by_word(hana, ines, published, member):
    browser = signed_in(member)
    browser.get(read(published))
    Due.objects.update(opened_at=clock.now() - timedelta(minutes=2))
    browser.post(read(published), form(published))
    next_one(hana, ines, published.guideline, at=clock.now(), body="Ask before you show a customer or a child.")
    settled(clock.now())
    page = browser.get(read(published)).content.decode()
    assert "What changed since you signed" in page and "<ins>" in page and "Sign version 2" in page


def test_i_cannot_agree_yet_reaches_hr(published, member):
    browser = signed_in(member)
    browser.get(read(published))
    browser.post(read(published), {"do": "decline", "reason": "I teach."})
    receipt = Receipt.objects.get(kind="declined")
    assert "You cannot agree yet" in browser.get(reverse("guidelines:mine")).content.decode()
    assert receipt.personal.reason == "I teach."


def test_who_it_is_not_for_finds_nothing_and_no_receipt_of_others(hana, ines, published, member):
    browser = signed_in(member)
    browser.get(read(published))
    Due.objects.update(opened_at=clock.now() - timedelta(minutes=2))
    browser.post(read(published), form(published))
    receipt = Receipt.objects.get(member=member, kind="signed")
    stranger = signed_in(MemberFactory())
    assert stranger.get(reverse("guidelines:receipt", args=[receipt.pk])).status_code == 404
    for name in ("desk", "begin"):
        assert stranger.get(reverse(f"guidelines:{name}")).status_code == 403
    assert stranger.post(reverse("guidelines:act", args=[Version.objects.get().pk, "withdraw"])).status_code == 403
    assert signed_in(hana).get(reverse("guidelines:receipt", args=[receipt.pk])).status_code == 200


def test_where_asked_for_a_signature_takes_showing_once_more_who_one_is(hana, ines, member):
    at = clock.now() - timedelta(minutes=5)
    made = put_out(hana, ines, begun(hana, at=at, proof="again"), at=at)
    settled(at)
    browser = signed_in(member, hours_ago=1)
    browser.get(read(made))
    Due.objects.update(opened_at=at)
    answer = browser.post(read(made), form(made))
    assert (
        answer["Location"].startswith(reverse("accounts:again")) and not Receipt.objects.filter(kind="signed").exists()
    )
    signed_in(member).post(read(made), form(made))
    assert Receipt.objects.get(kind="signed").proof == "again"


def test_markup_in_a_section_is_shown_as_words(hana, ines, member):
    at = clock.now() - timedelta(minutes=5)
    made = put_out(hana, ines, begun(hana, at=at, body="<script>alert(1)</script> **Never** alone."), at=at)
    settled(at)
    page = signed_in(member).get(read(made)).content.decode()
    assert "<script>alert" not in page and "<strong>Never</strong>" in page


@pytest.mark.parametrize("bad", [{"edition": "x"}, {"sign_within": "never"}, {"least_seconds": "-5"}, {"proof": "dna"}])
def test_bad_input_keeps_what_was_typed(hana, bad):
    version = begun(hana, at=clock.now())
    page = signed_in(hana).post(reverse("guidelines:version", args=[version.pk]), words(title="My words", **bad))
    assert page.status_code == 422 and "My words" in page.content.decode() and "Ask first." in page.content.decode()


def test_what_a_colleague_saved_meanwhile_is_shown_beside_what_was_typed(hana, ines):
    version = begun(hana, at=clock.now())
    address = reverse("guidelines:version", args=[version.pk])
    signed_in(ines).post(address, words(**sections(body="Ask a parent first.")))
    page = signed_in(hana).post(address, words(**sections(body="Ask everybody first."))).content.decode()
    assert "Below is how yours differs" in page and "differs from what is saved" in page
    assert "Ask everybody first." in page and "a parent" in page
    signed_in(ines).post(address, words(edition=2, do="submit"))
    answer = signed_in(hana).post(address, words(**sections(body="Too late, and not lost.")))
    assert answer.status_code == 422 and "sent this version on" in answer.content.decode()
    assert "Too late, and not lost." in answer.content.decode()


def test_the_desk_asks_two_questions_more_for_each_guideline(hana, ines, django_assert_max_num_queries):
    at = clock.now()
    put_out(hana, ines, begun(hana, at=at), at=at)
    browser = signed_in(hana)
    with django_assert_max_num_queries(30) as one:
        browser.get(reverse("guidelines:desk"))
    for number in range(3):
        put_out(hana, ines, begun(hana, name=f"Number {number}", at=at), at=at)
    with django_assert_max_num_queries(len(one) + 3 * 3):
        browser.get(reverse("guidelines:desk"))


def test_a_name_that_is_not_ones_own_stays_typed_and_says_why(published, member):
    browser = signed_in(member)
    browser.get(read(published))
    Due.objects.update(opened_at=clock.now() - timedelta(minutes=2))
    answer = browser.post(read(published), form(published, typed_name="Somebody Else"))
    assert answer.status_code == 422
    assert 'value="Somebody Else"' in answer.content.decode() and "Please type your own name" in answer.content.decode()


def test_who_has_just_signed_in_has_not_shown_once_more_who_they_are(hana, ines, member):
    at = clock.now() - timedelta(minutes=5)
    made = put_out(hana, ines, begun(hana, at=at, proof="again"), at=at)
    settled(at)
    browser = signed_in(member, hours_ago=3 / 60)
    browser.get(read(made))
    Due.objects.update(opened_at=clock.now() - timedelta(minutes=1))
    assert "/again/" in browser.post(read(made), form(made))["Location"]
