"""Who is asked for a guideline now, and who has signed all that this takes."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audiences import queries as audiences
from audiences.terms import cleaned
from guidelines.models import Guideline, Publication, Receipt
from guidelines.models.evidence import SIGNED
from guidelines.models.versions import EDITORIAL, SOME


def current(guideline: Guideline) -> Publication | None:
    """What is published now; None before the first and after a withdrawal."""
    rows = Publication.objects.filter(guideline=guideline, version__state="published")
    return rows.order_by("-number").first()


def in_audience(guideline: Guideline) -> QuerySet[User]:
    """Everybody at the firm now whom it is for; in no order."""
    if guideline.audience is None:
        return User.objects.filter(is_active=True)
    return audiences.members_of(cleaned(guideline.audience.terms))


def unsatisfied(guideline: Guideline, members: QuerySet[User]) -> QuerySet[User]:
    """Those of them who have still to sign: whose last signature is older than the last change for all, or than a
    change for some that is about them."""
    published = list(Publication.objects.filter(guideline=guideline).order_by("number"))
    if not published:
        return members.none()
    for_all = [one.number for one in published[1:] if one.change not in (EDITORIAL, SOME)]
    least = max([published[0].number, *for_all])
    lacking = ~_signed_since(guideline, least)
    for one in published:
        if one.change == SOME and one.number > least:
            about_them = audiences.members_of(cleaned(one.some_terms)).values("pk")
            lacking |= Q(pk__in=about_them) & ~_signed_since(guideline, one.number)
    return members.filter(lacking)


def _signed_since(guideline: Guideline, number: int) -> Q:
    signed = Receipt.objects.filter(
        kind=SIGNED, member=OuterRef("pk"), publication__guideline=guideline, publication__number__gte=number
    )
    return Q(Exists(signed))
