"""Rows for tests, believable and unlike each other. `LinkedAccountFactory(token="…")` seals the token to its row."""

import uuid
from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.actions.health import sealed, sealed_extra
from accounts.models import LinkedAccount, Team, User
from audiences.models import Audience, MemberList
from audiences.terms import cleaned
from content.models import Feed, Story
from core import clock
from links.models import ShortLink
from shares.models import Share

now = factory.LazyFunction(clock.now)
PASSWORD = "correct horse battery"


class TeamFactory(DjangoModelFactory[Team]):
    class Meta:
        model = Team

    name = factory.Sequence("Team {}".format)


class MemberFactory(DjangoModelFactory[User]):
    """`MemberFactory(roles=["curator"])`; everybody's password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence("Ines Okafor {}".format)
    email = factory.Sequence("ines{}@firm.example".format)
    team = factory.SubFactory(TeamFactory)
    joined_at = now
    welcomed_at = now

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        kwargs.setdefault("password", PASSWORD)
        return User.objects.create_user(**kwargs)


class LinkedAccountFactory(DjangoModelFactory[LinkedAccount]):
    class Meta:
        model = LinkedAccount
        skip_postgeneration_save = True

    member = factory.SubFactory(MemberFactory)
    connector = "mastodon"
    origin = factory.LazyAttribute(lambda made: "https://town.example" if made.connector == "mastodon" else "")
    remote_id = factory.Sequence("remote-{}".format)
    handle = factory.Sequence("@ines{}@town.example".format)
    scopes = ["write:statuses"]
    state = "healthy"
    state_at = now
    linked_at = now

    @classmethod
    def _create(cls, model_class: type[LinkedAccount], *args: Any, **kwargs: Any) -> LinkedAccount:
        token, renewal = kwargs.pop("token", "access-token"), kwargs.pop("renewal", "")
        extra = kwargs.pop("extra", None) or {}
        account = model_class.objects.create(*args, **kwargs)
        account.access, account.refresh = sealed(account, token), sealed(account, renewal)
        account.extra = sealed_extra(account, extra)
        account.save()
        return account


class MemberListFactory(DjangoModelFactory[MemberList]):
    class Meta:
        model = MemberList

    name = factory.Sequence("Apprentices {}".format)
    made_at = now


class AudienceFactory(DjangoModelFactory[Audience]):
    """`AudienceFactory(team=[team.pk])` is for a team; or `terms` in full."""

    class Meta:
        model = Audience

    name = factory.Sequence("Workshop {}".format)
    made_at = now

    @classmethod
    def _create(cls, model_class: type[Audience], *args: Any, **kwargs: Any) -> Audience:
        team = kwargs.pop("team", [])
        kwargs["terms"] = cleaned(kwargs.get("terms") or {"in": [{"kind": "team", "values": team}]})
        return model_class.objects.create(*args, **kwargs)


class FeedFactory(DjangoModelFactory[Feed]):
    class Meta:
        model = Feed

    url = factory.Sequence("https://blog.example/feed/{}.xml".format)
    title = factory.Sequence("Blog {}".format)
    state = "active"
    state_at = now
    due_at = now


class StoryFactory(DjangoModelFactory[Story]):
    """A live story, unless told otherwise."""

    class Meta:
        model = Story

    title = factory.Sequence("What we learnt in week {}".format)
    summary = "Four things that worked and one that did not."
    url = factory.Sequence("https://blog.example/week-{}".format)
    state = "live"
    state_at = now
    live_at = now
    created_at = now
    created_by = factory.SubFactory(MemberFactory)


class ShortLinkFactory(DjangoModelFactory[ShortLink]):
    class Meta:
        model = ShortLink

    code = factory.Sequence("code{:06d}".format)
    target = "https://blog.example/week-1"
    group = "story:1"
    created_at = now


class ShareFactory(DjangoModelFactory[Share]):
    class Meta:
        model = Share

    account = factory.SubFactory(LinkedAccountFactory)
    member = factory.SelfAttribute("account.member")
    connector = factory.SelfAttribute("account.connector")
    story = factory.SubFactory(StoryFactory)
    words = "We tried this and it held."
    disclosure = "I work here."
    link = factory.SubFactory(ShortLinkFactory)
    key = factory.LazyFunction(uuid.uuid4)
    record_key = factory.Sequence("3k{:011d}".format)
    state = "scheduled"
    state_at = now
    planned_at = now
    wanted_at = now
    due_at = now
    cut_off_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))
