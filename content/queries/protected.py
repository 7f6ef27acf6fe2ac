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
