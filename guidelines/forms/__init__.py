from guidelines.forms.asking import AnswerForm, AskForm, CaseForm, HelperForm
from guidelines.forms.following import PaperForm, PollForm
from guidelines.forms.packs import PackForm
from guidelines.forms.translating import TranslationForm
from guidelines.forms.writing import BeginForm, TermsForm, VersionForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "BeginForm",
    "CaseForm",
    "HelperForm",
    "PackForm",
    "PaperForm",
    "PollForm",
    "TermsForm",
    "TranslationForm",
    "VersionForm",
]
