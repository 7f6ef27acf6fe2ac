"""The words that say who is speaking, by country."""

from accounts.queries import organisation
from content.models import Disclosure

I_WORK_AT = "I work at {organisation}."
ADVERTISEMENT = "Anzeige · Ich arbeite bei {organisation}."
# Working for the brand is a material connection and belongs at the beginning of the post itself: US FTC endorsement
# guides (16 CFR 255), UK CAP code 2.1 and CMA guidance; German courts want "Anzeige" or "Werbung" in front.
USUAL = {
    "GB": I_WORK_AT,
    "IE": I_WORK_AT,
    "US": I_WORK_AT,
    "DE": ADVERTISEMENT,
    "AT": ADVERTISEMENT,
    "CH": "Werbung · Ich arbeite bei {organisation}.",
    "LI": "Werbung · Ich arbeite bei {organisation}.",
    "FR": "Je travaille chez {organisation}.",
    "NL": "Ik werk bij {organisation}.",
    "BE": "Ik werk bij / Je travaille chez {organisation}.",
    "LU": "Je travaille chez {organisation}.",
    "ES": "Trabajo en {organisation}.",
    "IT": "Lavoro per {organisation}.",
    "PT": "Trabalho para {organisation}.",
    "PL": "Pracuję w {organisation}.",
    "DK": "Jeg arbejder hos {organisation}.",
    "SE": "Jag arbetar på {organisation}.",
    "NO": "Jeg jobber hos {organisation}.",
    "FI": "Olen töissä: {organisation}.",
    "CZ": "Pracuji v {organisation}.",
}


def disclosure(country: str, organisation_name: str = "") -> Disclosure:
    """The line of this country with the firm's name in it; the firm's own wording where it has set one."""
    kept = Disclosure.objects.filter(country=country.upper()).first()
    chosen = kept or Disclosure(country=country.upper(), text=USUAL.get(country.upper(), I_WORK_AT), before=True)
    # Plain replacement: a name or wording may hold braces of its own.
    chosen.text = chosen.text.replace("{organisation}", organisation_name or organisation().name)
    return chosen
