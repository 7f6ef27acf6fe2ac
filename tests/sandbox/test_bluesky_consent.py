"""Consent at the stand-in for Bluesky: what the protocol asks for, and what a thief would try."""

import base64
import hashlib
import json
import secrets

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from sandbox.clock import Clock
from tests.sandbox.dance import BACK, CHALLENGE, VERIFIER, consent

AT = "/bluesky"
SCOPE = "atproto repo:app.bsky.feed.post blob:image/*"
CLIENT = f"http://localhost?redirect_uri={BACK}&scope={SCOPE.replace(' ', '+')}"
SESSION = f"{AT}/xrpc/com.atproto.server.getSession"


class Holder:
    """Somebody with a key, who proves each call unless told otherwise."""

    def __init__(self, town):
        self.town, self.key, self.nonce = town, ec.generate_private_key(ec.SECP256R1()), ""

    def proof(self, method, path, token="", **changes):
        public = json.loads(ECAlgorithm.to_jwk(self.key.public_key()))
        now = int(Clock(self.town.clock).now())
        claims = {"jti": secrets.token_hex(8), "htm": method, "htu": self.town.base + path, "iat": now}
        claims["nonce"] = self.nonce
        if token:
            claims["ath"] = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()
        head = {"typ": "dpop+jwt", "jwk": public}
        return jwt.encode({**claims, **changes}, self.key, algorithm="ES256", headers=head)

    def call(self, method, path, token="", *, proof="", **rest):
        headers = rest.pop("headers", {}) | ({"Authorization": f"DPoP {token}"} if token else {})
        for _ in range(2):
            headers["DPoP"] = proof or self.proof(method, path, token)
            answer = self.town.call(method, path, headers=headers, **rest)
            self.nonce = answer.headers.get("DPoP-Nonce", self.nonce)
            if proof or error(answer) != "use_dpop_nonce":
                break
        return answer

    def push(self, **changes):
        asked = {
            "client_id": CLIENT, "redirect_uri": BACK, "scope": SCOPE, "state": "s1", "response_type": "code",
            "code_challenge": CHALLENGE, "code_challenge_method": "S256", "login_hint": "ada.town.example",
        }  # fmt: skip
        return self.call("POST", f"{AT}/oauth/par", data={**asked, **changes})

    def allowed(self):
        asked = {"client_id": CLIENT, "request_uri": self.push().json()["request_uri"]}
        return consent(self.town, f"{AT}/oauth/authorize", asked, name="ada")

    def token(self, **fields):
        given = {"client_id": CLIENT, "redirect_uri": BACK, "code_verifier": VERIFIER}
        return self.call("POST", f"{AT}/oauth/token", data={**given, **fields})

    def linked(self):
        return self.token(grant_type="authorization_code", code=self.allowed()["code"]).json()

    def renewed(self, token):
        return self.token(grant_type="refresh_token", refresh_token=token)


def error(answer):
    return answer.json().get("error") if "json" in answer.headers["Content-Type"] else None


@pytest.fixture
def ada(town):
    return Holder(town)


def test_the_whole_way(town, ada):
    server = town.call("GET", f"{AT}/.well-known/oauth-authorization-server").json()
    back = ada.allowed()
    assert back["iss"] == server["issuer"] == f"{town.base}{AT}" and back["state"] == "s1"
    granted = ada.token(grant_type="authorization_code", code=back["code"]).json()
    assert granted["token_type"] == "DPoP" and granted["expires_in"] == 3599 and granted["scope"] == SCOPE
    assert ada.call("GET", SESSION, granted["access_token"]).json()["did"] == granted["sub"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scope": "atproto transition:generic"}, "invalid_scope"),
        ({"scope": "repo:app.bsky.feed.post"}, "invalid_scope"),
        ({"redirect_uri": "http://127.0.0.1:9/elsewhere"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"client_id": "https://unknown.example/client"}, "invalid_client_metadata"),
    ],
)
def test_a_request_that_is_not_right_is_not_taken(ada, changes, said):
    assert error(ada.push(**changes)) == said


def test_a_pushed_request_lives_299_seconds_and_is_answered_once(town, ada):
    asked = {"client_id": CLIENT, "request_uri": ada.push().json()["request_uri"]}
    assert "code" in consent(town, f"{AT}/oauth/authorize", asked)
    assert "expired" in town.call("GET", f"{AT}/oauth/authorize", params=asked).text
    asked["request_uri"] = ada.push().json()["request_uri"]
    town.later(301)
    assert "expired" in town.call("GET", f"{AT}/oauth/authorize", params=asked).text


def test_every_part_of_a_proof_is_looked_at(town, ada):
    token = ada.linked()["access_token"]
    good = ada.proof("GET", SESSION, token)
    assert ada.call("GET", SESSION, token, proof=good).ok
    wrong = [
        good,  # once more
        ada.proof("POST", SESSION, token),
        ada.proof("GET", SESSION + "x", token),
        ada.proof("GET", SESSION, "another token"),
        ada.proof("GET", SESSION),
        ada.proof("GET", SESSION, token, iat=1),
        "nonsense",
    ]
    for proof in wrong:
        answer = ada.call("GET", SESSION, token, proof=proof)
        assert answer.status_code == 401 and error(answer) in ("invalid_dpop_proof", "use_dpop_nonce"), proof
        assert answer.headers["DPoP-Nonce"]


def test_a_stolen_token_is_of_no_use(town, ada):
    granted, thief = ada.linked(), Holder(town)
    assert error(thief.call("GET", SESSION, granted["access_token"])) == "invalid_token"
    assert error(town.call("GET", SESSION, granted["access_token"])) == "InvalidToken"
    assert error(thief.renewed(granted["refresh_token"])) == "invalid_grant"
    # A code neither, and then the one it was stolen from has lost it too.
    code = ada.allowed()["code"]
    assert error(thief.token(grant_type="authorization_code", code=code)) == "invalid_grant"
    assert error(ada.token(grant_type="authorization_code", code=code)) == "invalid_grant"


def test_a_nonce_lasts_some_minutes_and_a_new_one_is_told(town, ada):
    token = ada.linked()["access_token"]
    before = ada.nonce
    town.later(600)
    answer = ada.call("GET", SESSION, token, proof=ada.proof("GET", SESSION, token))
    assert (answer.status_code, error(answer)) == (401, "use_dpop_nonce") and ada.nonce != before
    assert ada.call("GET", SESSION, token).ok


def test_a_renewal_used_twice_ends_the_session_and_its_newest_tokens_too(ada):
    granted = ada.linked()
    newest = ada.renewed(granted["refresh_token"]).json()
    assert ada.call("GET", SESSION, newest["access_token"]).ok
    again = ada.renewed(granted["refresh_token"]).json()
    assert (again["error"], again["error_description"]) == ("invalid_grant", "Refresh token replayed")
    assert error(ada.renewed(newest["refresh_token"])) == "invalid_grant"
    assert error(ada.call("GET", SESSION, newest["access_token"])) == "invalid_token"


def test_a_code_used_twice_ends_what_it_began(ada):
    code = ada.allowed()["code"]
    granted = ada.token(grant_type="authorization_code", code=code).json()
    assert error(ada.token(grant_type="authorization_code", code=code)) == "invalid_grant"
    assert error(ada.call("GET", SESSION, granted["access_token"])) == "invalid_token"


def test_what_was_taken_back_is_refused_and_so_is_what_has_run_out(town, ada):
    granted = ada.linked()
    assert ada.call("POST", f"{AT}/oauth/revoke", data={"client_id": CLIENT, "token": granted["refresh_token"]}).ok
    answer = ada.call("GET", SESSION, granted["access_token"])
    assert (answer.status_code, error(answer)) == (401, "invalid_token")
    granted = ada.linked()
    town.later(3600)
    assert error(ada.call("GET", SESSION, granted["access_token"])) == "invalid_token"
    # Whoever cannot prove which application it is keeps a session for two weeks.
    town.later(14 * 86_400)
    assert error(ada.renewed(granted["refresh_token"])) == "invalid_grant"


def test_rights_are_looked_at_one_by_one(town, ada):
    narrow = "atproto blob:image/*"
    asked = {"client_id": CLIENT, "request_uri": ada.push(scope=narrow).json()["request_uri"]}
    code = consent(town, f"{AT}/oauth/authorize", asked, name="ada")["code"]
    granted = ada.token(grant_type="authorization_code", code=code).json()
    body = {"repo": granted["sub"], "collection": "app.bsky.feed.post", "rkey": "3kabcdefgh234", "record": {"text": ""}}
    answer = ada.call("POST", f"{AT}/xrpc/com.atproto.repo.putRecord", granted["access_token"], json=body)
    assert (answer.status_code, error(answer)) == (403, "ScopeMissingError")
