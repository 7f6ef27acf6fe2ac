"""Words about pay, hours, conditions and unions, in one place. People may speak of these: in the United States section
7 of the National Labor Relations Act says so, in Germany article 9 (3) of the constitution and the Works Constitution
Act. A firm may still put them on its list; the page warns clearly, and what is done all the same is audited."""

import re

PROTECTED = {
    "en": [
        "pay", "paid", "wage", "salary", "salaries", "overtime", "bonus", "compensation", "benefits", "pension", "tips",
        "raise", "hours", "shift", "rota", "breaks", "overwork", "vacation", "annual leave", "sick leave",
        "parental leave", "working time", "conditions", "workload", "understaffed", "staff shortage", "short staffed",
        "safety", "harassment", "discrimination", "union", "strike", "picket", "boycott", "works council",
        "collective agreement", "collective bargaining", "shop steward", "layoff", "redundanc", "dismissal",
    ],
    "de": [
        "lohn", "löhne", "gehalt", "gehälter", "vergütung", "bezahlung", "zulage", "weihnachtsgeld", "urlaub",
        "überstunden", "arbeitszeit", "schicht", "dienstplan", "pausen", "krankmeldung", "elternzeit", "mutterschutz",
        "arbeitsbedingungen", "arbeitsschutz", "arbeitsbelastung", "personalmangel", "belästigung", "diskriminierung",
        "gewerkschaft", "betriebsrat", "personalrat", "streik", "tarif", "mitbestimmung", "kündigung", "entlassung",
        "stellenabbau", "leiharbeit", "ver.di", "ig metall",
    ],
}  # fmt: skip
# German builds words: a Mindestlohn and a Monatsgehalt are about pay as well.
ENDINGS = ("lohn", "gehalt", "urlaub", "gewerkschaft", "streik", "arbeitszeit")


def _pattern() -> re.Pattern[str]:
    begins = "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for words in PROTECTED.values() for word in words)
    return re.compile(rf"(?<!\w)(?:(?:{begins})\w*|\w+(?:{'|'.join(ENDINGS)})s?(?!\w))", re.IGNORECASE)


PATTERN = _pattern()


def touches_rights(words: str) -> str:
    """The first word in it that is about pay, hours, conditions or unions; empty where there is none."""
    found = PATTERN.search(words)
    return found[0] if found else ""


SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
# What closes a subject by itself, and what does so beside a word about speaking.
CLOSES = re.compile(
    r"(?<!\w)(?:leave out|forbidden|prohibited|confidential|secret|keep to yourself|"
    r"verboten|untersagt|vertraulich|geheim)(?!\w)",
    re.IGNORECASE,
)
DENIES = re.compile(
    r"(?<!\w)(?:not|never|nobody|no|don['’]t|mustn['’]t|ask (?:first|before)|approval|permission|"
    r"nicht|nie|niemals|kein\w*|niemand|genehmigung|erlaubnis)(?!\w)",
    re.IGNORECASE,
)
SPEAKS = re.compile(
    r"(?<!\w)(?:post|writ|wrote|talk|speak|mention|discuss|publish|tell|comment|complain|"
    r"schreib|sprech|reden|rede|erwähn|äußer|veröffentlich|kommentier|beschwer)\w*",
    re.IGNORECASE,
)
# What says the opposite: that nothing limits it, or that people may.
FREES = re.compile(
    r"nothing\b.{0,40}\blimit|never limits|not limit|(?<!\w)may (?:always |freely )?(?:talk|speak|say|write)|"
    r"nichts\b.{0,80}\b(?:schränk|beschränk|begrenz|hinder)|dürfen\b.{0,60}\b(?:sprechen|reden|sagen|schreiben)",
    re.IGNORECASE,
)


def limiting_sentences(words: str) -> list[str]:
    """Sentences in it that would keep people from speaking about pay, hours, conditions or unions, as far as their
    words show. A hint for whoever writes rules, not a judgement."""
    sentences = (found.strip() for found in SENTENCE.findall(words))
    return [one for one in sentences if touches_rights(one) and _limits(one) and not FREES.search(one)]


def _limits(sentence: str) -> bool:
    return bool(CLOSES.search(sentence) or DENIES.search(sentence) and SPEAKS.search(sentence))


def says_it_is_free(words: str) -> bool:
    """Whether a sentence in it says that people may speak of these."""
    return any(touches_rights(one) and FREES.search(one) for one in SENTENCE.findall(words))
