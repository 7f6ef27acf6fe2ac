"""Whoever reads a version in HR hears that one waits, and its writer what became of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from guidelines import texts
from guidelines.models import Version
from notifications import actions as notifications

KIND = "guideline.review"
Sentence = Callable[[dict[str, object]], str]


def ask_reviewers(version: Version, *, actor: User, at: datetime) -> None:
    """Everybody of HR but whoever sent it. What its writer was told before is over."""
    _forget(_to_writer(version), at, "sent_again")
    others = User.objects.filter(is_active=True, roles__contains=["hr"]).exclude(pk=actor.pk)
    _tell(
        list(others), version, _to_reviewers(version), actor, at,
        lambda words: _("%(name)s asks you to read and publish “%(title)s”, version %(n)s.") % words,
    )  # fmt: skip


def tell_sent_back(version: Version, *, actor: User, at: datetime) -> None:
    """Its writer, with who and why."""
    _forget(_to_reviewers(version), at, "sent_back")
    _tell(
        _writer(version, actor), version, _to_writer(version), actor, at,
        lambda words: _("%(name)s sent “%(title)s” back: %(reason)s") % words,
    )  # fmt: skip


def tell_published(version: Version, *, actor: User, at: datetime) -> None:
    _forget(_to_reviewers(version), at, "published")
    _tell(
        _writer(version, actor), version, _to_writer(version), actor, at,
        lambda words: _("%(name)s published “%(title)s”, version %(n)s.") % words,
    )  # fmt: skip


def _writer(version: Version, actor: User) -> list[User]:
    sent = version.submitted_by
    return [sent] if sent and sent.is_active and sent.pk != actor.pk else []


def _tell(
    members: Sequence[User], version: Version, about: str, actor: User, at: datetime, sentence: Sentence
) -> None:  # fmt: skip
    title = texts.read(version.content[version.guideline.language]).title
    words = {"name": actor.name, "title": title, "n": version.number, "reason": version.sent_back_reason}

    def said(language: str) -> notifications.Said:
        with override(language):
            return notifications.Said(sentence(words))

    if members:
        notifications.tell_all(members=members, kind=KIND, about=about, words=said, url=_place(version), at=at)


def _place(version: Version) -> str:
    return reverse("guidelines:version", args=[version.pk])


def _forget(about: str, at: datetime, reason: str) -> None:
    notifications.remove_notices(about=about)
    notifications.drop_deliveries(about=about, at=at, reason=reason)
    notifications.drop_mails(about=about, at=at, reason=reason)


def _to_reviewers(version: Version) -> str:
    return f"guideline-review:{version.pk}"


def _to_writer(version: Version) -> str:
    return f"guideline-written:{version.pk}"
