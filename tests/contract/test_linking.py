"""Linking an account, on every platform: consent, denial, codes used late, twice or by somebody else."""

import pytest

from connectors.base import Credentials, RateLimited, Rejected, Unavailable
from core import clock

from .dance import Dance, credentials_of
from .sides import Side, needs


@pytest.fixture
def dance(side: Side) -> Dance:
    return Dance(side.connector)


class TestConsent:
    @needs(consent=True)
    def test_after_allowing_we_know_who_it_is_and_what_we_may(self, side, dance):
        grant = dance.finish(dance.allow("aylin"))
        assert grant.access
        assert set(side.connector.scopes) <= grant.scopes
        assert bool(grant.refresh) == side.connector.can_refresh
        assert "aylin" in side.connector.who(credentials_of(grant, dance.app)).handle.lower()

    @needs(consent=True)
    def test_tokens_that_run_out_say_when(self, side, dance):
        grant = dance.finish(dance.allow("aylin"))
        if side.connector.can_refresh:
            assert grant.expires_at and grant.expires_at > clock.now()

    @needs(consent=True)
    def test_denying_comes_back_with_an_error_and_our_state(self, dance):
        back = dance.decide("aylin", "deny")
        assert back["error"] and back["state"] == dance.state
        assert "code" not in back

    @needs(consent=True)
    def test_a_code_is_good_for_one_use(self, dance):
        code = dance.allow("aylin")
        dance.finish(code)
        with pytest.raises(Rejected, match="start again"):
            dance.finish(code)

    @needs(consent=True)
    def test_a_code_is_good_for_a_short_time(self, dance):
        code = dance.allow("aylin")
        clock.advance(3600)
        with pytest.raises(Rejected):
            dance.finish(code)

    @needs(consent=True, uses_pkce=True)
    def test_a_stolen_code_is_of_no_use_without_the_verifier(self, side, dance):
        with pytest.raises(Rejected):
            dance.finish(dance.allow("aylin"), verifier="x" * 64)

    @needs(consent=True)
    def test_a_code_that_was_never_given_out_is_refused(self, dance):
        with pytest.raises(Rejected):
            dance.finish("nonsense")

    @needs(consent=True)
    def test_an_app_the_platform_does_not_know_is_the_operators_business(self, side, dance):
        code = dance.allow("aylin")
        dance.app = type(dance.app)(dance.app.client_id, "wrong", dance.app.origin)
        with pytest.raises(Unavailable) as error:
            dance.finish(code)
        assert error.value.operator

    @needs(consent=True)
    @pytest.mark.parametrize("kind", ["drop_before", "500_before", "html", "429"])
    def test_trouble_at_the_platform_is_told_and_is_no_crash(self, side, dance, kind):
        code = dance.allow("aylin")
        side.break_next("token", kind)
        with pytest.raises((Unavailable, RateLimited)):
            dance.finish(code)


class TestAppPassword:
    @needs(takes_app_password=True)
    def test_signing_in_tells_who_it_is(self, side):
        credentials: Credentials = side.by_app_password()
        assert credentials.remote_id and credentials.handle and credentials.access and credentials.refresh
        assert side.connector.who(credentials).remote_id == credentials.remote_id

    @needs(takes_app_password=True)
    def test_a_wrong_password_is_refused_kindly(self, side):
        known = side.by_app_password()
        with pytest.raises(Rejected, match="app password"):
            side.connector.sign_in(handle=known.handle, app_password="not the password")

    @needs(takes_app_password=True)
    @pytest.mark.parametrize("handle", ["", "me", "not a handle", "@"])
    def test_what_is_no_handle_is_refused_before_anybody_is_asked(self, side, handle):
        with pytest.raises(Rejected, match=r"name\.bsky\.social"):
            side.connector.sign_in(handle=handle, app_password="abcd-efgh-ijkl-mnop")
