"""What is wrong with a wording, in one sentence, before anybody posts it."""

import re

from django.utils.translation import gettext as _

from content.queries.disclosures import is_labelled
from content.queries.usual_lines import LABELS

# Regulators name these as too little: readers do not know what they stand for (FTC on "#ee", "#spon" and "#ambassador",
# ASA and CMA on "#sp", "#spon", "#partner", "#collab", "#gifted", "#aff").
TOO_VAGUE = frozenset(
    {
        "ee", "emp", "spon", "sp", "sponsored", "partner", "partners", "partnership", "collab", "collaboration",
        "ambassador", "brandambassador", "gifted", "aff", "affiliate", "client", "thanks",
    }
)  # fmt: skip


def fault_of(wording: str, *, country: str, before: bool, documented: bool) -> str:
    """Empty when it may be used. `country` is that of the rule, empty for every country."""
    words = re.findall(r"[\w{}]+", wording.casefold())
    telling = [word for word in words if word not in TOO_VAGUE]
    if not words or not any(any(map(str.isalpha, word)) for word in words):
        return _("A wording needs words that say who is speaking.")
    if not telling:
        return _("“%(wording)s” alone does not tell readers that you work here. Please write it out, such as “I work "
            "at …”.") % {"wording": wording}  # fmt: skip
    unknown = [name for name in re.findall(r"\{([^{}]*)\}", wording) if name != "organisation"]
    if unknown:
        return _("“{%(name)s}” would go out as it stands. Only {organisation} is filled in.") % {"name": unknown[0]}
    labels = LABELS.get(country.upper())
    if labels and not documented and not (before and is_labelled(wording, country)):
        text = _("Courts there want “%(labels)s” at the very beginning. “%(wording)s” can only be used where your "
            "organisation has decided so: say below who decided, when and why.")  # fmt: skip
        return text % {"labels": _("” or “").join(labels[:2]), "wording": wording}
    return ""
