"""Which words say who is speaking in a post: by the member's country, the post's language, the platform, the campaign.

A rule fits where everything it names is so. Of those that fit, the one that names the country goes before those that
do not, since the country's law comes first; then one that names the campaign, then the language (`de-AT` before `de`),
then the platform. A rule whose wordings may not stand in that country is passed over. Where none is left, the usual
wordings hold, which are ours.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.queries import organisation
from content.models import Caption, DisclosureRule, Story
from content.queries.usual_lines import LABELS, spoken, usual_wordings, with_contest

ALIKE = 0.5


@dataclass(frozen=True)
class Line:
    """What stands in a post, before or after the words; `wordings` are what else may be chosen, the first is usual."""

    text: str
    before: bool = True
    wordings: tuple[str, ...] = ()
    rule: DisclosureRule | None = None  # None: our usual wordings
    rewarded: bool = False

    @property
    def record(self) -> dict[str, int | bool]:
        """Where it came from, as a share keeps it."""
        named = {"rule": self.rule.pk, "version": self.rule.version} if self.rule else {}
        return named | ({"rewarded": True} if self.rewarded else {})


@dataclass(frozen=True)
class Place:
    """Where a post will stand."""

    country: str
    language: str = ""
    connector: str = ""
    campaign: int | None = None
    rewarded: bool = False


@dataclass(frozen=True)
class Rulebook:
    rules: tuple[DisclosureRule, ...]
    name: str  # of the firm

    def line(self, place: Place, chosen: Collection[str] = ()) -> Line:
        """The line of this place; of its wordings the one that is among `chosen`, else the first."""
        rule = max((one for one in self.rules if fits(one, place)), key=lambda one: rank(one, place), default=None)
        wordings = permitted(rule, place.country) if rule else usual_wordings(place.country.upper(), place.language)
        if place.rewarded:
            wordings = tuple(with_contest(one, place.language) for one in wordings)
        # Plain replacement: a name or wording may hold braces of its own.
        filled = tuple(dict.fromkeys(one.replace("{organisation}", self.name) for one in wordings))
        text = next((one for one in filled if one in chosen), filled[0])
        return Line(text, rule.before if rule else True, filled, rule, place.rewarded)


def rulebook(organisation_name: str = "") -> Rulebook:
    """All rules, by one query."""
    return Rulebook(tuple(DisclosureRule.objects.all()), organisation_name or organisation().name)


def disclosure(
    country: str,
    organisation_name: str = "",
    *,
    language: str = "",
    connector: str = "",
    story: Story | None = None,
    chosen: Collection[str] = (),
) -> Line:
    """The line of one post. Several are asked of one `rulebook()`."""
    place = place_of(country, language=language, connector=connector, story=story)
    return rulebook(organisation_name).line(place, chosen)


def place_of(country: str, *, language: str = "", connector: str = "", story: Story | None = None) -> Place:
    campaign = story.open_campaign if story else None
    rewarded = story.is_rewarded if story else False
    return Place(country, language, connector, campaign.pk if campaign else None, rewarded)


def fits(rule: DisclosureRule, place: Place) -> bool:
    return (
        rule.country in ("", place.country.upper())
        and rule.language in ("", place.language, spoken(place.language))
        and rule.connector in ("", place.connector)
        and rule.campaign_id in (None, place.campaign)
        and bool(permitted(rule, place.country))
    )


def rank(rule: DisclosureRule, place: Place) -> tuple[bool, bool, int, bool]:
    """Larger goes first. No two that fit one place are alike, since no two rules name the same."""
    language = (bool(rule.language) + (rule.language == place.language)) if rule.language else 0
    return bool(rule.country), rule.campaign_id is not None, language, bool(rule.connector)


def permitted(rule: DisclosureRule, country: str) -> tuple[str, ...]:
    """The wordings of a rule that may stand in this country: with a label in front where its courts want one, unless
    the firm has documented that it decided otherwise."""
    if country.upper() not in LABELS or rule.is_documented:
        return tuple(rule.wordings)
    return tuple(one for one in rule.wordings if rule.before and is_labelled(one, country))


def is_labelled(wording: str, country: str) -> bool:
    begins = wording.strip(" #*[(·-–—").casefold()
    return begins.startswith(tuple(label.casefold() for label in LABELS.get(country.upper(), ())))


def named(rule: DisclosureRule | None, names: dict[str, str]) -> str:
    """A rule in words: what it names. `names` tells countries, languages and platforms by their keys."""
    if rule is None:
        return _("Our usual wording")
    parts = [names.get(key, key) for key in (rule.country, rule.language, rule.connector) if key]
    parts += [rule.campaign.name] if rule.campaign_id and rule.campaign else []
    return " · ".join(parts) or _("Everywhere")


def post_language(story: Story, words: str, captions: Iterable[Caption]) -> str:
    """The language these words are in: that of the suggestion they were made from, else the story's."""
    typed = set(words.casefold().split())
    best, language = ALIKE, story.language
    for caption in captions:
        offered = set(caption.text.casefold().split())
        alike = len(typed & offered) / max(len(typed | offered), 1)
        if alike > best:
            best, language = alike, caption.language
    return language
