"""The approver's page, what the composer says before anything is typed, and what a post's page says afterwards."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User, WordsReader
from accounts.queries import forget_kept
from content.models import Story
from core import clock
from shares import actions
from shares.models import OWNER, PAUSE, SavedDraft, Share, WordsApproval
from tests.factories import (
    AudienceFactory,
    LinkedAccountFactory,
    MemberFactory,
    ShareFactory,
    StoryFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
OWN = "I held the rope, and it held me."


@pytest.fixture
def ada() -> User:
    Organisation.objects.create(regulated=True)
    ada = MemberFactory(name="Ada Lang")
    WordsReader.objects.create(place="approver", member=ada)
    forget_kept()
    return ada


def browser_of(member: User) -> Client:
    browser = Client()
    browser.force_login(member)
    session = browser.session
    session["proved_at"] = int(clock.now().timestamp())
    session.save()
    return browser


def waiting(words: str = OWN, *, story: Story | None = None, **fields: object) -> Share:
    account, story = LinkedAccountFactory(**fields), story or StoryFactory(title="The bridge")
    return actions.plan_share(
        actor=account.member, story=story, account=account, words=words, due_at=None, at=clock.now()
    )


def test_each_waiting_share_is_seen_with_all_that_goes_out(ada: User) -> None:
    share = waiting(member__name="Ines Okafor")
    page = browser_of(ada).get(reverse("shares:words")).content.decode()
    for text in (
        OWN,
        "The bridge",
        "Mastodon",
        share.disclosure,
        "Ines Okafor",
        "Without your answer",
        "3 hours left.",
    ):
        assert text in page
    assert 'href="/words/"' in page


def test_nothing_else_of_a_colleague_is_seen(ada: User) -> None:
    account = LinkedAccountFactory(handle="@ines@town.example")
    for state in ("scheduled", "published", "failed", "held", "cancelled"):
        ShareFactory(account=account, words=f"These are {state}.", state=state)
    answered = waiting("Read already.")
    actions.approve_words(actor=ada, question=answered.approvals.get(), at=clock.now())
    page = browser_of(ada).get(reverse("shares:words")).content.decode()
    assert "Nothing waits for you" in page and "These are" not in page and "Read already." not in page


def test_the_files_of_a_closed_story_are_there_for_its_reader_while_words_wait(
    ada: User, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    team = TeamFactory()
    closed = AudienceFactory(terms={"in": [{"kind": "team", "values": [str(team.pk)]}], "who": [], "except": []})
    picture = default_storage.save("stories/bridge.jpg", ContentFile(b"a picture"))
    other = default_storage.save("stories/other.jpg", ContentFile(b"another"))
    story = StoryFactory(audience=closed, picture=picture)
    StoryFactory(audience=closed, picture=other)
    deputy = MemberFactory()
    WordsReader.objects.create(place="deputy", member=deputy)
    forget_kept()
    reader, address = browser_of(ada), f"/media/{picture}"
    assert reader.get(address).status_code == 404
    share = waiting(story=story, member__team=team)
    assert reader.get(address).status_code == 200
    assert reader.get(f"/media/{other}").status_code == 404
    for page in ("shares:story", "shares:compose"):
        assert reader.get(reverse(page, args=[story.pk])).status_code == 404
    for stranger in (browser_of(deputy), browser_of(MemberFactory(roles=["hr", "administrator"])), Client()):
        assert stranger.get(address).status_code == 404
    actions.approve_words(actor=ada, question=share.approvals.get(), at=clock.now())
    assert reader.get(address).status_code == 404


def test_approve_and_refuse_by_the_buttons(ada: User) -> None:
    yes, no = waiting(), waiting("It held us all.")
    browser = browser_of(ada)
    answer = browser.post(reverse("shares:approve_words", args=[yes.approvals.get().pk]), follow=True)
    assert "It goes out as its author planned it." in answer.content.decode()
    no_address = reverse("shares:refuse_words", args=[no.approvals.get().pk])
    assert "Please say what should change" in browser.post(no_address, follow=True).content.decode()
    browser.post(no_address, {"reason": "Name no customers."})
    states = dict(Share.objects.values_list("pk", "state"))
    assert states == {yes.pk: "scheduled", no.pk: "cancelled"}
    again = browser.post(no_address, {"reason": "Twice."}, follow=True).content.decode()
    assert "answered meanwhile" in again


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"held_for": PAUSE}, "Approved. Sharing is paused, so it waits, and its author decides afterwards."),
        ({"held_for": OWNER}, "Approved. Its author decides whether it still goes out."),
        ({"cut_off_at": datetime(2026, 1, 1, tzinfo=UTC)}, "Approved. Its author decides whether it still goes out."),
        ({"held_for": ""}, "Approved. It waits for something else before it goes out."),
    ],
)
def test_a_yes_is_answered_with_what_becomes_of_it(ada: User, changes: dict[str, Any], said: str) -> None:
    share = waiting()
    Share.objects.filter(pk=share.pk).update(**changes)
    address = reverse("shares:approve_words", args=[share.approvals.get().pk])
    page = browser_of(ada).post(address, follow=True).content.decode()
    assert said in page and "as its author planned it" not in page
    assert Share.objects.get().state == "held"


@pytest.mark.parametrize("roles", [[], ["curator"], ["hr"], ["administrator"], ["council"]])
def test_the_page_is_for_readers_alone(ada: User, roles: list[str]) -> None:
    share = waiting()
    number, browser = share.approvals.get().pk, browser_of(MemberFactory(roles=roles))
    assert browser.get(reverse("shares:words")).status_code == 403
    for name in ("approve_words", "refuse_words"):
        assert browser.post(reverse(f"shares:{name}", args=[number]), {"reason": "No."}).status_code == 403
    assert browser_of(share.member).post(reverse("shares:approve_words", args=[number])).status_code == 403
    assert WordsApproval.objects.get().state == "waits"
    assert 'href="/words/"' not in browser.get("/").content.decode()


def test_a_deputy_finds_nothing_that_is_before_the_approver(ada: User) -> None:
    dee = MemberFactory()
    WordsReader.objects.create(place="deputy", member=dee)
    forget_kept()
    share, browser = waiting(), browser_of(dee)
    assert OWN not in browser.get(reverse("shares:words")).content.decode()
    assert browser.post(reverse("shares:approve_words", args=[share.approvals.get().pk])).status_code == 404
    own = waiting("By Ada herself.", member=ada)
    assert "By Ada herself." in browser.get(reverse("shares:words")).content.decode()
    approvers = browser_of(ada)
    assert "By Ada herself." not in approvers.get(reverse("shares:words")).content.decode()
    assert approvers.post(reverse("shares:approve_words", args=[own.approvals.get().pk])).status_code == 404


def test_signed_out_is_asked_to_sign_in_and_looking_answers_nothing(ada: User, client: Client) -> None:
    number = waiting().approvals.get().pk
    for name, args in (("words", []), ("approve_words", [number]), ("refuse_words", [number])):
        answer = client.get(reverse(f"shares:{name}", args=args))
        assert answer.status_code == 302 and "/accounts/login/" in answer.headers["Location"]
    assert browser_of(ada).get(reverse("shares:approve_words", args=[number])).status_code == 405


def test_in_a_firm_that_is_not_regulated_there_is_no_such_page() -> None:
    Organisation.objects.create()
    ada = MemberFactory()
    WordsReader.objects.create(place="approver", member=ada)
    forget_kept()
    assert browser_of(ada).get(reverse("shares:words")).status_code == 403


def test_the_page_takes_the_same_few_queries_with_one_and_with_ten(ada: User, django_assert_max_num_queries) -> None:
    browser = browser_of(ada)
    for count in (1, 9):
        for number in range(count):
            waiting(f"Words {count} {number}.")
        with django_assert_max_num_queries(14):
            browser.get(reverse("shares:words"))


def test_the_composer_says_who_reads_before_anything_is_typed(ada: User) -> None:
    account = LinkedAccountFactory()
    page = browser_of(account.member).get(reverse("shares:compose", args=[StoryFactory().pk])).content.decode()
    assert "Own words are read by Ada Lang before they go out, by " in page
    assert page.index("Own words are read by") < page.index("<textarea")
    assert "by hand you can only use suggested words" in page


def test_other_firms_composers_say_nothing_of_it() -> None:
    account = LinkedAccountFactory()
    page = browser_of(account.member).get(reverse("shares:compose", args=[StoryFactory().pk])).content.decode()
    assert "own words" not in page


def test_with_nobody_to_read_them_own_words_are_refused_and_kept_on_the_page(ada: User) -> None:
    WordsReader.objects.all().delete()
    forget_kept()
    account, story = LinkedAccountFactory(), StoryFactory()
    answer = browser_of(account.member).post(
        reverse("shares:compose", args=[story.pk]),
        {"when": "now", "key": str(uuid4()), "words": OWN, "accounts": account.pk},
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "nobody is there to read yours" in page and OWN in page
    assert not Share.objects.exists()


def test_several_accounts_at_once_wait_each_for_itself(ada: User) -> None:
    first = LinkedAccountFactory()
    second = LinkedAccountFactory(member=first.member, connector="bluesky")
    browser = browser_of(first.member)
    fields = {"when": "good", "key": str(uuid4()), "words": OWN, "accounts": [first.pk, second.pk]}
    browser.post(reverse("shares:compose", args=[StoryFactory().pk]), fields)
    assert set(Share.objects.values_list("state", "held_for")) == {("held", "approval")}
    assert WordsApproval.objects.filter(reader=ada).count() == 2 and ada.notices.count() == 1
    assert "Waits for approval: Ada Lang reads" in browser.get(reverse("shares:plans")).content.decode()


def test_changed_words_say_that_they_wait_again(ada: User) -> None:
    share = waiting()
    browser = browser_of(share.member)
    answer = browser.post(reverse("shares:edit", args=[share.pk]), {"words": "It held us all."}, follow=True)
    assert "Your words are changed. Waits for approval" in answer.content.decode()


def test_what_came_back_leads_to_its_draft(ada: User) -> None:
    share = waiting()
    actions.refuse_words(actor=ada, question=share.approvals.get(), reason="Name no customers.", at=clock.now())
    browser = browser_of(share.member)
    page = browser.get(reverse("shares:share", args=[share.pk])).content.decode()
    assert "Why: Name no customers." in page and "Go on with your draft" in page
    assert OWN in browser.get(reverse("shares:compose", args=[share.story_id])).content.decode()


def test_what_came_back_beside_other_words_is_seen_with_one_account_too(ada: User) -> None:
    share = waiting()
    typed = {"words": "Something new.", "own": "", "accounts": [], "more": {}, "each": {}}
    SavedDraft.objects.create(member=share.member, story=share.story, content=typed, saved_at=clock.now())
    actions.refuse_words(actor=ada, question=share.approvals.get(), reason="Name no customers.", at=clock.now())
    page = browser_of(share.member).get(reverse("shares:compose", args=[share.story_id])).content.decode()
    assert "Something new." in page and OWN in page
