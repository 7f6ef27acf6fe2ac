"""HR reads one version: all that is published with it, in every language, before it is out and afterwards."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.rules import require
from audiences import queries as audiences
from audiences.sentences import sentence
from audiences.terms import cleaned
from core import clock, languages, markdown
from core.reading import in_minutes
from guidelines import actions, queries, rules, texts
from guidelines.forms.situations import preview as situations_of
from guidelines.models import Guideline, Publication, Version
from guidelines.models.versions import AGAIN, EDITORIAL, SOME
from guidelines.views.warnings import warnings


@dataclass(frozen=True)
class Shown:
    """One section as a member reads it, and its original where it is a translation."""

    section: texts.Section
    html: SafeString
    original: texts.Section | None = None
    original_html: SafeString | None = None


def shown(text: texts.Text, original: texts.Text | None = None) -> list[Shown]:
    found = []
    for one in text.sections:
        own = original.section(one.key) if original else None
        found.append(Shown(one, markdown.to_html(one.body), own, markdown.to_html(own.body) if own else None))
    return found


@dataclass(frozen=True)
class Translated:
    """Beside its original. `behind`: titles of what changed in that since."""

    code: str
    name: str
    text: texts.Text
    sections: list[Shown]
    behind: list[str]
    was_there: bool


@dataclass(frozen=True)
class Said:
    """What changed, in one language; "" where only the original says it."""

    code: str
    name: str
    sentence: str


def read_version(request: HttpRequest, found: Version) -> HttpResponse:
    guideline, language = found.guideline, found.guideline.language
    before = guideline.publications.filter(number__lt=found.number).order_by("-number").first()
    text, _shown = texts.text_of(found.content, language, language)
    older = texts.text_of(before.content, language, language)[0] if before else None
    publication = guideline.publications.filter(number=found.number).first()
    context: dict[str, Any] = {
        "version": found,
        "text": text,
        "sections": shown(text),
        **(warnings(text) if found.state == "in_review" else {}),
        "translations": _translations(found, text, before),
        "said": _said(found) if found.number > 1 else [],
        "facts": facts(found, publication),
        "clauses": queries.clauses(older, text),
        "title_parts": queries.changed(older.title, text.title) if older else [],
        "summary_parts": queries.changed(older.summary, text.summary) if older else [],
        "before": before,
        "publication": publication,
        "covered": queries.coverage(guideline, at=clock.now()) if found.state == "published" else None,
        "can_publish": rules.can_publish(request.user, found),
        "can_send_back": rules.can_send_back(request.user, found),
        "needs_another": rules.can_send_back(request.user, found) and rules.needs_another(request.user, found),
        "situations": situations_of(found, publication),
        "demo": settings.DEMO,
        "can_withdraw": rules.can_withdraw(request.user, found),
        "can_begin": found.state in ("published", "withdrawn")
        and not guideline.versions.filter(state__in=["draft", "in_review"]),
        "versions": guideline.versions.order_by("-number"),
    }
    return render(request, "guidelines/version.html", context)


def _translations(found: Version, original: texts.Text, before: Publication | None) -> list[Translated]:
    behind = actions.outdated(found) if found.state == "in_review" else {}
    several = []
    for code in sorted(one for one in found.content if one != found.guideline.language):
        text = texts.read(found.content[code])
        was_there = before is not None and code in before.content
        name = languages.own_name(code)
        several.append(Translated(code, name, text, shown(text, original), behind.get(code, []), was_there))
    return several


def _said(found: Version) -> list[Said]:
    """In each language that the version has, the original first."""
    order = sorted(found.content, key=lambda code: (code != found.guideline.language, code))
    return [Said(code, languages.own_name(code), found.what_changed.get(code, "")) for code in order]


def facts(version: Version, publication: Publication | None) -> list[tuple[str, str]]:
    """What is published with the words, as it was set where it is out; and what holds for all versions."""
    guideline, given = version.guideline, publication or version
    whom = publication.terms if publication else guideline.audience.terms if guideline.audience else None
    some = publication.some_terms if publication else version.some.terms if version.some else None
    asks = publication.asks if publication else version.asked
    said = [
        (_("Whom it is for"), _people(whom)),
        (_("Who signs"), _who_signs(given.change, version.number, some)),
        (_("By when"), _days(given.sign_within)),
        (_("Sharing waits"), _waits(guideline)),
        (_("Situations"), _situations(asks, given.must_pass)),
        (_("Between opening and signing"), _seconds(given.least_seconds)),
        (_("A signature takes"), _("The typed name, and showing once more who one is")
         if given.proof == AGAIN else _("The typed name")),
        (_("Who answers questions"), guideline.helper.name if guideline.helper else "–"),
    ]  # fmt: skip
    return said + [(_("Managers"), _managers(guideline))]


def _people(terms: Any) -> str:
    return sentence(cleaned(terms), audiences.names()) if terms else _("Everybody")


def _who_signs(change: str, number: int, some: Any) -> str:
    if number == 1:
        return _("All whom it is for")
    if change == EDITORIAL:
        return _("Nobody who signed the last version; it changed in wording only")
    if change == SOME:
        return _("Again those whom the change is about: %(who)s") % {"who": _people(some)}
    return _("All again")


def _days(days: int) -> str:
    if not days:
        return _("At once; what somebody plans to share waits from the first moment on")
    return ngettext("Within %(n)s day", "Within %(n)s days", days) % {"n": days}


def _waits(guideline: Guideline) -> str:
    days = guideline.grace_days
    if not days:
        return _("From that day on, until it is signed")
    return ngettext("%(n)s day after that day", "%(n)s days after that day", days) % {"n": days}


def _situations(asks: int, must_pass: bool) -> str:
    if not asks:
        return _("None")
    said = ngettext("%(n)s for each colleague", "%(n)s for each colleague", asks) % {"n": asks}
    return _("%(several)s, to be answered well") % {"several": said} if must_pass else said


def _seconds(seconds: int) -> str:
    return ngettext("At least %(n)s second", "At least %(n)s seconds", seconds) % {"n": seconds}


def _managers(guideline: Guideline) -> str:
    days = guideline.manager_after
    if days is None:
        return _("Are told nothing")
    return ngettext(
        "Are told of whoever is %(n)s day late", "Are told of whoever is %(n)s days late", days
    ) % {"n": days}  # fmt: skip


@require(rules.can_write)
def preview(request: HttpRequest, version_id: int) -> HttpResponse:
    """As colleagues will read it, in each of its languages. Nobody is asked anything by this."""
    found = get_object_or_404(Version.objects.select_related("guideline__helper"), pk=version_id)
    original = found.guideline.language
    text, language = texts.text_of(found.content, request.GET.get("language", original), original)
    older = found.guideline.publications.filter(number__lt=found.number).order_by("-number").first()
    changed, changed_in = (
        queries.changed_clauses(older.content, found.content, language, original) if older else ([], language)
    )
    said, said_in = queries.what_changed(found.what_changed, language, original)
    context = {
        "version": found,
        "guideline": found.guideline,
        "text": text,
        "language": language,
        "sections": shown(text),
        "tabs": [
            {"url": f"?language={code}", "label": languages.own_name(code), "current": code == language}
            for code in sorted(found.content)
        ],
        "older": older,
        "what_changed": said,
        "what_changed_in": said_in,
        "changed": changed,
        "changed_in": changed_in,
        "minutes": in_minutes(queries.seconds_of(found, language)),
    }
    return render(request, "guidelines/preview.html", context)
