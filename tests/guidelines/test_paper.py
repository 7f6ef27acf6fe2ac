"""A signature on paper: the text to sign, what stands on the paper, a second look, and a receipt that claims no more
than was seen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Organisation
from accounts.queries import forget_kept
from core import audit, clock
from guidelines import actions, evidence, queries
from guidelines.models import Due, Receipt
from tests.factories import MemberFactory, TeamFactory
from tests.guidelines.conftest import begun, put_out, settled
from tests.guidelines.test_following import of, people
from tests.guidelines.test_translating import translated
from tests.guidelines.test_views import signed_in

pytestmark = pytest.mark.django_db
AT = clock.now()
DAY = timedelta(days=1)


@pytest.fixture
def olaf():
    return MemberFactory(name="Olaf Böhmer", team=TeamFactory(name="Paint shop"))


@pytest.fixture
def published(hana, ines, olaf):
    made = put_out(hana, ines, begun(hana, at=AT - 3 * DAY), at=AT - 3 * DAY)
    settled(AT - 3 * DAY)
    return made


@pytest.fixture
def due(published, olaf):
    return queries.owed(olaf).get()


def record(hana, due, **more):
    said = {"typed_name": "Olaf Boehmer", "day": (AT - DAY).date(), "at": AT} | more
    return actions.record_signature(actor=hana, due=due, **said)


def page(due) -> str:
    return reverse("guidelines:paper", args=[due.pk])


def filled(**more) -> dict[str, str]:
    return {"typed_name": "Olaf Boehmer", "day": clock.now().date().isoformat(), "do": "look"} | more


def test_the_receipt_holds_the_day_on_the_paper_and_who_recorded_it_when(hana, due):
    receipt = record(hana, due)
    assert (receipt.proof, receipt.signed_on, receipt.by, receipt.at) == ("paper", (AT - DAY).date(), hana, AT)
    audit.seal()
    assert list(evidence.faults()) == []
    Receipt.objects.filter(pk=receipt.pk).update(signed_on=AT.date())
    assert list(evidence.faults()) == [f"receipt:{receipt.pk} was changed"], "the day is under the digest"


@pytest.mark.parametrize("name", ["Donald Duck", "Olaf", "O. B.", ""])
def test_another_name_is_not_recorded_unless_somebody_has_checked_the_paper(hana, due, name):
    with pytest.raises(actions.NotReady):
        record(hana, due, typed_name=name)
    assert not Receipt.objects.exists()
    if name:
        assert record(hana, due, typed_name=name, checked=True).personal.typed_name == name


def test_no_day_to_come_and_none_before_the_version_was_out(hana, due):
    for day, word in ((AT + DAY, "still to come"), (AT - 4 * DAY, "cannot be older")):
        with pytest.raises(actions.NotReady, match=word):
            record(hana, due, day=day.date())
    assert record(hana, due, day=(AT - 3 * DAY).date())


def test_today_is_the_firms_today(hana, due, organisation_in):
    organisation_in("Pacific/Auckland")
    late = AT.replace(hour=20)  # the next morning there
    assert record(hana, due, day=(AT + DAY).date(), at=late)


@pytest.fixture
def organisation_in():
    def put(zone: str) -> None:
        Organisation.objects.create(name="Firm", time_zone=zone, set_up_at=AT)
        forget_kept()

    yield put
    forget_kept()


def test_it_is_looked_over_before_it_is_recorded(hana, due):
    browser = signed_in(hana)
    answer = browser.post(page(due), filled())
    body = answer.content.decode()
    assert answer.status_code == 200 and "Record this signature?" in body and "cannot be changed or taken back" in body
    assert "Paint shop" in body and not Receipt.objects.exists(), "nothing yet"
    back = browser.post(page(due), filled(do="change"))
    assert back.status_code == 200 and 'value="Olaf Boehmer"' in back.content.decode()
    done = browser.post(page(due), filled(do="record"), follow=True)
    body = done.content.decode()
    assert "The signature of Olaf Böhmer is recorded." in body and "On paper; recorded by Hana on" in body
    assert "Shown in" not in body and "Language of the sheet" in body and "Name on the paper" in body
    assert reverse("guidelines:owing", args=[due.guideline_id]) in body, "back to the list"
    assert browser.post(page(due), filled(do="record")).status_code == 302 and Receipt.objects.count() == 1


def test_a_name_spelled_otherwise_is_asked_about_on_the_page(hana, due):
    browser = signed_in(hana)
    answer = browser.post(page(due), filled(typed_name="Olle Boomer"))
    body = answer.content.decode()
    assert answer.status_code == 422 and "This is not how Olaf Böhmer is written here" in body
    assert "it is the signature of Olaf Böhmer" in body and 'value="Olle Boomer"' in body
    assert "it is the signature of" not in browser.get(page(due)).content.decode()
    assert browser.post(page(due), filled(typed_name="Olle Boomer", do="record")).status_code == 422
    done = browser.post(page(due), filled(typed_name="Olle Boomer", checked="on", do="record"))
    assert done.status_code == 302 and Receipt.objects.get().personal.typed_name == "Olle Boomer"


@pytest.mark.parametrize(
    "more", [{"typed_name": " "}, {"day": ""}, {"day": "soon"}, {"day": "2999-01-01"}, {"language": "xx"}]
)
def test_bad_input_is_refused_and_kept(hana, due, more):
    assert signed_in(hana).post(page(due), filled(**more)).status_code == 422
    assert signed_in(hana).post(page(due), filled(**more, do="record")).status_code == 422
    assert not Receipt.objects.exists()


def test_only_hr_and_nobody_for_themselves(hana, olaf, due):
    for other in (olaf, MemberFactory(roles=["administrator"]), MemberFactory(roles=["council"])):
        assert signed_in(other).post(page(due), filled(do="record")).status_code == 403
    own = Due.objects.get(member=hana)
    assert signed_in(hana).post(page(own), filled(typed_name="Hana", do="record")).status_code == 422
    assert not Receipt.objects.exists()


def test_the_text_to_sign_has_lines_for_name_day_and_signature(hana, published):
    body = signed_in(hana).get(of(published.guideline, "sheet")).content.decode()
    for words in ("Ask before you show a customer.", "Name, in capital letters", "Signature", published.fingerprint):
        assert words in body
    assert signed_in(MemberFactory()).get(of(published.guideline, "sheet")).status_code == 403


def test_the_sheet_and_its_language_where_there_are_several(hana, ines, olaf):
    version = translated(hana, begun(hana, name="In two languages", at=AT - DAY))
    made = put_out(hana, ines, version, at=AT - DAY)
    settled(AT - DAY)
    browser, due = signed_in(hana), Due.objects.get(member=olaf, publication=made)
    german = browser.get(of(made.guideline, "sheet") + "?language=de").content.decode()
    assert made.content["de"]["title"] in german
    assert "The language of the sheet" in browser.get(page(due)).content.decode()
    assert browser.post(page(due), filled(language="de", do="record")).status_code == 302
    assert Receipt.objects.get(member=olaf).language == "de"
    assert signed_in(hana).get(of(made.guideline, "sheet") + "?language=xx").status_code == 200


def test_the_list_goes_by_name_and_is_searched(hana, published):
    for name in ("Zoë Adler", "Ägir Berg", "Agnes Clark"):
        MemberFactory(name=name)
    settled()
    browser, address = signed_in(hana), of(published.guideline, "owing") + "?which=due"
    names = [due.member.name for due, _reason in browser.get(address).context["rows"]]
    assert names == ["Ägir Berg", "Agnes Clark", "Hana", "Ines", "Olaf Böhmer", "Zoë Adler"]
    found = browser.get(address + "&q=clark")
    assert [due.member.name for due, _reason in found.context["rows"]] == ["Agnes Clark"]
    assert "which=away&amp;q=clark" in found.content.decode(), "the search goes along"
    assert "Nobody found" in browser.get(address + "&q=zeppelin").content.decode()


def test_a_long_list_by_name_has_a_next_page_and_costs_the_same(hana, published, django_assert_max_num_queries):
    people(60)
    settled()
    browser, address = signed_in(hana), of(published.guideline, "owing") + "?which=due"
    browser.get(address)
    with django_assert_max_num_queries(10):
        body = browser.get(address).content.decode()
    assert "Next" in body and "Older" not in body
    assert "Previous" in browser.get(address + "&page=2").content.decode()
