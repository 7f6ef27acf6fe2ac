"""Whoever is asked to sign hears of it once, by the ways they chose, and not again for a newer version of the same."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.queries import away_from
from guidelines import texts
from guidelines.models import Due, Guideline, Publication
from notifications import actions as notifications

BATCH = 1000
KIND = "guideline.asked"


def tell_dues(*, at: datetime) -> int:
    """One batch: of how many dues somebody was told. 0 when nobody waits to hear."""
    with transaction.atomic():
        # Whoever is away hears of it when they are back.
        waiting = Due.objects.filter(told_at=None, state="open").exclude(member__away_until__gte=away_from(at))
        first = waiting.order_by("pk").first()
        if first is None:
            return 0
        rows = waiting.filter(publication=first.publication_id).order_by("pk")
        dues = list(rows.select_related("member").select_for_update(of=("self",), skip_locked=True)[:BATCH])
        published = Publication.objects.get(pk=first.publication_id)
        notifications.tell_all(
            members=[due.member for due in dues], kind=KIND, about=about(published.guideline_id),
            words=words_of(published), url=reverse("guidelines:read", args=[published.guideline_id]), at=at,
        )  # fmt: skip
        Due.objects.filter(pk__in=[due.pk for due in dues]).update(told_at=at)
        return len(dues)


def words_of(published: Publication) -> Callable[[str], notifications.Said]:
    def said(language: str) -> notifications.Said:
        title = texts.text_of(published.content, language, published.language)[0].title
        with override(language):
            return notifications.Said(
                _("A guideline waits for you: “%(title)s”.") % {"title": title},
                _("It takes a few minutes to read, and one signature."),
            )

    return said


def take_back(guideline: Guideline, at: datetime) -> None:
    """It was withdrawn: nobody needs to hear of it any more."""
    notifications.remove_notices(about=about(guideline.pk))
    notifications.drop_deliveries(about=about(guideline.pk), at=at, reason="withdrawn")
    notifications.drop_mails(about=about(guideline.pk), at=at, reason="withdrawn")


def about(guideline_id: int) -> str:
    return f"guideline:{guideline_id}"
