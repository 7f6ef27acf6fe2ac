"""Verbs of guidelines: writing, publishing, asking, signing, reminding; questions and their case book; the poll."""

from core.refusals import CannotDo, EditedMeanwhile, MovedOn, NotAllowed, NotReady
from guidelines.actions.answering import Answered, answer_situation
from guidelines.actions.asking import settle_all, settle_dues
from guidelines.actions.choosing import Chosen, choose_situations
from guidelines.actions.counting import note_days
from guidelines.actions.packing import ask_pack, find_person, make_piece, take_back_lost, take_pack, tidy_packs
from guidelines.actions.polling import answer_poll, open_poll, open_poll_if_due, skip_poll
from guidelines.actions.publishing import (
    publish_version,
    send_back_version,
    submit_version,
    withdraw_version,
)
from guidelines.actions.questions import (
    LONGEST_DRAFT,
    About,
    answer_question,
    ask_another,
    ask_question,
    decide_case,
    propose_case,
    take_out_case,
    withdraw_question,
)
from guidelines.actions.reminding import remind_dues, tell_managers
from guidelines.actions.signing import OtherName, allow_record, decline_due, open_due, record_signature, sign_due
from guidelines.actions.telling import tell_dues
from guidelines.actions.translating import (
    confirm_translation,
    outdated,
    remove_translation,
    translate_version,
    untranslated,
)
from guidelines.actions.writing import (
    Terms,
    VersionWords,
    begin_guideline,
    begin_version,
    change_terms,
    discard_version,
    edit_version,
)

__all__ = [
    "About",
    "Answered",
    "CannotDo",
    "Chosen",
    "EditedMeanwhile",
    "LONGEST_DRAFT",
    "MovedOn",
    "NotAllowed",
    "NotReady",
    "OtherName",
    "Terms",
    "VersionWords",
    "allow_record",
    "answer_poll",
    "answer_question",
    "answer_situation",
    "ask_another",
    "ask_pack",
    "ask_question",
    "begin_guideline",
    "begin_version",
    "change_terms",
    "choose_situations",
    "confirm_translation",
    "decide_case",
    "decline_due",
    "discard_version",
    "edit_version",
    "find_person",
    "make_piece",
    "note_days",
    "open_due",
    "open_poll",
    "open_poll_if_due",
    "outdated",
    "propose_case",
    "publish_version",
    "record_signature",
    "remind_dues",
    "remove_translation",
    "send_back_version",
    "settle_all",
    "settle_dues",
    "sign_due",
    "skip_poll",
    "submit_version",
    "take_back_lost",
    "take_out_case",
    "take_pack",
    "tell_dues",
    "tell_managers",
    "tidy_packs",
    "translate_version",
    "untranslated",
    "withdraw_question",
    "withdraw_version",
]
