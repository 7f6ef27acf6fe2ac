"""Proofs of possession: what they hold, when a call is repeated, and whose clock they go by."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import jwt
import pytest
from jwt.algorithms import ECAlgorithm

from connectors import dpop
from core import clock

from .canned import answer

URL = "https://pds.example/xrpc/app.example.do"
KEY = dpop.new_key()
NONCE = {"DPoP-Nonce": "n1"}


class Server:
    """Gives the answers it was handed and keeps the proofs it saw."""

    def __init__(self, *answers):
        self.answers, self.heads, self.proofs, self.asked = list(answers), [], [], []

    def __call__(self, method, url, *, headers, **how):
        head = jwt.get_unverified_header(headers["DPoP"])
        public = ECAlgorithm.from_jwk(head["jwk"])
        options = {"verify_iat": False}
        self.proofs.append(jwt.decode(headers["DPoP"], public, algorithms=["ES256"], options=options))
        self.heads.append(head)
        self.asked.append(headers)
        return self.answers.pop(0)


def call(server, **how):
    return dpop.Proofs().call(server, KEY, "POST", URL, **how)


def test_a_proof_is_for_one_call_and_shows_only_the_public_half():
    server = Server(answer(200), answer(200))
    proofs = dpop.Proofs()
    for _ in range(2):
        proofs.call(server, KEY, "POST", URL, access="token", headers={"Content-Type": "image/png"})
    first, second = server.proofs
    assert (first["htm"], first["htu"], first["ath"]) == ("POST", URL, dpop.digest("token"))
    assert first["jti"] != second["jti"] and "nonce" not in first
    assert server.heads[0]["typ"] == "dpop+jwt" and set(server.heads[0]["jwk"]) == {"kty", "crv", "x", "y"}
    assert server.asked[0]["Authorization"] == "DPoP token" and server.asked[0]["Content-Type"] == "image/png"


@pytest.mark.parametrize("status", [400, 401])
def test_a_wanted_nonce_is_shown_once_and_then_at_once(status):
    server = Server(answer(status, {"error": "use_dpop_nonce"}, NONCE), answer(200, {}, NONCE), answer(200, {}, NONCE))
    proofs = dpop.Proofs()
    assert proofs.call(server, KEY, "POST", URL).ok and proofs.call(server, KEY, "GET", URL).ok
    assert [one.get("nonce") for one in server.proofs] == [None, "n1", "n1"]


def test_a_server_that_never_has_enough_is_asked_twice():
    wants = [answer(401, {"error": "use_dpop_nonce"}, {"DPoP-Nonce": f"n{number}"}) for number in range(3)]
    server = Server(*wants)
    assert call(server).status == 401 and len(server.asked) == 2


@pytest.mark.parametrize(
    "said",
    [
        answer(401, {"error": "invalid_token"}, NONCE),
        answer(500, {"error": "use_dpop_nonce"}, NONCE),
        answer(200, {"error": "use_dpop_nonce"}, NONCE),
        answer(401, {"error": "use_dpop_nonce"}),
    ],
)
def test_nothing_else_is_ever_repeated(said):
    server = Server(said)
    assert call(server) is said


def test_nonces_are_kept_for_each_server_alone():
    server = Server(answer(200, {}, NONCE), answer(200))
    proofs = dpop.Proofs()
    proofs.call(server, KEY, "GET", URL)
    proofs.call(server, KEY, "GET", "https://other.example/")
    assert "nonce" not in server.proofs[1]


def test_a_proof_goes_by_the_clock_of_the_server():
    theirs = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=10)  # noqa: TID251
    date = {"Date": format_datetime(theirs, usegmt=True)}
    server = Server(answer(401, {"error": "invalid_dpop_proof"}, date), answer(200))
    assert call(server).ok
    first, second = (datetime.fromtimestamp(one["iat"], UTC) for one in server.proofs)
    assert abs(first - clock.now()) < timedelta(seconds=30) and abs(second - theirs) < timedelta(seconds=30)


@pytest.mark.parametrize("text", ["", "{}", "hush", '{"kty": "oct", "k": "aaaa"}', "[]"])
def test_what_is_no_key_is_said(text):
    with pytest.raises(dpop.UnusableKey):
        dpop.private(text)
    # The public half of a key signs nothing.
    with pytest.raises(dpop.UnusableKey):
        dpop.private(str(ECAlgorithm.to_jwk(dpop.private(KEY).public_key())))


def test_our_app_signs_for_itself():
    signed = dpop.assertion(KEY, client_id="https://us.example/c", audience="https://them.example", at=clock.now())
    public = ECAlgorithm.from_jwk(dpop.public_part(KEY))
    claims = jwt.decode(signed, public, algorithms=["ES256"], audience="https://them.example")
    assert claims["iss"] == claims["sub"] == "https://us.example/c" and claims["exp"] - claims["iat"] == 60
    assert jwt.get_unverified_header(signed)["kid"] == dpop.thumbprint(KEY)


@pytest.mark.parametrize("said", ["Mon, 01 Jan 2026 00:00:00 +99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_server_whose_clock_cannot_be_true_is_not_gone_by(said):
    assert abs(dpop.clock_of(answer(200, headers={"date": said})) - clock.now()) < timedelta(minutes=1)
