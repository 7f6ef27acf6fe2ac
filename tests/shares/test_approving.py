"""In a regulated firm members' own words wait for an approver, and late means expired."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts import actions as accounts
from accounts.models import LinkedAccount, Organisation, User, WordsReader
from accounts.queries import forget_kept
from core import clock
from core.models import AuditEntry
from notifications.models import Delivery, Notice, Wishes
from shares import actions
from shares.models import APPROVAL, OWNER, PAUSE, Attempt, SavedDraft, Share, WordsApproval
from tests.factories import LinkedAccountFactory, MemberFactory, ShareFactory, StoryFactory
from tests.shares.conftest import Stage

pytestmark = pytest.mark.django_db
OWN = "I held the rope, and it held me."
HOUR = timedelta(hours=1)


def name_readers(approver: User | None, deputy: User | None = None) -> None:
    WordsReader.objects.all().delete()
    for place, member in (("approver", approver), ("deputy", deputy)):
        if member:
            WordsReader.objects.create(place=place, member=member)
    forget_kept()


@pytest.fixture
def ada() -> User:
    """Whoever reads own words in a firm that is regulated, within four hours by the clock."""
    Organisation.objects.create(regulated=True, words_hours=4)
    ada = MemberFactory(name="Ada Lang")
    name_readers(ada)
    return ada


@pytest.fixture
def dee(ada: User) -> User:
    dee = MemberFactory(name="Dee Roth")
    name_readers(ada, dee)
    return dee


def plan(words: str = OWN, *, account: LinkedAccount | None = None, story: Any = None, **when: Any) -> Share:
    account, at = account or LinkedAccountFactory(), when.pop("at", None) or clock.now()
    fields = {"due_at": None} | when
    return actions.plan_share(
        actor=account.member, story=story or StoryFactory(), account=account, words=words, at=at, **fields
    )


def fresh(share: Share) -> Share:
    return Share.objects.select_related("member", "story", "account", "link").get(pk=share.pk)


def question(share: Share) -> WordsApproval:
    return share.approvals.get(state="waits")


def approve(share: Share, reader: User, at: datetime | None = None) -> Share:
    actions.approve_words(actor=reader, question=question(share), at=at or clock.now())
    return fresh(share)


def refuse(share: Share, reader: User, reason: str = "Please leave the figure out.") -> Share:
    actions.refuse_words(actor=reader, question=question(share), reason=reason, at=clock.now())
    return fresh(share)


def waits_for_approval(share: Share) -> bool:
    share = fresh(share)
    return (share.state, share.held_for) == ("held", APPROVAL)


def test_own_words_wait_for_the_approver_who_is_told_once(ada: User) -> None:
    account, at = LinkedAccountFactory(member__name="Ines"), clock.now()
    share = plan(account=account, story=StoryFactory(title="The bridge"), at=at)
    assert waits_for_approval(share)
    assert (question(share).reader, question(share).due_at, share.held_until) == (ada, at + 4 * HOUR, at + 4 * HOUR)
    assert share.reason.startswith("Waits for approval: Ada Lang reads your own words by ")
    actions.sweep_words(at=at + HOUR)
    [notice] = Notice.objects.all()
    assert (notice.member_id, notice.kind, notice.url) == (ada.pk, "words.waits", "/words/")
    assert notice.text == "Ines has written about “The bridge” and waits for your approval."


def test_suggested_words_as_they_stand_wait_for_nobody(ada: User) -> None:
    story = StoryFactory()
    story.captions.create(text="We tried this\n\nand it held.")
    assert plan("We tried this\r\n\r\nand it held.", story=story).state == "scheduled"
    assert not WordsApproval.objects.exists()


@pytest.mark.parametrize("words", ["We tried this and it held!", "We tried [[this]] and it held.", "We tried this"])
def test_a_touched_suggestion_is_own_words(ada: User, words: str) -> None:
    story = StoryFactory()
    story.captions.create(text="We tried this and it held.")
    assert waits_for_approval(plan(words, story=story))


def test_a_content_warning_of_ones_own_is_read_too(ada: User) -> None:
    story = StoryFactory()
    story.captions.create(text="We tried this and it held.")
    assert waits_for_approval(plan("We tried this and it held.", story=story, options={"warning": "Heights"}))


def test_in_any_other_firm_nothing_waits() -> None:
    Organisation.objects.create(regulated=False)
    name_readers(MemberFactory())
    assert plan().state == "scheduled"


def test_approved_it_goes_out_at_the_time_that_was_planned(ada: User) -> None:
    wanted = clock.now() + timedelta(days=2)
    share = approve(plan(due_at=wanted), ada)
    assert (share.state, share.due_at, share.held_for, share.reason) == ("scheduled", wanted, "", "")
    assert share.approvals.get().answered_by == ada


def test_approved_after_its_time_and_before_its_cut_off_it_goes_out_at_once(ada: User) -> None:
    at = clock.now()
    share = approve(plan(due_at=at + HOUR, at=at), ada, at + 3 * HOUR)
    assert (share.state, share.due_at) == ("scheduled", at + 3 * HOUR)


def test_approved_after_its_cut_off_its_owner_is_asked(ada: User) -> None:
    Organisation.objects.update(words_hours=20)
    forget_kept()
    at = clock.now()
    share = approve(plan(due_at=at + HOUR, at=at), ada, at + 19 * HOUR)
    assert (share.state, share.held_for) == ("held", OWNER)
    assert Notice.objects.filter(member=share.member, kind="share.waits", text__contains="are approved").exists()
    share = actions.send_held(actor=share.member, share=share, at=at + 20 * HOUR)
    assert share.state == "scheduled"


def test_whoever_wants_it_now_wants_it_when_it_is_approved(ada: User) -> None:
    Organisation.objects.update(words_hours=20)
    forget_kept()
    at = clock.now()
    assert approve(plan(at=at), ada, at + 19 * HOUR).state == "scheduled"


def test_words_changed_while_they_wait_go_out_when_they_are_approved_all_the_same(ada: User) -> None:
    at = clock.now()
    share = plan(at=at)
    for hours in (3, 6, 9):
        actions.edit_share(
            actor=share.member, share=fresh(share), words=f"It held for {hours} hours.", at=at + hours * HOUR
        )
    assert approve(share, ada, at + 12.5 * HOUR).state == "scheduled"


def test_words_changed_for_a_chosen_time_go_out_at_that_time_or_as_their_owner_decides(ada: User) -> None:
    at = clock.now()
    share = plan(at=at, due_at=at + HOUR)
    actions.edit_share(actor=share.member, share=fresh(share), words="It held us all.", at=at + 3.5 * HOUR)
    share = approve(share, ada, at + 7.25 * HOUR)
    assert (share.state, share.held_for) == ("held", OWNER)


def test_a_second_try_by_its_member_goes_out_when_it_is_approved(ada: User) -> None:
    Organisation.objects.update(words_hours=10)
    forget_kept()
    at = clock.now()
    share = ShareFactory(state="failed", words=OWN, planned_at=at - 9 * HOUR)
    actions.retry_share(actor=share.member, share=fresh(share), at=at)
    actions.edit_share(actor=share.member, share=fresh(share), words="It held us all.", at=at + HOUR)
    assert approve(share, ada, at + 10 * HOUR).state == "scheduled"


def test_a_second_try_by_an_administrator_lasts_no_longer_than_its_member_chose(ada: User) -> None:
    Organisation.objects.update(words_hours=10)
    forget_kept()
    at, boss = clock.now(), MemberFactory(roles=["administrator"])
    share = ShareFactory(state="failed", words=OWN, planned_at=at - 9 * HOUR, cut_off_at=at + HOUR)
    actions.retry_for_member(actor=boss, share=fresh(share), at=at)
    share = approve(share, ada, at + 8 * HOUR)
    assert (share.state, share.held_for) == ("held", OWNER)


def test_refused_its_member_reads_why_and_keeps_the_words(ada: User) -> None:
    share = refuse(plan(), ada)
    assert share.state == "cancelled"
    assert share.reason == "Ada Lang did not approve these words. Why: Please leave the figure out."
    notice = Notice.objects.get(member=share.member)
    assert notice.text.endswith(f"{share.reason} Your words are kept as a draft.")
    kept = SavedDraft.objects.get(member=share.member, story=share.story).content
    assert (kept["words"], kept["accounts"]) == (OWN, [str(share.account_id)])


def test_a_refusal_needs_a_reason(ada: User) -> None:
    share = plan()
    with pytest.raises(actions.CannotPlan, match="say what should change"):
        refuse(share, ada, " \n ")
    assert waits_for_approval(share)


def test_late_means_expired_and_never_posted(ada: User) -> None:
    at = clock.now()
    share = plan(at=at, due_at=at + timedelta(days=3))
    assert actions.sweep_words(at=at + 4 * HOUR - timedelta(seconds=1)) == 0
    assert actions.sweep_words(at=at + 4 * HOUR) == 1
    share = fresh(share)
    assert (share.state, share.reason) == ("cancelled", "Nobody answered in time, so your own words have expired.")
    assert share.approvals.get().state == "expired"
    assert Notice.objects.filter(member=share.member, text__contains="kept as a draft").exists()
    assert SavedDraft.objects.get(member=share.member).content["words"] == OWN
    assert AuditEntry.objects.filter(kind="share.words_expired", about=f"share:{share.pk}").exists()


def test_a_yes_that_comes_too_late_counts_no_more(ada: User) -> None:
    at = clock.now()
    share = plan(at=at)
    with pytest.raises(actions.CannotPlan, match="meanwhile"):
        approve(share, ada, at + 4 * HOUR)
    assert waits_for_approval(share)


def test_working_hours_of_whoever_reads_are_what_counts(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(working_hours=[[540, 1020]] * 5 + [None] * 2, time_zone="Europe/London")
    forget_kept()
    friday_at_three = datetime.fromisoformat("2026-11-27T15:00:00+00:00")
    share = plan(at=friday_at_three)
    assert question(share).due_at == datetime.fromisoformat("2026-11-30T11:00:00+00:00")


def test_nobody_approves_their_own(ada: User) -> None:
    account = LinkedAccountFactory(member=ada)
    with pytest.raises(actions.CannotPlan, match="nobody is there to read yours"):
        plan(account=account)
    assert not Share.objects.exists()


def test_the_deputy_reads_what_the_approver_has_written(ada: User, dee: User) -> None:
    share = plan(account=LinkedAccountFactory(member=ada))
    assert question(share).reader == dee
    with pytest.raises(actions.CannotPlan, match="not for you"):
        approve(share, ada)
    WordsApproval.objects.update(reader=ada)
    with pytest.raises(actions.CannotPlan, match="not for you"):
        approve(share, ada)
    WordsApproval.objects.update(reader=dee)
    assert approve(share, dee).state == "scheduled"


def test_the_deputy_reads_while_the_approver_has_paused_their_messages(ada: User, dee: User) -> None:
    share, at = plan(), clock.now()
    Wishes.objects.create(member=ada, paused_until=at + timedelta(days=7))
    promised = question(share).due_at
    assert actions.sweep_words(at=at) == 1
    asked = question(share)
    assert (asked.reader, asked.due_at) == (dee, promised)
    assert "Dee Roth reads" in fresh(share).reason
    assert Notice.objects.filter(member=dee, kind="words.waits").count() == 1
    with pytest.raises(actions.CannotPlan, match="not for you"):
        approve(share, ada)
    assert question(plan()).reader == dee


def test_a_former_reader_hears_no_more_of_what_another_reads(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(working_hours=[[540, 1020]] * 7, email="ada@firm.example")
    forget_kept()
    night = datetime.fromisoformat("2026-11-25T22:00:00+00:00")
    first, second = plan(at=night), plan("It held us all.", at=night)
    line, mail = Notice.objects.filter(member=ada, read_at=None), Delivery.objects.filter(member=ada, state="waiting")
    assert line.exists() and mail.exists()
    ines = MemberFactory(name="Ines Okafor")
    name_readers(ines)
    assert actions.sweep_words(at=night) == 2
    assert question(first).reader == question(second).reader == ines
    assert not line.exists() and not mail.exists()
    assert Notice.objects.filter(member=ines, read_at=None).exists()


def test_a_former_reader_who_still_reads_something_keeps_the_line(ada: User, dee: User) -> None:
    plan(account=LinkedAccountFactory(member=ada))
    share = plan()
    WordsApproval.objects.filter(share=share).update(reader=dee)
    actions.sweep_words(at=clock.now())
    assert question(share).reader == ada
    assert Notice.objects.filter(member=dee, read_at=None).exists()


def test_an_approver_who_is_away_without_a_deputy_is_asked_all_the_same(ada: User) -> None:
    Wishes.objects.create(member=ada, paused_until=clock.now() + timedelta(days=7))
    assert question(plan()).reader == ada


def test_when_the_approver_leaves_the_deputy_is_asked(ada: User, dee: User) -> None:
    share = plan()
    accounts.deactivate_member(actor=None, member=ada, at=clock.now())
    forget_kept()
    actions.sweep_words(at=clock.now())
    assert question(share).reader == dee
    assert approve(share, dee).state == "scheduled"


@pytest.mark.parametrize("roles", [[], ["curator"], ["hr"], ["administrator"], ["council"]])
def test_nobody_else_approves_whatever_their_role(ada: User, dee: User, roles: list[str]) -> None:
    share = plan()
    for stranger in (MemberFactory(roles=roles), dee, share.member):
        with pytest.raises(actions.CannotPlan, match="not for you"):
            approve(share, stranger)
        with pytest.raises(actions.CannotPlan, match="not for you"):
            refuse(share, stranger)
    assert waits_for_approval(share)


def test_whoever_is_no_longer_named_approves_nothing(ada: User) -> None:
    share = plan()
    name_readers(None)
    with pytest.raises(actions.CannotPlan, match="not for you"):
        approve(share, ada)


def test_a_yes_is_for_exactly_these_words(ada: User) -> None:
    share, at = plan(due_at=clock.now() + timedelta(days=1)), clock.now()
    share = approve(share, ada)
    share = actions.edit_share(actor=share.member, share=share, words="It held us all.", at=at)
    assert waits_for_approval(share) and question(share).reader == ada
    assert approve(share, ada).state == "scheduled"


def test_words_that_change_while_they_wait_are_asked_about_anew(ada: User) -> None:
    at = clock.now()
    share = plan(at=at)
    old = question(share)
    actions.edit_share(actor=share.member, share=fresh(share), words="It held us all.", at=at + HOUR)
    assert waits_for_approval(share) and question(share).due_at == at + 5 * HOUR
    with pytest.raises(actions.CannotPlan, match="meanwhile"):
        actions.approve_words(actor=ada, question=old, at=at + HOUR)
    assert waits_for_approval(share)


def test_changed_into_a_suggestion_they_wait_no_more(ada: User) -> None:
    share = plan()
    share.story.captions.create(text="We tried this and it held.")
    actions.edit_share(actor=share.member, share=fresh(share), words="We tried this and it held.", at=clock.now())
    assert fresh(share).state == "scheduled"
    assert share.approvals.get().state == "dropped"


def test_taken_back_it_is_no_longer_before_anybody(ada: User) -> None:
    share = plan()
    actions.cancel_share(actor=share.member, share=fresh(share), at=clock.now())
    actions.sweep_words(at=clock.now() + 9 * HOUR)
    assert share.approvals.get().state == "dropped"
    assert not SavedDraft.objects.exists()


def test_nothing_that_was_planned_past_the_gate_is_sent(ada: User, stage: Stage) -> None:
    """Asked again at sending: whatever wrote it, retried it or planned it before the firm was regulated."""
    share = ShareFactory(account=stage.account("mastodon"), words=OWN)
    share = stage.send(share)
    assert waits_for_approval(share) and not Attempt.objects.exists()
    approve(share, ada)
    assert stage.send(share).state == "published"
    assert OWN in Attempt.objects.get().body["text"]


def test_a_suggestion_that_is_one_no_longer_is_not_sent(ada: User, stage: Stage) -> None:
    caption = stage.story.captions.create(text=OWN)
    share = stage.plan(stage.account("mastodon"), OWN)
    caption.delete()
    assert waits_for_approval(stage.send(share))


def test_a_second_try_of_a_failed_post_waits_too(ada: User) -> None:
    share = ShareFactory(state="failed", words=OWN)
    actions.retry_share(actor=share.member, share=fresh(share), at=clock.now())
    assert waits_for_approval(share)


def test_an_operator_sends_nothing_past_the_approver(ada: User) -> None:
    share = ShareFactory(state="failed", words=OWN)
    boss = MemberFactory(roles=["administrator"])
    actions.retry_for_member(actor=boss, share=fresh(share), at=clock.now())
    assert waits_for_approval(share)
    told = Notice.objects.get(member=share.member).text
    assert told.endswith(f"is mended. {fresh(share).reason}") and "goes out after all" not in told


def test_an_approved_post_that_failed_is_not_read_twice(ada: User) -> None:
    share = approve(plan(), ada)
    Share.objects.filter(pk=share.pk).update(state="failed")
    actions.retry_share(actor=share.member, share=fresh(share), at=clock.now())
    assert fresh(share).state == "scheduled"


def test_by_hand_there_are_suggested_words_only(ada: User) -> None:
    member, story, at = MemberFactory(), StoryFactory(), clock.now()
    story.captions.create(text="We tried this and it held.")
    given = {"actor": member, "story": story, "target": "facebook", "at": at}
    with pytest.raises(actions.CannotPlan, match="only use suggested words"):
        actions.plan_assisted(words=OWN, **given)
    assert actions.plan_assisted(words="We tried this and it held.", **given).state == "handed_over"


def test_after_a_pause_its_owner_decides_and_the_approver_is_asked(ada: User) -> None:
    curator, at = MemberFactory(roles=["curator"]), clock.now()
    accounts.begin_quiet(actor=curator, why="There was an accident.", until=at + 9 * HOUR, at=at)
    share = plan(at=at)
    assert (share.state, share.held_for) == ("held", PAUSE) and not share.approvals.exists()
    accounts.end_quiet(actor=curator, at=at)
    actions.hand_to_owners(at=at)
    actions.send_held(actor=share.member, share=fresh(share), at=at)
    assert waits_for_approval(share)


def test_approved_during_a_pause_it_still_waits_for_its_owner(ada: User) -> None:
    share, at = plan(), clock.now()
    accounts.begin_quiet(actor=MemberFactory(roles=["curator"]), why="An accident.", until=at + 9 * HOUR, at=at)
    actions.hold_for_quiet(at=at)
    share = approve(share, ada)
    assert (share.state, share.held_for) == ("held", PAUSE)


def test_when_the_firm_is_regulated_no_more_what_waits_goes_on(ada: User) -> None:
    share = plan()
    Organisation.objects.update(regulated=False)
    forget_kept()
    actions.sweep_words(at=clock.now())
    assert (fresh(share).state, share.approvals.get().state) == ("scheduled", "dropped")


def test_what_was_typed_since_is_not_lost_for_words_that_come_back(ada: User) -> None:
    share = plan()
    typed = {"words": "Something new.", "own": "", "accounts": [], "more": {}, "each": {}}
    SavedDraft.objects.create(member=share.member, story=share.story, content=typed, saved_at=clock.now())
    refuse(share, ada)
    kept = SavedDraft.objects.get().content
    assert kept["words"] == "Something new." and kept["each"] == {str(share.account_id): OWN}


def test_empty_fields_of_a_draft_stand_in_the_way_of_nothing_that_comes_back(ada: User) -> None:
    share = plan(options={"warning": "Heights"})
    account = str(share.account_id)
    typed = {"words": "Something new.", "own": "", "accounts": [], "more": {"warning": ""}, "each": {account: " "}}
    SavedDraft.objects.create(member=share.member, story=share.story, content=typed, saved_at=clock.now())
    refuse(share, ada)
    kept = SavedDraft.objects.get().content
    assert (kept["words"], kept["each"], kept["more"]) == ("Something new.", {account: OWN}, {"warning": "Heights"})


def test_each_step_is_in_the_audit_trail_without_the_words(ada: User) -> None:
    refuse(plan(), ada)
    approve(plan("It held us all."), ada)
    kinds = [entry.kind for entry in AuditEntry.objects.filter(kind__contains="words").order_by("pk")]
    assert kinds == ["share.words_asked", "share.words_refused", "share.words_asked", "share.words_approved"]
    assert AuditEntry.objects.get(kind="share.words_approved").actor_id == ada.pk
    assert not any(OWN in str(entry.data) for entry in AuditEntry.objects.all())


def test_the_periodic_task_finds_what_has_expired(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from shares import tasks

    share, later = plan(), clock.now() + 5 * HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    tasks.settle()
    assert fresh(share).state == "cancelled"
