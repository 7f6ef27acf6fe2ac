"""The table of what is said, and setting it: readable by curators and HR, changed by administrators."""

import pytest
from django.urls import reverse

from accounts.models import Organisation
from accounts.queries import forget_kept
from content import actions, queries
from content.actions.errors import EditedMeanwhile, NotAllowed, NotReady
from content.models import Campaign, DisclosureRule
from core import clock
from core.models import AuditEntry
from tests.content.conftest import signed_in
from tests.factories import MemberFactory, StoryFactory

pytestmark = pytest.mark.django_db
TABLE, NEW = reverse("content:disclosures"), reverse("content:new_disclosure")
WORDINGS = "Anzeige · Ich arbeite bei {organisation}.\nWerbung von {organisation}."
GERMAN = {"country": "DE", "wordings": WORDINGS, "stands": "before"}


@pytest.fixture(autouse=True)
def firm():
    Organisation.objects.create(name="Brackenby", languages=["en", "de"], country="GB")
    forget_kept()


@pytest.fixture
def boss():
    return signed_in(MemberFactory(roles=["administrator"], country="GB"))


def rule(**fields):
    return DisclosureRule.objects.create(**{"country": "GB", "wordings": ["I work at {organisation}."]} | fields)


def table(browser, query=""):
    return browser.get(TABLE + query).content.decode()


def test_every_combination_that_occurs_has_a_row(boss):
    MemberFactory(country="DE")
    rule(connector="x", wordings=["My work: {organisation}."], before=False)
    page = table(boss)
    for words in (
        "Anzeige · Ich arbeite bei Brackenby.",
        "Anzeige (ad) · I work at Brackenby.",
        "Germany",
        "Our usual",
    ):
        assert words in page
    rows, unused = queries.disclosure_table(None, {"en": "English", "de": "Deutsch"})
    found = {(row.country, row.language) for row in rows}
    assert found == {(country, spoken) for country in ("GB", "DE") for spoken in ("en", "de")}
    (short,) = [row for row in rows if row.language == "en" and row.places == ["X"]]
    assert (short.line.text, short.line.before, short.length) == ("My work: Brackenby.", False, 19)
    assert not unused


def test_a_row_says_what_a_post_of_that_place_will_say():
    """The table and the plan ask the same."""
    rule()
    rule(language="de", wordings=["Ich arbeite bei {organisation}."])
    rule(connector="x", wordings=["Brackenby!"])
    rows, _unused = queries.disclosure_table(None, {"en": "English", "de": "Deutsch"})
    seen = 0
    for row in rows:
        for key, name in queries.places().items():
            if name in row.places or (not row.places and (not row.others or name != "X")):
                said = queries.disclosure(row.country, language=row.language, connector=key).text
                assert said == row.line.text
                seen += 1
    assert seen == 2 * len(queries.places())


def test_a_campaign_with_prizes_shows_what_it_adds(boss):
    today = clock.now()
    raffle = Campaign.objects.create(name="Raffle", starts_on=today.date(), ends_on=today.date(), has_prizes=True,
        state="open", state_at=today)  # fmt: skip
    assert "Contest" not in table(boss) and "Contest: sharing this" in table(boss, f"?campaign={raffle.pk}")
    assert "Contest" not in table(boss, "?campaign=9999") and "Contest" not in table(boss, "?campaign=x")


def test_rules_for_nobody_here_can_still_be_found(boss):
    found = rule(country="FR")
    assert reverse("content:disclosure", args=[found.pk]) in table(boss)


def test_the_table_costs_the_same_whatever_there_is(boss, django_assert_max_num_queries):
    table(boss)
    forget_kept()
    with django_assert_max_num_queries(20) as few:
        table(boss)
    for country in ("DE", "FR", "NL"):
        rule(country=country), MemberFactory(country=country)
    StoryFactory(language="fr")
    forget_kept()
    with django_assert_max_num_queries(len(few)):
        table(boss)


@pytest.mark.parametrize(("role", "reads"), [("curator", 200), ("hr", 200), ("council", 403), (None, 403)])
def test_curators_and_hr_read_and_change_nothing(role, reads):
    browser, kept = signed_in(MemberFactory(roles=[role] if role else [])), rule()
    assert browser.get(TABLE).status_code == reads
    edit, remove = (reverse(f"content:{name}", args=[kept.pk]) for name in ("disclosure", "remove_disclosure"))
    for address in (NEW, edit, remove):
        assert browser.post(address, GERMAN).status_code == 403
    if reads == 200:
        assert NEW not in table(browser)
    with pytest.raises(NotAllowed):
        words = actions.DisclosureWords(["I work here."])
        actions.make_disclosure(actor=MemberFactory(roles=["curator"]), words=words, at=clock.now())
    assert DisclosureRule.objects.get() == kept


def test_a_wording_is_set_and_holds_at_once(boss):
    assert boss.post(NEW, GERMAN).status_code == 302
    line = queries.disclosure("DE", language="de")
    assert line.wordings == ("Anzeige · Ich arbeite bei Brackenby.", "Werbung von Brackenby.")
    assert AuditEntry.objects.get(kind="disclosure_made").data["wordings"][1] == "Werbung von {organisation}."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wordings": "#ee"}, "alone does not tell"),
        ({"wordings": "Werbung\n#Partner #spon"}, "alone does not tell"),
        ({"wordings": "Ich arbeite bei {organisation}."}, "very beginning"),
        ({"stands": "after"}, "very beginning"),
        ({"wordings": "  \n"}, "Please write one wording"),
        ({"wordings": "Werbung " + "a" * 170}, "too long by 18"),
        ({"wordings": "Werbung {name}"}, "Only {organisation}"),
        ({"decided_by": "Dr. Amsel"}, "all three"),
        ({"country": "XX"}, "Select a valid choice"),
    ],
)
def test_what_would_not_do_is_refused_and_stays_on_the_page(boss, change, sentence):
    answer = boss.post(NEW, GERMAN | change)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and not DisclosureRule.objects.exists()
    typed = str(change.get("wordings", WORDINGS)).strip()
    assert typed in page


def test_a_first_person_wording_is_taken_with_the_decision_behind_it(boss):
    decided = {"decided_by": "Dr. Amsel, Legal", "decided_on": "2026-11-02", "decided_why": "Opinion of 2 November."}
    assert boss.post(NEW, GERMAN | decided | {"wordings": "Ich arbeite bei {organisation}."}).status_code == 302
    MemberFactory(country="DE")
    assert queries.disclosure("DE", language="de").text == "Ich arbeite bei Brackenby."
    assert "decided by Dr. Amsel, Legal" in table(boss)


def test_the_same_combination_twice_is_refused(boss):
    rule(country="DE", wordings=["Werbung."])
    assert "already" in boss.post(NEW, GERMAN).content.decode() and DisclosureRule.objects.count() == 1


def test_two_who_change_one_rule_notice_each_other(boss):
    kept, page = rule(), None
    page = reverse("content:disclosure", args=[kept.pk])
    sent = {"country": "GB", "wordings": "I work here.", "stands": "before", "version": 1}
    assert boss.post(page, sent).status_code == 302
    late = boss.post(page, sent | {"wordings": "We work here."})
    assert late.status_code == 422 and "Somebody else changed" in late.content.decode()
    kept.refresh_from_db()
    assert (kept.wordings, kept.version) == (["I work here."], 2)
    with pytest.raises(EditedMeanwhile):
        words = actions.DisclosureWords(["Hello, I work here."], "GB")
        actions.edit_disclosure(
            actor=MemberFactory(roles=["administrator"]), rule=kept, words=words, version=1, at=clock.now()
        )


def test_a_rule_removed_leaves_the_next_one(boss):
    kept = rule(wordings=["I am one of them."])
    assert boss.post(reverse("content:remove_disclosure", args=[kept.pk])).status_code == 302
    assert queries.disclosure("GB", language="en").text == "I work at Brackenby."
    assert AuditEntry.objects.get(kind="disclosure_removed").data["wordings"] == ["I am one of them."]


def test_nothing_is_made_of_no_wordings():
    with pytest.raises(NotReady):
        words = actions.DisclosureWords([])
        actions.make_disclosure(actor=MemberFactory(roles=["administrator"]), words=words, at=clock.now())
