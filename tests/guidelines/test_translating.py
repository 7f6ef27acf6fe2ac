"""A translation keeps to its original, shows what changed in it, and nothing half translated is published."""

import pytest
from django.urls import reverse

from core.refusals import EditedMeanwhile, MovedOn, NotAllowed, NotReady
from guidelines import actions, texts
from guidelines.models import Guideline, Version
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, begun, put_out, words
from tests.guidelines.test_views import signed_in

pytestmark = pytest.mark.django_db
SECTION = {"section_key": ["customers"], "section_kind": ["rule"]}


def german(body: str = "Fragen Sie vorher.", key: str = "customers") -> texts.Text:
    section = texts.Section(key, texts.RULE, "Kundschaft", body)
    return texts.Text("Über die Firma sprechen", "Was Sie dürfen.", (section,))


def translated(hana, version, **more) -> Version:
    said = {"language": "de", "text": german(), "what_changed": "", "edition": version.edition} | more
    return actions.translate_version(actor=hana, version=version, at=AT, **said)


def page_of(version) -> str:
    return reverse("guidelines:translate", args=[version.pk, "de"])


def test_whoever_reads_german_reads_german(hana, ines):
    version = translated(hana, begun(hana))
    published = put_out(hana, ines, version)
    text, language = texts.text_of(published.content, "de", "en")
    assert (text.title, language) == ("Über die Firma sprechen", "de")


def test_the_original_decides_which_sections_there_are(hana):
    version = translated(hana, begun(hana), text=german(key="elsewhere"))
    sections = version.content["de"]["sections"]
    assert [(one["key"], one["kind"], one["body"]) for one in sections] == [("customers", "rule", "")]


def test_nothing_half_translated_goes_to_review(hana):
    version = translated(hana, begun(hana), text=german(body=""))
    with pytest.raises(NotReady, match="lacks: Customers"):
        actions.submit_version(actor=hana, version=version, at=AT)
    version = actions.remove_translation(actor=hana, version=version, edition=version.edition, language="de", at=AT)
    assert actions.submit_version(actor=hana, version=version, at=AT).state == "in_review"


def test_what_changed_in_the_original_is_marked_also_in_the_next_version(hana, ines):
    version = translated(hana, begun(hana))
    put_out(hana, ines, version)
    following = actions.begin_version(actor=hana, guideline=version.guideline, at=AT)
    browser = signed_in(hana)
    assert "<ins>" not in browser.get(page_of(following)).content.decode()
    kept = {"de": texts.read(following.content["de"])}
    changed = words("Always ask before you show a customer.")
    both = actions.VersionWords(texts={**changed.texts, **kept}, what_changed=changed.what_changed)
    following = actions.edit_version(actor=hana, version=following, edition=1, words=both, at=AT)
    page = browser.get(page_of(following)).content.decode()
    assert "<ins>" in page and "Always" in page
    desk = browser.get(f"/guidelines/desk/{following.pk}/").content.decode()
    assert "the original changed since: Customers" in desk and "It still fits" in desk
    following = translated(hana, following)
    assert "<ins>" not in browser.get(page_of(following)).content.decode()


def test_two_who_write_at_once_notice_each_other_and_lose_nothing(hana, ines):
    version = begun(hana)
    translated(hana, version)
    with pytest.raises(EditedMeanwhile):
        translated(ines, version, edition=1)
    form = {
        "edition": 1,
        "title": "Meine Worte",
        **SECTION,
        "section_title": ["Kundschaft"],
        "section_body": ["Bitte."],
    }
    answer = signed_in(ines).post(page_of(version), form)
    assert (
        answer.status_code == 422 and "Meine Worte" in answer.content.decode() and "Bitte." in answer.content.decode()
    )


def test_what_went_to_review_is_translated_no_more(hana):
    version = translated(hana, begun(hana))
    actions.submit_version(actor=hana, version=version, at=AT)
    with pytest.raises(MovedOn):
        translated(hana, version)


@pytest.mark.parametrize("language", ["en", "", "../x", "de/../en"])
def test_a_language_that_is_none_is_refused(hana, language):
    with pytest.raises(NotReady):
        translated(hana, begun(hana), language=language)


def test_it_is_hrs(hana):
    version = begun(hana)
    with pytest.raises(NotAllowed):
        translated(MemberFactory(roles=["curator"]), version)
    assert signed_in(MemberFactory()).get(page_of(version)).status_code == 403
    assert signed_in(hana).get(reverse("guidelines:translate", args=[version.pk, "xx"])).status_code == 404


def test_an_edit_of_the_original_keeps_the_translation(hana):
    version = translated(hana, begun(hana))
    form = {
        "edition": version.edition, "title": "Speaking online", "summary": "In short.", "sign_within": 14,
        "least_seconds": 20, "proof": "name", **SECTION, "section_title": ["Customers"], "section_body": ["Ask."],
    }  # fmt: skip
    assert signed_in(hana).post(f"/guidelines/desk/{version.pk}/", form).status_code == 302
    version.refresh_from_db()
    assert version.content["de"]["sections"][0]["body"] == "Fragen Sie vorher."


class TestThrowingAway:
    def test_a_first_draft_goes_with_its_guideline(self, hana):
        version = begun(hana)
        actions.discard_version(actor=hana, version=version, at=AT)
        assert not Guideline.objects.exists()

    def test_a_later_draft_goes_alone(self, hana, ines):
        published = put_out(hana, ines, begun(hana))
        following = actions.begin_version(actor=hana, guideline=published.guideline, at=AT)
        assert signed_in(hana).post(f"/guidelines/desk/{following.pk}/discard/").status_code == 302
        assert [one.number for one in Version.objects.all()] == [1]

    def test_what_is_no_draft_stays(self, hana, ines):
        published = put_out(hana, ines, begun(hana))
        with pytest.raises(MovedOn):
            actions.discard_version(actor=hana, version=published.version, at=AT)
        assert Version.objects.exists()


def test_any_two_versions_are_compared_word_by_word(hana, ines):
    published = put_out(hana, ines, begun(hana))
    following = actions.begin_version(actor=hana, guideline=published.guideline, at=AT)
    actions.edit_version(actor=hana, version=following, edition=1, words=words("Never show a customer."), at=AT)
    address = reverse("guidelines:compare", args=[published.guideline_id])
    page = signed_in(hana).get(address + "?from=1&to=2").content.decode()
    assert "Never" in page and 'class="visually-hidden">added:' in page and "taken out:" in page
    backwards = signed_in(hana).get(address + "?from=2&to=1").content.decode()
    assert "Never" in page.split("<ins>")[1].split("</ins>")[0]
    assert "Never" in backwards.split("<del>")[1].split("</del>")[0]
    for odd in ("?from=x&to=²", "?from=99", "?language=xx"):
        assert signed_in(hana).get(address + odd).status_code == 200


def test_the_editor_names_a_sentence_that_limits_speaking_about_pay(hana):
    version = begun(hana, body="Do not write about your salary.")
    page = signed_in(hana).get(f"/guidelines/desk/{version.pk}/").content.decode()
    assert "Do not write about your salary." in page.split("In many countries no employer may")[1]
    assert "No section says that nothing here limits" in page


def test_a_guideline_somebody_has_asked_about_stays(hana):
    version = begun(hana)
    about = actions.About(version.guideline, "customers")
    actions.ask_question(actor=MemberFactory(), helper=hana, words="May I?", about=about, at=AT)
    with pytest.raises(NotReady, match="so it stays"):
        actions.discard_version(actor=hana, version=version, at=AT)
    assert Version.objects.filter(pk=version.pk).exists()


def test_a_translation_that_a_colleague_saved_meanwhile_is_shown_beside_what_was_typed(hana, ines):
    version = begun(hana)
    translated(hana, version)
    form = {
        "edition": 1,
        "title": "Meine",
        **SECTION,
        "section_title": ["Kundschaft"],
        "section_body": ["Bitte fragen."],
    }
    page = signed_in(ines).post(page_of(version), form).content.decode()
    assert "How what you typed differs from what is saved" in page and "<del>" in page
