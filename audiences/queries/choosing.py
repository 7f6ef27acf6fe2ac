"""What there is to choose from, what it is called, and where audiences are used."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from accounts.models import ROLES, Team, User
from accounts.ordering import in_order_of
from accounts.skills import known_skills
from audiences.models import Audience, MemberList
from audiences.queries.matching import SAMPLES, count, everybody_count, samples
from audiences.sentences import COUNTRY_NAMES, Names, role_name
from audiences.terms import LEADS_OTHERS, Terms, is_everybody, numbers

Choices = list[tuple[str, str]]


def names() -> Names:
    teams = {str(pk): name for pk, name in Team.objects.values_list("pk", "name")}
    return Names(teams, {str(pk): name for pk, name in MemberList.objects.values_list("pk", "name")})


def choices() -> dict[str, Choices]:
    """By kind, what at least one colleague is; teams, lists and languages whether or not anybody is."""
    members = User.objects.filter(is_active=True)
    places = members.exclude(place="").order_by("place").values_list("place", flat=True).distinct()
    countries = members.order_by().values_list("country", flat=True).distinct()
    professions = members.exclude(profession="").order_by("profession").values_list("profession", flat=True)
    teams = Team.objects.order_by(in_order_of("name")).values_list("pk", "name")
    lists = MemberList.objects.order_by(in_order_of("name")).values_list("pk", "name")
    return {
        "team": [(str(pk), name) for pk, name in teams],
        "place": [(place, place) for place in places],
        "country": sorted(((code, str(COUNTRY_NAMES.get(code, code))) for code in countries), key=lambda one: one[1]),
        "profession": [(profession, profession) for profession in professions.distinct()],
        "role": [(role, role_name(role)) for role in ROLES],
        "language": [(code, str(name)) for code, name in settings.LANGUAGES],
        "skill": [(skill, skill) for skill in known_skills()],
        "leads": [(LEADS_OTHERS, _("somebody reports to them"))],
        "list": [(str(pk), name) for pk, name in lists],
    }


@dataclass(frozen=True)
class Reach:
    """How many an audience means now, of how many, and a few of them by name."""

    count: int
    of: int
    samples: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.samples)


def reach(terms: Terms) -> Reach:
    of = everybody_count()
    if is_everybody(terms):
        return Reach(of, of, [])
    found = samples(terms)
    # Fewer than were asked for: then that is all of them.
    return Reach(count(terms) if len(found) == SAMPLES else len(found), of, found)


def named() -> QuerySet[Audience]:
    """Audiences to choose again; those made for one story are not among them."""
    return Audience.objects.exclude(name="").order_by(in_order_of("name"), "pk")


def lists() -> QuerySet[MemberList]:
    return MemberList.objects.annotate(size=Count("rows")).order_by(in_order_of("name"), "pk")


def uses() -> Counter[int]:
    """By audience, how many rows above point at it: stories, feeds, guidelines. One query for each such table."""
    found: Counter[int] = Counter()
    for relation in Audience._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__isnull": False})
        found.update(dict(rows.order_by().values_list(relation.field.name).annotate(Count("pk"))))
    return found


def audiences_with(one: MemberList) -> list[Audience]:
    """Those that speak of this list, the nameless ones that are in use too."""
    used = uses()
    return [
        each
        for each in Audience.objects.all()
        if one.pk in numbers(each.terms, "list") and (each.name or used[each.pk])
    ]
