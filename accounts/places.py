"""Countries and time zones to choose from, in the language of the page."""

from functools import lru_cache
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

# Where we know what a disclosure has to look like, or expect to soon; the set-up page offers these.
COUNTRIES = [
    ("AT", _("Austria")), ("AU", _("Australia")), ("BE", _("Belgium")), ("CA", _("Canada")), ("CH", _("Switzerland")),
    ("CZ", _("Czechia")), ("DE", _("Germany")), ("DK", _("Denmark")), ("ES", _("Spain")), ("FI", _("Finland")),
    ("FR", _("France")), ("GB", _("United Kingdom")), ("IE", _("Ireland")), ("IN", _("India")), ("IT", _("Italy")),
    ("JP", _("Japan")), ("LU", _("Luxembourg")), ("NL", _("Netherlands")), ("NO", _("Norway")),
    ("NZ", _("New Zealand")), ("PL", _("Poland")), ("PT", _("Portugal")), ("SE", _("Sweden")),
    ("SG", _("Singapore")), ("US", _("United States")), ("ZA", _("South Africa")),
]  # fmt: skip

CAPITAL_ZONES = {
    "AT": "Europe/Vienna", "AU": "Australia/Sydney", "BE": "Europe/Brussels", "CA": "America/Toronto",
    "CH": "Europe/Zurich", "CZ": "Europe/Prague", "DE": "Europe/Berlin", "DK": "Europe/Copenhagen",
    "ES": "Europe/Madrid", "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London",
    "IE": "Europe/Dublin", "IN": "Asia/Kolkata", "IT": "Europe/Rome", "JP": "Asia/Tokyo",
    "LU": "Europe/Luxembourg", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "NZ": "Pacific/Auckland",
    "PL": "Europe/Warsaw", "PT": "Europe/Lisbon", "SE": "Europe/Stockholm", "SG": "Asia/Singapore",
    "US": "America/New_York", "ZA": "Africa/Johannesburg",
}  # fmt: skip
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@lru_cache(maxsize=1)
def time_zones() -> list[tuple[str, str]]:
    names = sorted(name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    return [(name, name.replace("_", " ")) for name in ["UTC", *names]]
