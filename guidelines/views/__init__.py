from guidelines.views.choosing import situations
from guidelines.views.desk import act, begin, compare, desk, terms, version
from guidelines.views.following import answer_poll, coverage, export, owing, polls
from guidelines.views.packs import pack, pack_file, packs
from guidelines.views.paper import paper, sheet
from guidelines.views.questions import ask, case_act, cases, question, questions
from guidelines.views.reading import mine, read, receipt, receipt_pdf
from guidelines.views.rehearsing import rehearsals, rehearse
from guidelines.views.translating import translate
from guidelines.views.versions import preview

__all__ = [
    "act",
    "answer_poll",
    "ask",
    "begin",
    "case_act",
    "cases",
    "compare",
    "coverage",
    "desk",
    "export",
    "mine",
    "owing",
    "pack",
    "pack_file",
    "packs",
    "paper",
    "polls",
    "preview",
    "question",
    "questions",
    "read",
    "receipt",
    "receipt_pdf",
    "rehearsals",
    "rehearse",
    "sheet",
    "situations",
    "terms",
    "translate",
    "version",
]
