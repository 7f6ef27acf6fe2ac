"""The consent dance as a browser and an application would do it together."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

BACK = "http://127.0.0.1:9/back"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
APP = ("advocacy-sandbox", "sandbox-secret")


def question(client, scopes, **more):
    return {
        "response_type": "code",
        "client_id": client,
        "redirect_uri": BACK,
        "scope": scopes,
        "state": "s1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **more,
    }


def brought_back(answer):
    assert answer.status_code == 302, answer.text
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in query.items()}


def consent(town, path, asked, decision="allow", name="Ada Lovelace"):
    form = {"decision": decision, "name": name}
    return brought_back(town.call("POST", path, params=asked, data=form))
