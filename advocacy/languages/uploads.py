"""A language a firm brings along: one file, read without trusting it, and checked as our own are."""

import re
from dataclasses import dataclass
from gettext import c2py

from babel.core import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from django.utils.translation import get_language_info, to_locale
from django.utils.translation import gettext as _

from advocacy.languages import catalogues, checks
from advocacy.languages.extracting import PROJECT
from advocacy.languages.may_be_equal import MAY_BE_EQUAL
from core.languages import OURS

LARGEST = 2 * 1024 * 1024
MOST_FORMS = 6
SHOWN = 20
OURS_AT_LEAST = 0.2  # of its strings; less is the catalogue of another program
CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8})?")
JOINED = re.compile(r'"[ \t]*\r?\n[ \t]*"')
LANGUAGE = re.compile(r"^Language:\s*([A-Za-z_@-]+)\s*$", re.MULTILINE)
PLURALS = re.compile(r"plural-forms\s*:", re.IGNORECASE)
RULE = re.compile(
    r"Plural-Forms:\s*nplurals\s*=\s*(\d)\s*;\s*plural\s*=\s*([n0-9\s()?:%!=<>&|]{1,600});?\s*$", re.MULTILINE
)


class BadLanguage(Exception):
    """The file is not taken. `sentences` say why; the first one first."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Language:
    code: str
    catalogue: Catalog  # our strings alone, in our order
    translated: int
    of: int

    @property
    def percent(self) -> int:
        return self.translated * 100 // self.of


def read(content: bytes) -> Language:
    """What an uploaded file says, or BadLanguage with sentences for the person who uploaded it."""
    text = text_of(content)
    head = text[: text.find("\n\n", text.find("msgid"))].replace("\r", "")
    code, (forms, rule) = code_of(header_lines(head)), rule_of(text)
    try:
        given = read_po(text.splitlines(keepends=True), locale=to_locale(code), domain="django", abort_invalid=True)
    except (PoFileError, UnknownLocaleError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise BadLanguage(_("This file cannot be read as a catalogue of translations (.po).")) from error
    catalogue = ours_of(given, code, forms, rule)
    if faults := list(checks.faults(catalogue, MAY_BE_EQUAL, plurals=forms)):
        raise BadLanguage(*sentences_of(faults))
    whole = [message for message in catalogue if message.id]
    translated = len(whole) - len(checks.missing(catalogue))
    if not translated:
        raise BadLanguage(_("Nothing in this file is translated yet."))
    return Language(code, catalogue, translated, len(whole))


def text_of(content: bytes) -> str:
    if len(content) > LARGEST:
        raise BadLanguage(_("This file is larger than 2 MB, which is more than a catalogue needs."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadLanguage(_("This file is not written in UTF-8. Please save it once more as UTF-8.")) from None
    if "\0" in text or 'msgid ""' not in text or "msgstr" not in text:
        raise BadLanguage(_("This file cannot be read as a catalogue of translations (.po)."))
    return text


def header_lines(head: str) -> str:
    """The lines of the first entry as they are meant, however they are broken in the file."""
    return JOINED.sub("", head).replace("\\n", "\n").replace('"', "\n")


def code_of(lines: str) -> str:
    found = LANGUAGE.search(lines)
    code = found[1].replace("_", "-").partition("@")[0].lower() if found else ""
    if not CODE.fullmatch(code):
        raise BadLanguage(_("The head of this file does not say its language. It needs a line such as Language: pl"))
    if code in OURS or code.partition("-")[0] == "en":
        raise BadLanguage(_("English and German come with Advocacy. They are changed there, not here."))
    try:
        get_language_info(code)
    except KeyError:
        raise BadLanguage(_("We do not know the language “%(code)s”.") % {"code": code}) from None
    return code


def rule_of(text: str) -> tuple[int, str]:
    """How the language counts. Read by hand before anything else reads it: a rule with a billion forms would have a
    list made of them."""
    joined = JOINED.sub("", text).replace("\\n", "\n").replace('"', "\n")
    found = RULE.search(joined)
    if len(PLURALS.findall(joined)) != 1 or not found or not 1 <= int(found[1]) <= MOST_FORMS:
        raise BadLanguage(_("The head of this file has no rule for plural forms (Plural-Forms) that we can read."))
    forms, rule = int(found[1]), found[2].strip()
    try:
        choose = c2py(rule)
        well = {choose(number) for number in range(1001)} <= set(range(forms))
    except (ValueError, RecursionError, ArithmeticError):
        well = False
    if not well:
        raise BadLanguage(_("The rule for plural forms in this file does not work."))
    return forms, rule


def ours_of(given: Catalog, code: str, forms: int, rule: str) -> Catalog:
    """Our strings with its translations. What we do not say is left behind; what is fuzzy counts as not translated."""
    known, made, met = known_strings(), empty(code, forms, rule), 0
    for message in known:
        if not message.id:
            continue
        theirs = given.get(message.id, message.context)
        met += theirs is not None
        usable = theirs is not None and not theirs.fuzzy and checks.is_plural(theirs) == checks.is_plural(message)
        text = theirs.string if usable and any(checks.forms(theirs)) else None
        made.add(message.id, text, context=message.context)
    strings = sum(1 for message in given if message.id)
    if not met or met / strings < OURS_AT_LEAST:
        raise BadLanguage(_("This is the catalogue of another program: it does not have our strings."))
    return made


def known_strings() -> Catalog:
    """`make lint` sees to it that the German catalogue has every string of the code, and no other."""
    return catalogues.kept(catalogues.LOCALE / "de" / catalogues.NAME)


def empty(code: str, forms: int = 0, rule: str = "") -> Catalog:
    made = Catalog(locale=to_locale(code), project=PROJECT, charset="utf-8", fuzzy=False)
    if forms:
        made._num_plurals, made._plural_expr = forms, rule
    return made


def sentences_of(faults: list[checks.Fault]) -> list[str]:
    shown = [
        _("“%(text)s”: %(fault)s")
        % {"text": checks.shortened(fault.original), "fault": _(checks.WORDS[fault.kind]) % {"what": fault.what}}
        for fault in faults[:SHOWN]
    ]
    more = [_("And %(n)s more.") % {"n": len(faults) - SHOWN}] if len(faults) > SHOWN else []
    return [_("Nothing was added, because some translations would break a page:"), *shown, *more]


def blank(code: str) -> Catalog:
    """For a translator to begin with: every string, and the rule for plurals of that language."""
    made = empty(code)
    for message in known_strings():
        if message.id:
            places = [(place, 0) for place, _line in message.locations]
            made.add(message.id, None, places, auto_comments=message.auto_comments, context=message.context)
    return made
