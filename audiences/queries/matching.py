"""Who belongs to an audience, and which audiences a member belongs to: the same question from both ends.

Both are asked of what is so now. Whoever changes team gains and loses stories with the next page.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from accounts.queries import active_members
from audiences.models import Audience, Listed
from audiences.terms import LEADS_OTHERS, Terms, meets, traits

SAMPLES = 3
LEADS = f"leads:{LEADS_OTHERS}"
TRAITS: Any = ArrayField(TextField())
# Read once for all audiences, so that a page with a thousand closed stories asks no more than a page with none.
ANY_VALUE = (
    "(SELECT 1 FROM jsonb_array_elements_text(term->'values') AS v(word) "
    "WHERE (term->>'kind') || ':' || word = ANY(held))"
)
MEETS = (
    "(SELECT (jsonb_array_length({terms}->'in') = 0 "
    f"OR EXISTS (SELECT 1 FROM jsonb_array_elements({{terms}}->'in') AS t(term) WHERE EXISTS {ANY_VALUE})) "
    f"AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements({{terms}}->'who') AS t(term) WHERE NOT EXISTS {ANY_VALUE}) "
    f"AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements({{terms}}->'except') AS t(term) WHERE EXISTS {ANY_VALUE}) "
    "FROM (SELECT {traits} AS held) traits)"
)


class Meets(Func):
    """Whether these terms are met by somebody with these traits."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        terms, held = self.get_source_expressions()
        column, _none = compiler.compile(terms)
        array, values = compiler.compile(held)
        return MEETS.format(terms=column, traits=array), tuple(values)


def reaching(member: User) -> QuerySet[Audience]:
    """The audiences this member belongs to. Meant to stand inside another query, where it costs none of its own:
    `Story.objects.filter(Q(audience=None) | Q(audience__in=reaching(member)))`."""
    if not member.is_active:
        return Audience.objects.none()
    held: Any = Cast(Value(traits(member), output_field=TRAITS), TRAITS)
    for known in (on_lists([member.pk]).values("trait"), leading([member.pk]).values("trait")[:1]):
        held = Func(held, Cast(ArraySubquery(known), TRAITS), function="array_cat", output_field=TRAITS)
    return Audience.objects.filter(Meets(F("terms"), held))


def reached(members: Iterable[User], among: Collection[int]) -> dict[int, set[int]]:
    """To which of these audiences each member belongs, by their numbers: `reaching` for many, in two queries."""
    held = {member.pk: set(traits(member)) for member in members if member.is_active}
    known = on_lists(held).values_list("member", "trait").union(leading(held).values_list("manager", "trait"))
    for member, trait in known:
        held[member].add(trait)
    asked = list(Audience.objects.filter(pk__in=among).values_list("pk", "terms"))
    return {member: {number for number, terms in asked if meets(terms, mine)} for member, mine in held.items()}


def on_lists(members: Collection[int]) -> QuerySet[Any]:
    """A row for each list one of these members is on, with its `trait`."""
    trait = Concat(Value("list:"), Cast("list_id", TextField()), output_field=TextField())
    return Listed.objects.filter(member__in=members).annotate(trait=trait)


def leading(members: Collection[int]) -> QuerySet[Any]:
    """A row for each colleague who reports to one of these members, with the `trait` that gives their `manager`."""
    return reporting().filter(manager__in=members).annotate(trait=Value(LEADS, output_field=TextField()))


def reporting() -> QuerySet[User]:
    """Colleagues who report to somebody, their `manager`."""
    return User.objects.filter(manager__isnull=False, is_active=True)


def is_reached(member: User, audience_id: int | None) -> bool:
    """No audience means everybody."""
    return audience_id is None or reaching(member).filter(pk=audience_id).exists()


def members_of(terms: Terms) -> QuerySet[User]:
    """Everybody at the firm now who meets these terms, in one query and in no order."""
    return User.objects.filter(condition(terms), is_active=True)


def condition(terms: Terms) -> Q:
    """The same as a question about a member, so that several audiences can be counted in one look at all of them."""
    met, any_of = Q(), Q()
    for term in terms["in"]:
        any_of |= _meets(term)
    met &= any_of
    for term in terms["who"]:
        met &= _meets(term)
    for term in terms["except"]:
        met &= ~_meets(term)
    return met


def _meets(term: dict[str, Any]) -> Q:
    kind, values = term["kind"], term["values"]
    if kind == "team":
        return Q(team__in=[int(value) for value in values])
    if kind == "list":
        return Q(pk__in=Listed.objects.filter(list__in=[int(value) for value in values]).values("member"))
    if kind == "leads":
        return Q(pk__in=reporting().values("manager")) if LEADS_OTHERS in values else Q(pk__in=[])
    if kind in ("role", "skill"):
        return Q(**{f"{kind}s__overlap": values})
    return Q(**{f"{kind}__in": values})


def count(terms: Terms) -> int:
    return members_of(terms).count()


def samples(terms: Terms) -> list[str]:
    """A few names, so that who composes sees whether it means whom they mean: the ones who came last, since sorting all
    by name would read all."""
    return list(members_of(terms).order_by("-pk").values_list("name", flat=True)[:SAMPLES])


def everybody_count() -> int:
    return active_members().order_by().count()
