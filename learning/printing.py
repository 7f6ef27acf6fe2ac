"""A certificate on paper. Words of the sheet are those of the language in force."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import organisation
from core.pdf import make_pdf
from core.templatetags.times import say_moment
from learning.models import Certificate


def certificate_pdf(certificate: Certificate, *, member: User, language: str) -> bytes:
    finished = say_moment(certificate.finished_at, "date")
    data = {
        "title": _("Certificate"),
        "firm": organisation().name,
        "footer": _("Number %(number)s") % {"number": certificate.number},
        "who": member.name,
        "line": _("has finished these short lessons, with an exercise for each:"),
        "path": certificate.title,
        "path_lang": certificate.language.partition("-")[0],
        "lessons": [
            {"title": one["title"], "lang": one["language"].partition("-")[0], "day": _day(one["day"])}
            for one in certificate.lessons
        ],
        "notes": [
            _("Finished on %(day)s.") % {"day": finished},
            _("Exercises are said to be done by whoever does them; there was no test and there is no score. The number "
              "can be looked up by its owner only."),
        ],
    }  # fmt: skip
    return make_pdf("certificate", data, language=language, at=certificate.finished_at)


def _day(written: str) -> str:
    moment = parse_datetime(written)
    return say_moment(moment, "date") if moment else ""
