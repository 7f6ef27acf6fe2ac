"""A second person reads all that is published, hears that it waits, and its writer hears what became of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from guidelines import actions, queries, texts
from guidelines.models import Guideline, Version
from notifications.models import Notice
from tests.factories import AudienceFactory, MemberFactory, TeamFactory
from tests.guidelines.conftest import AT, a_text, begun, next_one, put_out, settled, words
from tests.guidelines.test_translating import german, translated
from tests.guidelines.test_views import sections, signed_in
from tests.guidelines.test_views import words as typed

pytestmark = pytest.mark.django_db


def page_of(version) -> str:
    return reverse("guidelines:version", args=[version.pk])


def lines(member) -> list[str]:
    return list(
        Notice.objects.filter(member=member, kind="guideline.review", read_at=None).values_list("text", flat=True)
    )


class TestWhatIsTranslated:
    @pytest.fixture
    def version(self, hana):
        return translated(hana, begun(hana))

    def changed(self, hana, version, text: texts.Text) -> Version:
        kept = {"de": texts.read(version.content["de"])}
        both = actions.VersionWords(texts={"en": text, **kept})
        return actions.edit_version(actor=hana, version=version, edition=version.edition, words=both, at=AT)

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            (a_text("Ask a parent, too."), "Customers"),
            (texts.Text("Another title", a_text().summary, a_text().sections), "Another title"),
            (texts.Text(a_text().title, "Another line.", a_text().sections), "Speaking about the firm online"),
        ],
        ids=["section", "title", "summary"],
    )
    def test_what_the_original_no_longer_says_does_not_go_to_review(self, hana, version, text, named):
        version = self.changed(hana, version, text)
        with pytest.raises(actions.NotReady, match=rf"changed after it was translated \(Deutsch\): {named}\."):
            actions.submit_version(actor=hana, version=version, at=AT)

    def test_whoever_wrote_it_says_that_it_still_fits(self, hana, version):
        version = self.changed(hana, version, a_text("Ask before you show any customer."))
        address = reverse("guidelines:translate", args=[version.pk, "de"])
        answer = signed_in(hana).post(address, {"do": "fits", "edition": version.edition}, follow=True)
        assert "still fits" in answer.content.decode()
        version.refresh_from_db()
        assert actions.submit_version(actor=hana, version=version, at=AT).state == "in_review"

    def test_saving_the_translation_anew_says_so_too(self, hana, version):
        version = translated(hana, self.changed(hana, version, a_text("Ask a parent.")), text=german("Fragen Sie."))
        assert actions.submit_version(actor=hana, version=version, at=AT).state == "in_review"

    def test_what_is_not_there_does_not_fit_and_members_confirm_nothing(self, hana, version):
        with pytest.raises(actions.NotReady, match="no translation"):
            actions.confirm_translation(actor=hana, version=version, edition=version.edition, language="fr", at=AT)
        with pytest.raises(actions.NotAllowed):
            actions.confirm_translation(
                actor=MemberFactory(), version=version, edition=version.edition, language="de", at=AT
            )
        with pytest.raises(actions.EditedMeanwhile):
            actions.confirm_translation(actor=hana, version=version, edition=1, language="de", at=AT)


class TestTheReviewPage:
    def test_it_shows_each_language_rendered_and_all_that_is_set(self, hana, ines):
        team = TeamFactory(name="Repair")
        audience = AudienceFactory(name="Workshop", team=[team.pk])
        version = begun(hana, body="- **Ask** first\n- Then show", audience=audience, least_seconds=45, sign_within=9)
        version = translated(hana, version, text=german("**Fragen** Sie."))
        actions.submit_version(actor=hana, version=version, at=AT)
        page = signed_in(ines).get(page_of(version)).content.decode()
        assert "<li><strong>Ask</strong> first</li>" in page and "**" not in page
        assert "Deutsch, beside the original" in page and "<strong>Fragen</strong> Sie." in page
        for said in ("Everyone in Repair", "Within 9 days", "At least 45 seconds", "The typed name", "Hana"):
            assert said in page
        put = actions.publish_version(actor=ines, version=version, edition=version.edition, at=AT)
        page = signed_in(ines).get(page_of(put.version)).content.decode()
        assert "<strong>Fragen</strong> Sie." in page and "Everyone in Repair" in page and "**" not in page

    def test_a_next_version_shows_what_is_said_of_it_and_its_whole_text(self, hana, ines):
        published = put_out(hana, ines, translated(hana, begun(hana)))
        version = actions.begin_version(actor=hana, guideline=published.guideline, at=AT)
        kept = {"de": texts.read(version.content["de"])}
        said = actions.VersionWords(
            texts={"en": a_text(), **kept}, what_changed={"en": "A comma less."}, change="editorial"
        )
        actions.edit_version(actor=hana, version=version, edition=1, words=said, at=AT)
        actions.submit_version(actor=hana, version=version, at=AT)
        page = signed_in(ines).get(page_of(version)).content.decode()
        assert "A comma less." in page and "not translated; the original is shown" in page
        assert "Nobody who signed the last version" in page
        whole = page.split("The whole text")[1]
        assert "Ask before you show a customer." in whole and "Word for word the same." in page

    def test_a_comparison_has_words_and_no_marks(self, hana, ines):
        published = put_out(hana, ines, begun(hana, body="- At a fair: **which firm**"))
        version = actions.begin_version(actor=hana, guideline=published.guideline, at=AT)
        changed = words("- At a fair: **which firm** and your name")
        actions.edit_version(actor=hana, version=version, edition=1, words=changed, at=AT)
        actions.submit_version(actor=hana, version=version, at=AT)
        page = signed_in(ines).get(page_of(version)).content.decode()
        assert "• At a fair: which firm" in page and "**" not in page and "and your name" in page

    def test_a_preview_is_hrs_and_in_each_language(self, hana):
        version = translated(hana, begun(hana))
        address = reverse("guidelines:preview", args=[version.pk])
        assert "Ask before you show a customer." in signed_in(hana).get(address).content.decode()
        assert "Fragen Sie vorher." in signed_in(hana).get(address + "?language=de").content.decode()
        assert signed_in(hana).get(address + "?language=xx").status_code == 200
        assert signed_in(MemberFactory()).get(address).status_code == 403


class TestWhoIsTold:
    def test_the_others_of_hr_hear_that_one_waits_and_nobody_else(self, hana, ines):
        gone = MemberFactory(roles=["hr"], is_active=False)
        member = MemberFactory()
        actions.submit_version(actor=hana, version=begun(hana), at=AT)
        assert lines(ines) == ["Hana asks you to read and publish “Speaking about the firm online”, version 1."]
        assert not lines(hana) and not lines(gone) and not lines(member)

    def test_whoever_looks_at_it_need_not_read_the_notice_and_none_is_left_once_it_is_out(self, hana, ines):
        olga = MemberFactory(roles=["hr"])
        version = begun(hana)
        actions.submit_version(actor=hana, version=version, at=AT)
        signed_in(ines).get(page_of(version))
        assert not Notice.objects.filter(member=ines, read_at=None).exists()
        assert Notice.objects.filter(member=olga, read_at=None).exists()
        actions.publish_version(actor=ines, version=version, edition=version.edition, at=AT)
        assert not lines(ines) and not lines(olga)

    def test_its_writer_hears_who_sent_it_back_and_why(self, hana, ines):
        version = begun(hana)
        actions.submit_version(actor=hana, version=version, at=AT)
        actions.send_back_version(actor=ines, version=version, reason="Name the\nbakery.", at=AT)
        assert lines(hana) == ["Ines sent “Speaking about the firm online” back: Name the bakery."]
        assert not lines(ines), "what waited waits no more"
        page = signed_in(hana).get(page_of(version)).content.decode()
        assert "Ines sent it back on" in page and "Name the bakery." in page
        assert not Notice.objects.filter(member=hana, read_at=None).exists(), "it says so itself"
        actions.submit_version(actor=hana, version=version, at=AT)
        version.refresh_from_db()
        assert (version.sent_back_reason, version.sent_back_by) == ("", None) and not lines(hana)

    @pytest.mark.parametrize("reason", ["", "  \n "])
    def test_nothing_goes_back_without_a_reason(self, hana, ines, reason):
        version = begun(hana)
        actions.submit_version(actor=hana, version=version, at=AT)
        with pytest.raises(actions.NotReady, match="what should be different"):
            actions.send_back_version(actor=ines, version=version, reason=reason, at=AT)
        assert Version.objects.get().state == "in_review" and not lines(hana)

    def test_its_writer_hears_that_it_is_out_and_a_writer_who_is_all_of_hr_does_not(self, hana, ines):
        put_out(hana, ines, begun(hana))
        assert lines(hana) == ["Ines published “Speaking about the firm online”, version 1."] and not lines(ines)
        ines.is_active = False
        ines.save()
        version = begun(hana, name="Another")
        actions.submit_version(actor=hana, version=version, at=AT)
        actions.publish_version(actor=hana, version=version, edition=version.edition, at=AT)
        assert len(lines(hana)) == 1


class TestOneName:
    def test_what_hr_calls_it_is_its_title(self, hana):
        assert begun(hana, name="Speaking at fairs").content["en"]["title"] == "Speaking at fairs"

    def test_a_new_title_renames_a_draft_at_once_and_what_is_out_when_it_is_published(self, hana, ines):
        version = begun(hana, name="Speaking at fairs")
        other = {"en": texts.Text("Fairs", "S", a_text().sections)}
        actions.edit_version(actor=hana, version=version, edition=1, words=words(texts=other), at=AT)
        assert Guideline.objects.get().name == "Fairs"
        published = put_out(hana, ines, version)
        third = {"en": texts.Text("Fairs and markets", "S", a_text().sections)}
        following = actions.begin_version(actor=hana, guideline=published.guideline, at=AT)
        actions.edit_version(actor=hana, version=following, edition=1, words=words(texts=third), at=AT)
        assert Guideline.objects.get().name == "Fairs", "members still read the old one"
        put_out(hana, ines, following)
        assert Guideline.objects.get().name == "Fairs and markets"

    def test_two_guidelines_do_not_share_a_title(self, hana):
        begun(hana, name="Fairs")
        other = begun(hana, name="Markets")
        same = {"en": texts.Text("Fairs", "S", a_text().sections)}
        with pytest.raises(actions.NotReady, match="of that name already"):
            actions.edit_version(actor=hana, version=other, edition=1, words=words(texts=same), at=AT)
        other.refresh_from_db()
        assert other.content["en"]["title"] == "Markets" and other.edition == 1


class TestArranging:
    def two(self, **more):
        several = {
            "key": ["a", "b"],
            "kind": ["rule", "support"],
            "title": ["First", "Second"],
            "body": ["One.", "Two."],
        }
        return typed(**{f"section_{name}": values for name, values in several.items()}, **more)

    def titles(self, page: str) -> list[str]:
        return [part.split('"')[0] for part in page.split('name="section_title" maxlength="120" value="')[1:]]

    @pytest.mark.parametrize(
        ("do", "order"),
        [
            ("down-1", ["Second", "First", "", ""]),
            ("up-2", ["Second", "First", "", ""]),
            ("up-1", ["First", "Second", "", ""]),
            ("insert-2", ["First", "", "Second", "", ""]),
            ("up-99", ["First", "Second", "", ""]),
            ("up-²", ["First", "Second", "", ""]),
        ],
    )
    def test_a_section_moves_and_all_that_was_typed_stays(self, hana, do, order):
        version = begun(hana)
        answer = signed_in(hana).post(page_of(version), self.two(do=do, title="Not saved yet", edition=1))
        page = answer.content.decode()
        assert answer.status_code == 200 and self.titles(page) == order and "Not saved yet" in page
        version.refresh_from_db()
        assert version.edition == 1 and version.content["en"]["title"] != "Not saved yet"

    def test_what_a_colleague_saved_meanwhile_is_not_overwritten_by_it(self, hana, ines):
        version = begun(hana)
        signed_in(ines).post(page_of(version), typed(**sections(body="Theirs.")))
        page = signed_in(hana).post(page_of(version), self.two(do="down-1", edition=1)).content.decode()
        assert 'name="edition" value="1"' in page

    def test_saved_and_looked_at_as_colleagues_will(self, hana):
        version = begun(hana)
        answer = signed_in(hana).post(page_of(version), self.two(do="preview", edition=1), follow=True)
        assert answer.redirect_chain[-1][0].endswith("/preview/")
        assert "Nobody is asked anything by this page." in answer.content.decode()


class TestInAnotherLanguage:
    def test_who_reads_german_is_told_what_changed_in_the_original_where_it_is_not_translated(self, hana, ines):
        published = put_out(hana, ines, translated(hana, begun(hana)))
        version = actions.begin_version(actor=hana, guideline=published.guideline, at=AT)
        said = {"en": texts.read(version.content["en"]), "de": texts.read(version.content["de"])}
        edited = actions.VersionWords(texts=said, what_changed={"en": "Chats count, too."})
        version = actions.edit_version(actor=hana, version=version, edition=1, words=edited, at=AT)
        address = reverse("guidelines:translate", args=[version.pk, "de"])
        assert "Chats count, too." in signed_in(hana).get(address).content.decode()
        preview = reverse("guidelines:preview", args=[version.pk]) + "?language=de"
        assert '<p lang="en">Chats count, too.</p>' in signed_in(hana).get(preview).content.decode()
        translated(hana, version, what_changed="Auch Chats zählen.")
        assert '<p lang="de">Auch Chats zählen.</p>' in signed_in(hana).get(preview).content.decode()

    def test_a_member_who_reads_german_reads_the_sentence_marked_as_english(self, hana, ines):
        member, at = MemberFactory(language="de"), clock.now() - timedelta(minutes=5)
        published = put_out(hana, ines, translated(hana, begun(hana, at=at)), at=at)
        settled(at)
        due = actions.open_due(actor=member, due=queries.owed(member).get(), at=at)
        actions.sign_due(
            actor=member, due=due, fingerprint=published.fingerprint, language="de", typed_name=member.name,
            proved=True, at=clock.now(),
        )  # fmt: skip
        version = actions.begin_version(actor=hana, guideline=published.guideline, at=at)
        edited = actions.VersionWords(
            texts={one: texts.read(raw) for one, raw in version.content.items()},
            what_changed={"en": "Chats count, too."},
        )
        version = actions.edit_version(actor=hana, version=version, edition=1, words=edited, at=at)
        put_out(hana, ines, version, at=at)
        settled(clock.now())
        page = signed_in(member).get(reverse("guidelines:read", args=[published.guideline_id])).content.decode()
        assert '<span lang="en">Chats count, too.</span>' in page and 'id="changed-title"' in page

    def test_two_languages_are_not_compared_with_each_other(self, hana, ines):
        first = put_out(hana, ines, begun(hana))
        second = next_one(hana, ines, first.guideline, body="Ask anybody.")
        content = {**second.content, "de": texts.write(german())}
        found, shown = queries.changed_clauses(first.content, content, "de", "en")
        assert shown == "en" and [one.section.title for one in found] == ["Customers"]


def test_minutes_of_all_are_the_sum_of_those_of_each(hana, ines):
    member, at = MemberFactory(), clock.now()
    for name in ("One", "Two"):
        put_out(hana, ines, begun(hana, name=name, body="word " * 400, at=at), at=at)
    settled(at)
    page = signed_in(member).get(reverse("guidelines:mine")).content.decode()
    assert page.count("about 2 minutes") == 2 and "All of it takes about 4 minutes" in page
    desk = signed_in(hana).get(reverse("guidelines:desk")).content.decode()
    assert "takes somebody new about 4 minutes." in desk
