"""What every connector promises, whatever the platform. One class, run against each of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from connectors.base import (
    Connector,
    Credentials,
    Draft,
    NeedsRelink,
    OutcomeUnknown,
    RateLimited,
    Reading,
    Rejected,
    Unavailable,
)
from core import clock
from core.http import Door, Policy

from .conftest import new_draft, with_picture
from .sides import needs
from .town import free_port


def settle(connector: Connector, credentials: Credentials, draft: Draft) -> None:
    """What the product does after an unknown outcome: look if looking tells, otherwise send the same again."""
    clock.advance(61)
    if connector.can_find and connector.find(credentials, draft):
        return
    connector.publish(credentials, draft, resend=True)


class TestData:
    def test_a_connector_says_what_it_is(self, side):
        connector = side.connector
        assert connector.key and connector.name and connector.counts
        assert connector.limit > 0 and connector.read_batch > 0
        assert connector.grant_kind in ("oauth2", "app_password")

    def test_a_lost_answer_can_be_settled(self, side):
        """By looking, or by a resend; otherwise nobody could ever tell."""
        assert side.connector.can_find or side.connector.resend_safe_after is not None

    def test_nothing_secret_is_printed(self, credentials):
        assert credentials.access not in repr(credentials)
        assert not credentials.refresh or credentials.refresh not in repr(credentials)
        assert not credentials.client_secret or credentials.client_secret not in repr(credentials)


class TestPublish:
    def test_a_post_goes_out_once_with_its_words_and_link(self, side, credentials, draft):
        receipt = side.connector.publish(credentials, draft)
        assert receipt.post_id and receipt.url and not receipt.adopted
        [post] = side.posts(draft.marker.short_url)
        assert post.post_id == receipt.post_id
        assert post.text == side.connector.written(draft)

    def test_the_link_holds_after_emoji_and_chinese(self, side, credentials):
        draft = new_draft("👩🏽‍🔬👨‍👩‍👧‍👦 我们在招聘！ é (really) [yes] {so} a_b*c~d|e\\f #Jobs @nobody <tag>")
        draft = replace(draft, text=f"{draft.text}\n{draft.marker.short_url}")
        side.connector.publish(credentials, draft)
        [post] = side.posts(draft.marker.short_url)
        assert post.text == draft.text

    def test_a_card_may_have_a_picture(self, side, credentials, draft):
        draft = with_picture(draft)
        draft = replace(draft, prepared=side.connector.prepare(credentials, draft))
        assert side.connector.publish(credentials, draft).post_id
        assert len(side.posts(draft.marker.short_url)) == 1

    def test_a_post_needs_no_link(self, side, credentials):
        assert side.connector.publish(credentials, new_draft("Nur Worte", with_link=False)).post_id

    def test_a_text_of_exactly_the_limit_is_taken_and_one_more_is_not(self, side, credentials):
        connector = side.connector
        draft = new_draft("So lang", with_link=False)
        room = connector.limit - connector.length(draft.text)
        longest = replace(draft, text=draft.text + "x" * room)
        assert connector.problems(longest) == []
        assert connector.publish(credentials, longest).post_id
        other = new_draft("So lang", with_link=False)
        too_long = replace(other, text=other.text + "x" * (room + 1))
        [problem] = connector.problems(too_long)
        assert connector.name in problem.sentence
        with pytest.raises(Rejected):
            connector.publish(credentials, too_long)

    def test_an_empty_draft_is_a_problem(self, side):
        draft = replace(new_draft("", with_link=False), text="  \n ")
        assert [problem.code for problem in side.connector.problems(draft)] == ["empty"]


class TestLostAnswers:
    """Never twice, and never silently lost."""

    @needs(can_fail=True)
    @pytest.mark.parametrize("kind", ["drop_after", "500_after", "html"])
    def test_a_post_whose_answer_was_lost_is_up_once(self, side, credentials, draft, kind):
        side.break_next("publish", kind)
        with pytest.raises(OutcomeUnknown):
            side.connector.publish(credentials, draft)
        settle(side.connector, credentials, draft)
        assert len(side.posts(draft.marker.short_url)) == 1

    @needs(can_fail=True)
    @pytest.mark.parametrize("kind", ["drop_before", "500_before"])
    def test_a_post_that_never_came_to_be_is_up_once(self, side, credentials, draft, kind):
        side.break_next("publish", kind)
        with pytest.raises(OutcomeUnknown):
            side.connector.publish(credentials, draft)
        assert side.posts(draft.marker.short_url) == []
        settle(side.connector, credentials, draft)
        assert len(side.posts(draft.marker.short_url)) == 1

    @needs(can_fail=True)
    @pytest.mark.parametrize("kind", ["slow", "drip"])
    def test_an_answer_that_takes_too_long_is_a_lost_one(self, side, credentials, draft, kind):
        side.connector.seconds = 0.3
        side.break_next("publish", kind, seconds=3)
        with pytest.raises(OutcomeUnknown):
            side.connector.publish(credentials, draft)

    @needs(can_fail=True)
    def test_the_answer_to_the_resend_may_be_lost_too(self, side, credentials, draft):
        for _ in range(2):
            side.break_next("publish", "drop_after")
        with pytest.raises(OutcomeUnknown):
            side.connector.publish(credentials, draft)
        clock.advance(61)
        if not side.connector.can_find:
            with pytest.raises(OutcomeUnknown):
                side.connector.publish(credentials, draft, resend=True)
        else:
            assert side.connector.find(credentials, draft)
        assert len(side.posts(draft.marker.short_url)) == 1

    def test_sending_the_same_again_makes_no_second_post(self, side, credentials, draft):
        """Where it can be told at all: by key, by record, or by the platform's own refusal."""
        first = side.connector.publish(credentials, draft)
        clock.advance(61)
        again = side.connector.publish(credentials, draft, resend=True)
        assert again.post_id == first.post_id
        assert len(side.posts(draft.marker.short_url)) == 1

    def test_what_is_found_is_what_was_posted(self, side, credentials, draft):
        if not side.connector.can_find:
            with pytest.raises(OutcomeUnknown):
                side.connector.find(credentials, draft)
            return
        assert side.connector.find(credentials, draft) is None
        receipt = side.connector.publish(credentials, draft)
        found = side.connector.find(credentials, draft)
        assert found == replace(receipt, adopted=True)

    @needs(can_find=True)
    def test_a_post_of_another_share_is_not_mistaken_for_this_one(self, side, credentials, draft):
        side.connector.publish(credentials, draft)
        assert side.connector.find(credentials, new_draft("Etwas anderes")) is None

    @needs(can_fail=True, can_find=True)
    @pytest.mark.parametrize("kind", ["drop_before", "500_before", "html"])
    def test_a_look_that_fails_proves_nothing(self, side, credentials, draft, kind):
        side.connector.publish(credentials, draft)
        side.break_next("find", kind)
        with pytest.raises((OutcomeUnknown, Unavailable)):
            side.connector.find(credentials, draft)


class TestRefusals:
    @needs(can_fail=True)
    def test_a_limit_says_until_when(self, side, credentials, draft):
        side.break_next("publish", "429")
        with pytest.raises(RateLimited) as error:
            side.connector.publish(credentials, draft)
        assert clock.now() < error.value.until <= clock.now() + timedelta(days=2)
        assert side.posts(draft.marker.short_url) == []

    @needs(can_fail=True)
    def test_a_refused_token_wants_linking_again(self, side, credentials, draft):
        side.break_next("publish", "401")
        with pytest.raises(NeedsRelink):
            side.connector.publish(credentials, draft)

    def test_a_token_nobody_gave_out_wants_linking_again(self, side, credentials, draft):
        stranger = replace(credentials, access="nonsense", refresh="nonsense")
        with pytest.raises(NeedsRelink):
            side.connector.publish(stranger, draft)
        with pytest.raises(NeedsRelink):
            side.connector.who(stranger)

    def test_a_server_that_is_down_was_surely_not_reached(self, side, credentials, draft):
        nowhere = f"http://127.0.0.1:{free_port()}"
        names = ("town.example", "pds", "www", "api")
        down = type(side.connector)(Door(Policy(frozenset({nowhere}))), dict.fromkeys(names, nowhere))
        with pytest.raises(Unavailable):
            down.publish(credentials, draft)

    def test_an_address_inside_the_firm_is_never_called(self, side, credentials, draft):
        names = ("town.example", "pds", "www", "api")
        inside = type(side.connector)(Door(Policy()), dict.fromkeys(names, "https://10.0.0.1"))
        with pytest.raises(Rejected):
            inside.publish(credentials, draft)

    @needs(can_fail=True)
    @pytest.mark.parametrize("kind", ["drop_before", "500_before", "html"])
    def test_trouble_while_reading_is_not_a_disconnection(self, side, credentials, kind):
        side.break_next("*", kind)
        with pytest.raises(Unavailable):
            side.connector.who(credentials)


class TestTheRest:
    def test_it_knows_whose_account_it_is(self, side, credentials):
        identity = side.connector.who(credentials)
        assert identity.remote_id == credentials.remote_id
        assert identity.handle

    def test_a_post_can_be_deleted_and_deleting_again_is_no_matter(self, side, credentials, draft):
        receipt = side.connector.publish(credentials, draft)
        side.connector.delete(credentials, receipt.post_id)
        assert side.posts(draft.marker.short_url) == []
        side.connector.delete(credentials, receipt.post_id)

    @needs(can_fail=True)
    def test_figures_are_numbers_or_unknown(self, side, credentials, draft):
        if not side.connector.can_read:
            with pytest.raises(Rejected):
                side.connector.read(credentials, ["1"])
            return
        kept = side.connector.publish(credentials, draft).post_id
        gone = side.connector.publish(credentials, new_draft("Dieser geht")).post_id
        side.connector.delete(credentials, gone)
        readings = side.connector.read(credentials, [kept, gone])
        assert readings[gone] == Reading(gone=True)
        assert not readings[kept].gone
        assert readings[kept].likes == 0

    def test_more_posts_than_a_batch_are_not_asked_for_at_once(self, side):
        assert side.connector.read_batch >= 1

    def test_a_new_token_is_given_where_there_are_new_tokens(self, side, credentials, draft):
        if not side.connector.can_refresh:
            with pytest.raises(Rejected):
                side.connector.refresh(credentials)
            return
        clock.advance(side.connector.refresh_after.total_seconds())
        grant = side.connector.refresh(credentials)
        assert grant.access and grant.refresh
        assert grant.expires_at and grant.expires_at > clock.now()
        fresh = replace(credentials, access=grant.access, refresh=grant.refresh)
        assert side.connector.publish(fresh, draft).post_id

    @needs(can_refresh=True)
    def test_a_dead_refresh_token_wants_linking_again(self, side, credentials):
        with pytest.raises(NeedsRelink):
            side.connector.refresh(replace(credentials, refresh="nonsense"))

    @needs(can_fail=True, can_refresh=True)
    @pytest.mark.parametrize("kind", ["drop_before", "500_before", "html"])
    def test_trouble_while_refreshing_is_not_a_disconnection(self, side, credentials, kind):
        side.break_next("refresh", kind)
        with pytest.raises(Unavailable):
            side.connector.refresh(credentials)

    @needs(can_revoke=True)
    def test_after_unlinking_the_platform_knows_us_no_more(self, side):
        credentials = side.linked()
        side.connector.revoke(credentials)
        side.connector.revoke(credentials)
        with pytest.raises((NeedsRelink, Rejected)):
            if side.connector.can_refresh:
                side.connector.refresh(credentials)
            else:
                side.connector.who(credentials)

    @needs(can_revoke=False)
    def test_where_a_platform_cannot_be_told_to_forget_us_unlinking_asks_it_nothing(self, side):
        credentials = side.linked()
        side.connector.revoke(credentials)
        assert side.connector.who(credentials).remote_id

    def test_the_assisted_page_carries_the_link(self, side, draft):
        assert draft.marker.short_url.rpartition("/")[2] in side.connector.assisted_url(draft)
