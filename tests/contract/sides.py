"""The other side of a connector: a stand-in that can be told to fail, or a real server that cannot."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from connectors.base import App, Connector, Credentials
from core.http import Door, Policy, origin_of

from .dance import CLIENT, DESCRIBED, TOWN, Dance, credentials_of, described_app, description
from .town import Town

numbers = itertools.count(1)


def needs(**traits: Any) -> Callable[[Any], Any]:
    """For which platforms a test is: by what their connector says of itself, and whether the other side can fail."""

    def marked(test: Any) -> Any:
        test.needs = traits
        return test

    return marked


@dataclass(frozen=True)
class Seen:
    """A post as it stands on the other side."""

    post_id: str
    text: str


class Side(Protocol):
    connector: Connector
    can_fail: bool

    def credentials(self) -> Credentials: ...
    def linked(self) -> Credentials:
        """Credentials that came by the platform's own way of linking, registration included."""

    def posts(self, short_url: str) -> list[Seen]: ...


class Sandbox:
    can_fail = True

    def __init__(self, connector: Connector, town: Town) -> None:
        self.connector, self.town = connector, town
        if connector.describes_itself:
            town.control("POST", "/modes", platform=connector.key, clients={DESCRIBED: description(connector)})

    def credentials(self) -> Credentials:
        person = self.town.person(self.connector.key, f"member{next(numbers)}")
        return Credentials(
            origin=TOWN if self.connector.needs_origin else "",
            access=person["access_token"],
            refresh=person["refresh_token"] or "",
            scopes=frozenset(self.connector.scopes),
            remote_id=person["remote_id"],
            handle=person["handle"],
            extra=person.get("extra", {}),
            **self.client(),  # type: ignore[arg-type]
        )

    def client(self) -> dict[str, str]:
        if self.connector.describes_itself:
            return {"client_id": DESCRIBED, "client_secret": described_app().client_secret}
        return {} if self.connector.needs_origin else CLIENT

    def linked(self) -> Credentials:
        dance = Dance(self.connector)
        return credentials_of(dance.finish(dance.allow(f"member{next(numbers)}")), dance.app)

    def by_app_password(self) -> Credentials:
        name = f"member{next(numbers)}.town.example"
        return credentials_of(self.connector.sign_in(handle=name, app_password="abcd-efgh-ijkl-mnop"), App())

    def posts(self, short_url: str) -> list[Seen]:
        found = self.town.posts(self.connector.key, short_url.rpartition("/")[2])
        return [Seen(post["post_id"], post["text"]) for post in found if not post["deleted_at"]]

    def break_next(self, op: str, kind: str, **more: Any) -> None:
        self.town.break_next(self.connector.key, op, kind, **more)


class RealBluesky:
    can_fail = False

    def __init__(self, connector: Connector, pds: str) -> None:
        self.connector, self.pds = connector, pds
        self.door = Door(Policy(frozenset({origin_of(pds)})))
        self.member: Credentials | None = None

    def credentials(self) -> Credentials:
        name = f"m{id(self):x}{next(numbers)}"[-18:]
        fields = {"handle": f"{name}.test", "email": f"{name}@example.org", "password": "a long password"}
        made = self.xrpc("server.createAccount", json=fields)
        made = self.xrpc("server.createAppPassword", json={"name": "advocacy"}, token=made["accessJwt"])
        grant = self.connector.sign_in(handle=fields["handle"], app_password=made["password"])
        self.member = credentials_of(grant, App())
        return self.member

    def linked(self) -> Credentials:
        return self.credentials()

    def by_app_password(self) -> Credentials:
        return self.credentials()

    def posts(self, short_url: str) -> list[Seen]:
        assert self.member
        params = {"repo": self.member.remote_id, "collection": "app.bsky.feed.post", "limit": "100"}
        records = self.xrpc("repo.listRecords", "GET", params=params)["records"]
        here = [one for one in records if short_url in json.dumps([one["value"]["text"], one["value"].get("embed")])]
        return [Seen(one["uri"], one["value"]["text"]) for one in here]

    def xrpc(self, verb: str, method: str = "POST", token: str = "", **how: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.door.request(method, f"{self.pds}/xrpc/com.atproto.{verb}", headers=headers, **how)
        assert answer.ok, answer.text
        return answer.json()
