"""Which path suits somebody, and why: by their role, a word of their title, or what they say they know."""

import re

from django.utils.translation import gettext as _

from accounts.models import User
from learning.shipped import LearningPath

COMPOUND = 6  # letters; shorter ones end too many other words


def why_suits(path: LearningPath, member: User) -> str:
    """The reason in words; empty where there is none."""
    if word := _word(path, member.job_title):
        return _("because your title says “%(word)s”") % {"word": word}
    if skill := next((one for one in member.skills if _word(path, one)), ""):
        return _("because you know about “%(skill)s”") % {"skill": skill}
    if role := next((one for one in member.roles if one in path.roles), ""):
        return _("because of what you do here: %(role)s") % {"role": _role(role)}
    return ""


def _word(path: LearningPath, text: str) -> str:
    """What of the text begins with one of the path's words, or ends with it as German puts words together."""
    for one in path.words:
        said = re.escape(one)
        compound = rf"|[\w-]+{said}(?!\w)" if len(one) >= COMPOUND else ""
        if found := re.search(rf"(?<!\w){said}[\w-]*{compound}", text, re.IGNORECASE):
            return found[0]
    return ""


def _role(role: str) -> str:
    words = {"curator": _("Curator"), "hr": _("HR"), "administrator": _("Administrator"), "council": _("Council")}
    return words[role]
