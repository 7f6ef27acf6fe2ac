"""Keeping audiences and lists. An audience that changes opens and closes its stories with the next page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from audiences import queries, rules
from audiences.models import Audience, Listed, MemberList
from audiences.terms import cleaned, is_everybody
from connectors.text import one_line
from core import audit
from core.refusals import CannotDo


class CannotKeep(CannotDo):
    """An audience or a list that cannot be kept so."""


def compose_audience(*, actor: User, terms: Any, at: datetime) -> Audience | None:
    """The nameless audience of these terms; None where they leave nobody out. The same terms are one row."""
    _allow(actor)
    said = cleaned(terms)
    if is_everybody(said):
        return None
    made = Audience.objects.filter(name="", terms=said).order_by("pk").first()
    return made or Audience.objects.create(name="", terms=said, made_by=actor, made_at=at)


def save_audience(
    *, actor: User, audience: Audience | None, name: str, terms: Any, edition: int | None = None, at: datetime
) -> Audience:
    """Make a named audience, or change one. `edition` is the one the person was shown. Raises CannotKeep."""
    _allow(actor)
    said = cleaned(terms)
    fields = {"name": _name(name), "terms": said}
    if is_everybody(said):
        raise CannotKeep(_("Nothing is chosen yet, so this would be everybody. Choose at least one thing."))
    try:
        with transaction.atomic():
            if audience is None:
                audience = Audience.objects.create(**fields, made_by=actor, made_at=at)
            else:
                shown = audience.edition if edition is None else edition
                rows = Audience.objects.filter(pk=audience.pk, edition=shown).exclude(name="")
                if not rows.update(**fields, edition=F("edition") + 1):
                    raise CannotKeep(_("Somebody else changed this audience meanwhile. Look once more, then save."))
                audience.refresh_from_db()
            data = {"terms": audience.terms}
            audit.record(actor=actor, kind="audience.saved", about=f"audience:{audience.pk}", at=at, data=data)
    except IntegrityError:
        raise CannotKeep(_("There is an audience of that name already. Please choose another.")) from None
    return audience


def delete_audience(*, actor: User, audience: Audience, at: datetime) -> None:
    """Only what nothing uses: a story must not become open to all by this. Raises CannotKeep."""
    _allow(actor)
    try:
        with transaction.atomic():
            audit.record(actor=actor, kind="audience.deleted", about=f"audience:{audience.pk}", at=at)
            audience.delete()
    except ProtectedError:
        raise CannotKeep(
            _("Stories, feeds or guidelines use this audience, so it stays. Give them another one first.")
        ) from None


def save_list(*, actor: User, kept: MemberList | None, name: str, at: datetime) -> MemberList:
    _allow(actor)
    try:
        with transaction.atomic():
            if kept is None:
                kept = MemberList.objects.create(name=_name(name), made_by=actor, made_at=at)
            else:
                kept.name = _name(name)
                kept.save(update_fields=["name"])
            audit.record(actor=actor, kind="list.saved", about=f"list:{kept.pk}", at=at)
    except IntegrityError:
        raise CannotKeep(_("There is a list of that name already. Please choose another.")) from None
    return kept


def change_list(
    *, actor: User, kept: MemberList, add: Iterable[User] = (), drop: Iterable[int] = (), at: datetime
) -> None:
    """Put members on a list and take others off, in one step."""
    _allow(actor)
    with transaction.atomic():
        Listed.objects.bulk_create([Listed(list=kept, member=member) for member in add], ignore_conflicts=True)
        Listed.objects.filter(list=kept, member__in=list(drop)).delete()
        audit.record(actor=actor, kind="list.changed", about=f"list:{kept.pk}", at=at)


def delete_list(*, actor: User, kept: MemberList, at: datetime) -> None:
    """Only a list that no audience speaks of. Raises CannotKeep."""
    _allow(actor)
    if spoken_of := queries.audiences_with(kept):
        name = next((one.name for one in spoken_of if one.name), "")
        text = (
            _("The audience “%(name)s” uses this list, so it stays.")
            if name
            else _("A story uses this list, so it stays.")
        )
        raise CannotKeep(text % {"name": name})
    with transaction.atomic():
        audit.record(actor=actor, kind="list.deleted", about=f"list:{kept.pk}", at=at)
        kept.delete()


def _allow(actor: User) -> None:
    if not rules.may_compose(actor):
        raise CannotKeep(_("Audiences are kept by curators, HR and administrators."))


def _name(name: str) -> str:
    said = one_line(name)[:80]
    if not said:
        raise CannotKeep(_("Please give it a name."))
    return said
