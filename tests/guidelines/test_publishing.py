"""From a draft to what members sign, and nothing of it can be changed afterwards."""

from datetime import timedelta

import pytest

from accounts.models import User
from guidelines import actions, texts
from guidelines.models import Publication, Version
from tests.factories import MemberFactory
from tests.guidelines.conftest import AT, a_text, begun, next_one, put_out, words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_one_writes_another_publishes_and_the_fingerprint_is_that_of_the_words(hana, ines):
    made = put_out(hana, ines, begun(hana))
    assert made.fingerprint == texts.fingerprint({"en": texts.write(a_text())})
    assert (made.number, made.change, made.previous, made.by) == (1, "first", "", ines)
    assert Version.objects.get().state == "published"


def test_nobody_publishes_what_they_sent_themselves_unless_they_are_all_of_hr(hana):
    version = begun(hana)
    actions.submit_version(actor=hana, version=version, at=AT)
    other = MemberFactory(roles=["hr"])
    with pytest.raises(actions.NotAllowed, match="a colleague in HR"):
        actions.publish_version(actor=hana, version=version, edition=1, at=AT)
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert actions.publish_version(actor=hana, version=version, edition=1, at=AT)


def test_members_neither_write_nor_publish(hana, ines):
    member = MemberFactory()
    with pytest.raises(actions.NotAllowed):
        begun(member)
    version = begun(hana)
    actions.submit_version(actor=hana, version=version, at=AT)
    with pytest.raises(actions.NotAllowed):
        actions.publish_version(actor=member, version=version, edition=1, at=AT)


def test_a_next_version_supersedes_the_last_and_points_back_at_it(hana, ines):
    first = put_out(hana, ines, begun(hana))
    second = next_one(hana, ines, first.guideline, at=AT + DAY, body="Ask before you show anybody.")
    assert (second.number, second.previous, second.change) == (2, first.fingerprint, "material")
    assert [one.state for one in Version.objects.order_by("number")] == ["superseded", "published"]


def test_what_is_not_the_time_for_it_says_so_and_not_that_hr_may_not(hana, ines):
    version = begun(hana)
    with pytest.raises(actions.MovedOn, match="moved this version already"):
        actions.publish_version(actor=ines, version=version, edition=1, at=AT)
    put_out(hana, ines, version)
    with pytest.raises(actions.MovedOn, match="sent this version on"):
        actions.edit_version(actor=hana, version=version, edition=1, words=words(), at=AT)
    with pytest.raises(actions.MovedOn):
        actions.submit_version(actor=hana, version=version, at=AT)


def test_of_two_who_publish_at_once_one_does(hana, ines):
    version = begun(hana)
    actions.submit_version(actor=hana, version=version, at=AT)
    stale = Version.objects.get(pk=version.pk)
    actions.publish_version(actor=ines, version=version, edition=1, at=AT)
    with pytest.raises(actions.MovedOn):
        actions.publish_version(actor=ines, version=stale, edition=1, at=AT)
    assert Publication.objects.count() == 1


def test_what_was_changed_after_it_was_opened_is_not_published(hana, ines):
    version = begun(hana)
    actions.edit_version(actor=hana, version=version, edition=1, words=words("Another."), at=AT)
    actions.submit_version(actor=hana, version=version, at=AT)
    with pytest.raises(actions.MovedOn, match="read it again"):
        actions.publish_version(actor=ines, version=version, edition=1, at=AT)
    assert not Publication.objects.exists()


def test_of_two_who_write_at_once_the_second_is_told(hana, ines):
    version = begun(hana)
    actions.edit_version(actor=hana, version=version, edition=1, words=words("Mine."), at=AT)
    with pytest.raises(actions.EditedMeanwhile):
        actions.edit_version(actor=ines, version=version, edition=1, words=words("Also mine."), at=AT)
    version.refresh_from_db()
    assert version.content["en"]["sections"][0]["body"] == "Mine."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (texts.Text("", "", ()), "title and what it is about"),
        (texts.Text("T", "S", ()), "at least one section"),
        (texts.Text("T", "S", (texts.Section("a", texts.RULE, "Only a title", ""),)), "a title and some words"),
    ],
)
def test_what_is_missing_is_said_before_anybody_reviews_it(hana, text, sentence):
    version = begun(hana)
    actions.edit_version(actor=hana, version=version, edition=1, words=words(texts={"en": text}), at=AT)
    with pytest.raises(actions.NotReady, match=sentence):
        actions.submit_version(actor=hana, version=version, at=AT)


def test_two_hundred_pages_are_refused_in_words(hana):
    many = tuple(texts.Section(f"s{n}", texts.RULE, f"Section {n}", "Words.") for n in range(200))
    with pytest.raises(actions.NotReady, match="Nobody reads so many"):
        begun(hana, texts={"en": texts.Text("T", "S", many)})
    long = (texts.Section("s", texts.RULE, "Endless", "word " * 20_000),)
    with pytest.raises(actions.NotReady, match="longer than a section"):
        begun(hana, texts={"en": texts.Text("T", "S", long)})
