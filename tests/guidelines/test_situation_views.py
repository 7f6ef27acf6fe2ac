"""The pages of situations: a member goes through them with and without a script, HR chooses and writes them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from guidelines import actions, bank, queries
from guidelines.models import Due, Publication, Receipt, Tally, Version
from tests.factories import MemberFactory
from tests.guidelines.conftest import begun, next_one, put_out, settled
from tests.guidelines.test_situations import chosen, own
from tests.guidelines.test_views import form, read, signed_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def member():
    return MemberFactory(name="Mina Okafor")


@pytest.fixture
def published(hana, ines, member):
    at = clock.now() - timedelta(minutes=5)
    made = put_out(hana, ines, chosen(begun(hana, at=at), hana, at=at), at=at)
    settled(at)
    return made


def due_of(member) -> Due:
    return queries.owed(member).get()


def choose(browser: Client, published, member, *, good=True, **more):
    now = queries.steps_of(due_of(member)).now
    said = {"do": "choose", "situation": now.key, "choice": now.good.index(good)}
    return now, browser.post(read(published), said, **more)


def opened(member, published) -> Client:
    browser = signed_in(member)
    browser.get(read(published))
    Due.objects.update(opened_at=clock.now() - timedelta(minutes=2))
    return browser


def test_one_after_another_then_the_signature_by_plain_forms(published, member):
    browser = opened(member, published)
    for left in ("3 situations left", "2 situations left", "1 situation left"):
        page = browser.get(read(published)).content.decode()
        assert left in page and "Sign with your name" not in page
        now, answer = choose(browser, published, member)
        said = now.told("en")[0]
        page = answer.content.decode()
        assert answer.status_code == 200 and "What helps" in page and 'role="status"' in page
        assert all(one.why.split(".")[0] in plain(page) for one in said.answers)
    assert "Sign with your name" in page
    browser.post(read(published), form(published))
    receipt = Receipt.objects.get(kind="signed")
    assert receipt.situations == "gone"
    page = browser.get(reverse("guidelines:receipt", args=[receipt.pk])).content.decode()
    assert "Gone through" in page


def plain(page: str) -> str:
    return page.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")


def test_before_an_answer_neither_explanations_nor_shares_are_in_the_page(published, member):
    Tally.objects.update(count=20, shown=20)
    browser = opened(member, published)
    page = plain(browser.get(read(published)).content.decode())
    for one in queries.asked_from(published):
        assert not any(answer.why in page for answer in one.told("en")[0].answers)
    assert "colleagues answered" not in page and "situation-share" not in page
    now, answer = choose(browser, published, member)
    people = 20 * len(now.good)
    assert f"How {people} colleagues answered" in answer.content.decode()
    page = plain(browser.get(read(published)).content.decode())
    still = {one.key for one in queries.asked_from(published)} - {now.key}
    asked = {one.key: one for one in queries.asked_from(published)}
    assert not any(answer.why in page for key in still for answer in asked[key].told("en")[0].answers)


def test_of_few_who_answered_the_page_says_only_that(published, member):
    _now, answer = choose(opened(member, published), published, member)
    assert "Few colleagues have answered yet" in answer.content.decode()
    assert "situation-share" not in answer.content.decode()


def test_a_script_gets_the_part_alone_and_at_the_end_the_signature_with_it(published, member):
    browser = opened(member, published)
    for number in (1, 2, 3):
        _now, answer = choose(browser, published, member, headers=HTMX)
        page = answer.content.decode()
        assert "<html" not in page and 'id="situations"' in page
        assert ('id="signing" hx-swap-oob="true"' in page) == (number == 3)
        assert ('id="situations-left" hx-swap-oob="true"' in page) == (number < 3)


def test_without_an_answer_the_page_asks_for_one(published, member):
    browser = opened(member, published)
    key = queries.steps_of(due_of(member)).now.key
    for choice in ({}, {"choice": ""}, {"choice": "x"}, {"choice": "²"}, {"choice": "-1"}, {"choice": "999"}):
        answer = browser.post(read(published), {"do": "choose", "situation": key, **choice})
        assert answer.status_code == 422 and "Please choose one of the answers." in answer.content.decode()
    assert due_of(member).answered == 0


def test_a_signature_posted_past_the_situations_is_refused(published, member):
    browser = opened(member, published)
    answer = browser.post(read(published), form(published), follow=True)
    assert "Please go through the situations first" in answer.content.decode()
    assert not Receipt.objects.filter(kind="signed").exists()


def test_who_misjudges_where_passing_is_asked_reads_no_blame(hana, ines, member):
    at = clock.now() - timedelta(minutes=5)
    made = put_out(hana, ines, chosen(begun(hana, at=at), hana, must_pass=True, at=at), at=at)
    settled(at)
    browser = opened(member, made)
    page = choose(browser, made, member, good=False)[1].content.decode()
    assert "Try another one" in page and "0 of 3 answered well" in page and "Here is another way to see it" in page
    page = choose(browser, made, member)[1].content.decode()
    assert "1 of 3 answered well" in page and "Next situation" in page


def test_somebody_it_is_not_for_answers_nothing(published):
    stranger = MemberFactory()
    Due.objects.filter(member=stranger).delete()
    answer = signed_in(stranger).post(read(published), {"do": "choose", "situation": "leak", "choice": "0"})
    assert answer.status_code in (200, 404) and not Tally.objects.filter(count__gt=0).exists()


def test_the_list_says_how_long_all_of_it_takes(hana, ines, member, published):
    page = signed_in(member).get(reverse("guidelines:mine")).content.decode()
    assert round(queries.seconds([published], "en")[published.pk] / 60) == 1
    assert "All of it takes about 1 minute: reading, a few situations" in page


def test_the_page_asks_as_many_questions_however_many_situations_there_are(hana, ines, member, published):
    browser = opened(member, published)
    with CaptureQueriesContext(connection) as few:
        browser.get(read(published))
    choose(browser, published, member)
    choose(browser, published, member)
    with CaptureQueriesContext(connection) as more:
        browser.get(read(published))
    assert len(more) <= len(few) + 1


# HR


def address(version) -> str:
    return reverse("guidelines:situations", args=[version.pk])


def typed(**more) -> dict[str, object]:
    said = {
        "edition": 1, "asks": 2, "must_pass": "", "ours": ["leak", "party"],
        "own_key": [""], "own_section": ["customers"],
        "own_title": ["The van"], "own_scene": ["You park it."], "own_helps": ["Ask."],
        "own_text": ["Here", "There", "", ""], "own_why": ["Why", "Because", "", ""], "own_good": ["1-2"],
    }  # fmt: skip
    return said | more


def test_hr_chooses_ours_and_writes_one_and_a_colleague_reads_them_before_publishing(hana, ines):
    version = begun(hana, at=clock.now())
    browser = signed_in(hana)
    page = browser.get(address(version)).content.decode()
    assert "Everybody is talking about it already" in page and "None is on yet" in page
    assert browser.post(address(version), typed()).status_code == 302
    version.refresh_from_db()
    assert (version.asks, version.ours, version.edition) == (2, ["leak", "party"], 2)
    one = bank.read(version.own[0])
    assert one.key.startswith("hr-") and one.good == (False, True) and one.sections == ("customers",)
    page = browser.get(address(version)).content.decode()
    assert 'value="The van"' in page and f'value="{one.key}"' in page
    actions.submit_version(actor=hana, version=version, at=clock.now())
    page = signed_in(ines).get(reverse("guidelines:version", args=[version.pk])).content.decode()
    assert "You park it." in page and "Situations: 2 of 3" in page


@pytest.mark.parametrize(
    "bad", [{"asks": "6"}, {"asks": "x"}, {"must_pass": "perhaps"}, {"own_scene": ["x" * 2000]}, {"edition": "x"}]
)
def test_bad_input_keeps_what_was_typed(hana, bad):
    version = begun(hana, at=clock.now())
    answer = signed_in(hana).post(address(version), typed(**bad))
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="The van"' in page and 'value="Because"' in page
    version.refresh_from_db()
    assert version.own == [] and version.edition == 1


def test_lists_that_do_not_fit_each_other_change_nothing_wrongly(hana):
    version = begun(hana, at=clock.now())
    odd = {
        "own_section": ["nowhere"],
        "own_text": ["Only one"],
        "own_why": [],
        "own_good": ["9-9", "x"],
        "ours": ["zzz"],
    }
    assert signed_in(hana).post(address(version), typed(**odd)).status_code == 302
    version.refresh_from_db()
    one = bank.read(version.own[0])
    assert version.ours == [] and one.sections == () and one.good == ()


def test_what_a_colleague_saved_meanwhile_is_shown_beside_what_was_typed(hana, ines):
    version = chosen(begun(hana, at=clock.now()), hana, own=[own(scene="You park the van.")])
    mine = typed(edition=version.edition, own_key=["hr-1"], own_scene=["You park the lorry."])
    chosen(Version.objects.get(pk=version.pk), ines, own=[own(scene="You park the bus.")])
    answer = signed_in(hana).post(address(version), mine)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Below is how yours differs" in page
    assert "You park the lorry." in page and "How yours differs from what is saved" in page and "bus" in page
    actions.submit_version(actor=hana, version=Version.objects.get(pk=version.pk), at=clock.now())
    answer = signed_in(hana).post(address(version), mine)
    assert answer.status_code == 422 and "sent this version on" in answer.content.decode()
    assert "You park the lorry." in answer.content.decode()
    assert signed_in(hana).get(address(version)).status_code == 302


def test_a_page_opened_in_german_says_that_ours_are_english(hana):
    version = begun(hana, at=clock.now())
    hana.language = "de"
    hana.save()
    assert 'lang="en">Everybody is talking' in signed_in(hana).get(address(version)).content.decode()


def test_members_do_not_see_hrs_page(hana):
    version = begun(hana, at=clock.now())
    browser = signed_in(MemberFactory())
    assert (
        browser.get(address(version)).status_code == 403 and browser.post(address(version), typed()).status_code == 403
    )
    assert signed_in(hana).get(reverse("guidelines:situations", args=[999_999])).status_code == 404


def test_hr_reads_where_people_hesitate_beside_the_figure(hana, published):
    page = reverse("guidelines:coverage", args=[published.guideline_id])
    assert "After midnight" not in signed_in(hana).get(page).content.decode()
    Tally.objects.filter(situation="party").update(count=5, shown=5)
    text = signed_in(hana).get(page).content.decode()
    assert "Where people hesitate" in text and "After midnight" in text and "33 %, 5 of 15" in text


def test_a_guideline_begun_from_a_starter_has_its_situations_on(hana):
    signed_in(hana).post(reverse("guidelines:begin"), {"name": "Care", "starter": "care", "helper": hana.name})
    version = Version.objects.get()
    assert version.ours == bank.keys_for("care") and version.asks == 1


def test_a_change_of_wording_begins_a_count_of_its_own(hana, ines, published):
    Tally.objects.update(count=20, shown=20)
    later = next_one(hana, ines, published.guideline, at=clock.now(), change="editorial")
    assert not queries.shares(later, ["leak"]) and Publication.objects.count() == 2


def test_some_situations_lead_to_the_practice_town(hana, ines, member):
    at = clock.now() - timedelta(minutes=5)
    made = put_out(hana, ines, chosen(begun(hana, at=at), hana, asks=1, ours=["forum"], at=at), at=at)
    settled(at)
    browser = opened(member, made)
    assert reverse("guidelines:rehearse", args=["forum"]) not in browser.get(read(made)).content.decode()
    page = choose(browser, made, member)[1].content.decode()
    assert reverse("guidelines:rehearse", args=["forum"]) in page


def test_a_script_is_told_what_is_refused_without_losing_the_situation(published, member):
    browser = opened(member, published)
    key = queries.steps_of(due_of(member)).now.key
    answer = browser.post(read(published), {"do": "choose", "situation": key}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Please choose one of the answers." in page and "I would do this" in page


def test_what_was_published_is_shown_even_when_the_bank_says_otherwise_now(hana, published, monkeypatch):
    monkeypatch.setattr(bank, "ours", dict)
    page = signed_in(hana).get(reverse("guidelines:version", args=[published.version_id])).content.decode()
    assert "After midnight" in page
