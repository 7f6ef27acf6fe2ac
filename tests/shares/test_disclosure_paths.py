"""No path sends a post without the line frozen for it, whoever presses what, and whatever a rule says since."""

from datetime import timedelta
from inspect import isfunction, signature

import pytest
from django.urls import reverse

from accounts.actions import begin_quiet, end_quiet
from accounts.models import Organisation, WordsReader
from accounts.queries import forget_kept
from content.models import DisclosureRule
from core import clock
from core.flow import move
from shares import actions, drafts, gates
from shares.actions.holding import hold_share
from shares.models import MONEY, OWNER, Attempt, Share
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.shares.conftest import AtOnce, Stage

pytestmark = pytest.mark.django_db
LINE = "I work at Brackenby."


@pytest.fixture
def rule():
    return DisclosureRule.objects.create(country="GB", wordings=[LINE, "Brackenby is where I work."])


def change(rule) -> None:
    """After planning, the rule says something else."""
    DisclosureRule.objects.filter(pk=rule.pk).update(
        wordings=["Somebody of this firm speaks."], before=False, version=2
    )


def plan(wordings=()) -> Share:
    account = LinkedAccountFactory()
    return actions.plan_share(
        actor=account.member, story=StoryFactory(), account=account, words="I was there.", due_at=None, at=clock.now(),
        wordings=wordings,
    )  # fmt: skip


def fresh(share: Share) -> Share:
    return Share.objects.select_related("member", "story", "account", "link").get(pk=share.pk)


def failed(share: Share) -> Share:
    move(share, "sending", at=clock.now(), attempts_made=1)
    Attempt.objects.create(share=share, number=1, body=drafts.freeze(share, at=clock.now()), started_at=clock.now(),
        lease_until=clock.now(), answered_at=clock.now(), outcome="Rejected")  # fmt: skip
    move(share, "failed", at=clock.now())
    return fresh(share)


def held(share: Share, why: str) -> Share:
    return fresh(move(share, "held", at=clock.now(), held_for=why, held_until=clock.now() + timedelta(days=1)))


def asked(share: Share) -> Share:
    return fresh(move(share, "asked", at=clock.now()))


def by_hand(share: Share) -> Share:
    return actions.plan_assisted(
        actor=share.member, story=StoryFactory(), target="email", words="Hello.", at=clock.now()
    )


def pause(share: Share) -> Share:
    at = clock.now()
    begin_quiet(actor=MemberFactory(roles=["curator"]), why="Wait.", until=at + timedelta(hours=2), at=at)
    forget_kept()
    actions.hold_for_quiet(at=at)
    return fresh(share)


def resume(share: Share) -> Share:
    pause(share)
    end_quiet(actor=MemberFactory(roles=["hr"]), at=clock.now())
    forget_kept()
    actions.hand_to_owners(at=clock.now())
    return fresh(share)


def release(share: Share) -> int:
    held(share, "")
    return actions.release_held(at=clock.now())


def approved(share: Share) -> Share:
    """Own words of a firm that has become regulated meanwhile; a yes is for the line too."""
    reader, at = MemberFactory(), clock.now()
    Organisation.objects.create(regulated=True)
    WordsReader.objects.create(place="approver", member=reader)
    forget_kept()
    hold_share(share, gates.ask(share, at), at)
    return actions.approve_words(actor=reader, question=share.approvals.get(), at=at)


def boss():
    return MemberFactory(roles=["administrator"])


# Each verb that makes or changes a share, and what it leaves.
WALKS = {
    "plan_share": lambda share: share,
    "plan_assisted": by_hand,
    "edit_share": lambda share: actions.edit_share(actor=share.member, share=share, words="Other.", at=clock.now()),
    "move_share": lambda share: actions.move_share(
        actor=share.member, share=share, due_at=clock.now() + timedelta(hours=1), at=clock.now()
    ),
    "send_held": lambda share: actions.send_held(actor=share.member, share=held(share, OWNER), at=clock.now()),
    "retry_share": lambda share: actions.retry_share(actor=share.member, share=failed(share), at=clock.now()),
    "retry_for_member": lambda share: actions.retry_for_member(actor=boss(), share=failed(share), at=clock.now()),
    "hand_over": lambda share: actions.hand_over(actor=share.member, share=held(share, MONEY), at=clock.now()),
    "hold_for_quiet": pause,
    "hand_to_owners": resume,
    "release_held": release,
    "approve_words": approved,
    "cancel_share": lambda share: actions.cancel_share(actor=share.member, share=share, at=clock.now()),
    "answer_asked": lambda share: actions.answer_asked(
        actor=share.member, share=asked(share), is_there=False, at=clock.now()
    ),
    "mark_posted": lambda share: actions.mark_posted(
        actor=boss(), share=asked(share), url="https://town.example/@ines/1", at=clock.now()
    ),
    "say_posted": lambda share: actions.say_posted(actor=share.member, share=by_hand(share), at=clock.now()),
    "say_disclosed": lambda share: actions.say_disclosed(
        actor=share.member,
        share=actions.say_posted(actor=share.member, share=by_hand(share), at=clock.now()),
        says="no",
        at=clock.now(),
    ),
    "drop_assisted": lambda share: actions.drop_assisted(actor=share.member, share=by_hand(share), at=clock.now()),
}  # fmt: skip
# Verbs of a share that touch neither words nor line: they read, end it, or settle what was sent.
ELSEWHERE = {
    "can_delete", "can_mark_posted", "can_retry", "delete_post", "finish_deleting", "lets_delete", "refuse_words",
    "settle_share", "still_up",
}  # fmt: skip


def test_every_verb_of_a_share_is_walked_here_or_known_to_leave_its_words_alone():
    verbs = {name: getattr(actions, name) for name in actions.__all__}
    of_shares = {name for name, verb in verbs.items() if isfunction(verb) and speaks_of_shares(verb)}
    assert of_shares - ELSEWHERE - set(WALKS) == set(), "walk a new verb above, so that it is seen to keep the line"
    assert set(WALKS) <= set(verbs)


def speaks_of_shares(verb) -> bool:
    found = signature(verb)
    return bool({"share", "share_id"} & set(found.parameters)) or found.return_annotation is Share


@pytest.mark.parametrize("verb", WALKS)
def test_whatever_is_pressed_the_line_stays_as_it_was_planned(rule, verb):
    share = plan()
    if verb not in ("plan_assisted", "say_posted", "say_disclosed", "drop_assisted"):
        change(rule)
    left = WALKS[verb](fresh(share))
    for one in [fresh(share), *([left] if isinstance(left, Share) else [])]:
        body = drafts.freeze(fresh(one), at=clock.now())
        assert body["text"].startswith(f"{LINE}\n\n")
        assert one.disclosure_rule == {"rule": rule.pk, "version": 1}


def test_the_wording_its_member_chose_is_frozen_and_one_they_made_up_is_not(rule):
    assert plan(["Brackenby is where I work."]).disclosure == "Brackenby is where I work."
    assert plan(["I say nothing."]).disclosure == LINE
    assert plan([""]).disclosure == LINE


def test_a_post_that_waited_goes_out_with_the_line_it_was_planned_with(stage: Stage, rule) -> None:
    share = stage.plan(stage.account("mastodon"))
    change(rule)
    assert stage.send(share).state == "published"
    (post,) = stage.posts(share)
    assert LINE in post["text"] and "Somebody of this firm" not in post["text"]


def test_one_whose_line_was_taken_away_never_leaves(stage: Stage, rule) -> None:
    """Even a row that was tampered with, between its gate and its call."""
    share = stage.plan(stage.account("mastodon"))
    Share.objects.filter(pk=share.pk).update(disclosure=" ")
    assert stage.send(share).state == "cancelled"
    assert not stage.posts(share) and "missing" in share.reason


def test_a_frozen_body_without_its_line_is_refused_before_the_call(stage: Stage, rule) -> None:
    share = stage.plan(stage.account("mastodon"))
    body = drafts.freeze(share, at=clock.now()) | {"text": share.words}
    attempt = Attempt(share=share, number=1, body=body, started_at=clock.now(), lease_until=clock.now())
    with pytest.raises(drafts.Rejected, match="says you work here"):
        drafts.draft_to_send(attempt, at=clock.now())


def test_after_a_pause_or_a_failure_it_goes_out_with_its_line(stage: Stage, rule) -> None:
    for prepare, again in ((resume, actions.send_held), (failed, actions.retry_share)):
        stage.story = StoryFactory()
        share = stage.plan(stage.account("bluesky"))
        again(actor=share.member, share=prepare(fresh(share)), at=clock.now())
        stage.at_due_time(fresh(share))
        actions.send_due(using=AtOnce())
        assert [LINE in post["text"] for post in stage.posts(fresh(share))] == [True]


def test_the_page_offers_each_platforms_own_line(client, rule):
    DisclosureRule.objects.create(country="GB", connector="x", wordings=["My work: Brackenby."], before=False)
    member = MemberFactory(country="GB")
    for connector in ("mastodon", "x"):
        LinkedAccountFactory(member=member, connector=connector, remote_id=connector)
    client.force_login(member)
    page = client.get(reverse("shares:compose", args=[StoryFactory().pk])).content.decode()
    before, _middle, after = page.partition("<textarea")
    assert LINE in before and "Brackenby is where I work." in before and "My work: Brackenby." in after


def test_what_the_page_sends_decides_between_wordings_and_cannot_leave_the_line_out(client, rule):
    account = LinkedAccountFactory()
    client.force_login(account.member)
    sent = {"words": "I was there.", "accounts": account.pk, "when": "now"}
    for wording, line in (("Brackenby is where I work.", "Brackenby is where I work."), ("nothing", LINE), ("", LINE)):
        story = StoryFactory()
        client.post(reverse("shares:compose", args=[story.pk]), sent | {"wording_0": wording, "disclosure": ""})
        assert Share.objects.get(story=story).disclosure == line


def test_what_is_handed_over_holds_the_line_and_asks_on_return(client, rule):
    member, story = MemberFactory(country="GB"), StoryFactory()
    client.force_login(member)
    client.post(reverse("shares:by_hand", args=[story.pk]), {"words": "Hello.", "target": "email"})
    share = Share.objects.get()
    page = reverse("shares:share", args=[share.pk])
    assert f"{LINE}\n\nHello." in client.get(page).content.decode()
    back = client.post(reverse("shares:handed_back", args=[share.pk]), {"posted": "yes"}, follow=True)
    assert "Does your post say that you work here?" in back.content.decode()
    answered = client.post(reverse("shares:disclosed", args=[share.pk]), {"says": "no"}, follow=True).content.decode()
    assert LINE in answered and Share.objects.get().says_disclosure == "no"


def test_only_its_member_answers_and_only_once_it_is_posted(client, rule):
    share = ShareFactory(state="said_posted", account=None, member=MemberFactory(), connector="email")
    client.force_login(MemberFactory(roles=["administrator", "hr"]))
    assert client.post(reverse("shares:disclosed", args=[share.pk]), {"says": "yes"}).status_code == 404
    handed = ShareFactory(state="handed_over", account=None, member=share.member, connector="email")
    for one, says in ((handed, "yes"), (share, "perhaps")):
        with pytest.raises(actions.CannotPlan):
            actions.say_disclosed(actor=one.member, share=one, says=says, at=clock.now())
    assert not Share.objects.exclude(says_disclosure="").exists()
