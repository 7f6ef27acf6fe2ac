"""The wordings we offer where the firm has set none, by country and language, and where each comes from.

Working for the brand is a material connection and belongs at the beginning of the post itself:
US: FTC endorsement guides, 16 CFR 255.5, and "FTC's Endorsement Guides: What People Are Asking" (read 2026-11).
GB: CAP code 2.1 with the ASA and CMA guidance on hidden advertising. DE: section 5a (4) UWG and the courts since,
which want "Anzeige" or "Werbung" in front; AT: section 26 MedienG; CH: article 3 UWG and the Fairness Commission.
Prizes: the FTC wants the word contest or sweepstakes and holds "#sweeps" for too little.
"""

I_WORK_AT = "I work at {organisation}."
# In each language, the plainest first.
WORDINGS = {
    "en": (I_WORK_AT, "{organisation} is my employer.", "I work at {organisation}, and this is our news."),
    "de": ("Ich arbeite bei {organisation}.", "{organisation} ist mein Arbeitgeber."),
    "fr": ("Je travaille chez {organisation}.", "{organisation} est mon employeur."),
    "nl": ("Ik werk bij {organisation}.", "{organisation} is mijn werkgever."),
    "es": ("Trabajo en {organisation}.",),
    "it": ("Lavoro per {organisation}.",),
    "pt": ("Trabalho para {organisation}.",),
    "pl": ("Pracuję w {organisation}.",),
    "da": ("Jeg arbejder hos {organisation}.",),
    "sv": ("Jag arbetar på {organisation}.",),
    "nb": ("Jeg jobber hos {organisation}.",),
    "no": ("Jeg jobber hos {organisation}.",),
    "fi": ("Olen töissä: {organisation}.",),
    "cs": ("Pracuji v {organisation}.",),
}
# Where the post's language is not known, or is none of these.
SPOKEN = {
    "DE": "de", "AT": "de", "CH": "de", "LI": "de", "FR": "fr", "LU": "fr", "NL": "nl", "ES": "es", "IT": "it",
    "PT": "pt", "PL": "pl", "DK": "da", "SE": "sv", "NO": "nb", "FI": "fi", "CZ": "cs",
}  # fmt: skip
BOTH = {"BE": ("Ik werk bij / Je travaille chez {organisation}.",)}
# The words a post has to begin with, the usual one first. Elsewhere saying where one works is the plainest there is.
LABELS = {
    "DE": ("Anzeige", "Werbung"),
    "AT": ("Anzeige", "Werbung"),
    "CH": ("Werbung", "Anzeige", "Publicité", "Pubblicità"),
    "LI": ("Werbung", "Anzeige"),
}
IN_SWISS = {"fr": "Publicité", "it": "Pubblicità"}

CONTEST = {
    "en": "Contest: sharing this can win me a prize.",
    "de": "Gewinnspiel: Für das Teilen kann ich etwas gewinnen.",
    "fr": "Concours : ce partage peut me faire gagner un prix.",
    "nl": "Winactie: door dit te delen kan ik een prijs winnen.",
    "es": "Sorteo: al compartir esto puedo ganar un premio.",
    "it": "Concorso: condividendo posso vincere un premio.",
}
CONTEST_WORDS = ("contest", "sweepstake", "prize draw", "gewinnspiel", "verlosung", "concours", "winactie", "sorteo",
    "concorso")  # fmt: skip


def spoken(language: str) -> str:
    return language.partition("-")[0].lower()


def usual_wordings(country: str, language: str) -> tuple[str, ...]:
    """What we offer for a member of this country who posts in this language; always something."""
    tongue = spoken(language)
    if not tongue and country in BOTH:
        return BOTH[country]
    tongue = tongue if tongue in WORDINGS else SPOKEN.get(country, "en")
    plain, labels = WORDINGS[tongue], LABELS.get(country)
    if not labels:
        return plain
    if country == "CH" and tongue in IN_SWISS:
        return tuple(f"{IN_SWISS[tongue]} · {words}" for words in plain)
    first = [f"{labels[0]} · {words}" if tongue == "de" else f"{labels[0]} (ad) · {words}" for words in plain]
    return (*first, f"{labels[1]} · {plain[0]}" if tongue == "de" else f"{labels[1]} (ad) · {plain[0]}")


def with_contest(wording: str, language: str) -> str:
    """With the words a reward demands, where it does not hold them itself."""
    if any(word in wording.casefold() for word in CONTEST_WORDS):
        return wording
    return f"{wording} {CONTEST.get(spoken(language), CONTEST['en'])}"
