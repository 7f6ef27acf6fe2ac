"""Verbs of guidelines: writing, publishing, asking, signing."""

from core.refusals import CannotDo, EditedMeanwhile, MovedOn, NotAllowed, NotReady
from guidelines.actions.asking import settle_all, settle_dues
from guidelines.actions.publishing import (
    publish_version,
    send_back_version,
    submit_version,
    withdraw_version,
)
from guidelines.actions.signing import decline_due, open_due, record_signature, sign_due
from guidelines.actions.telling import tell_dues
from guidelines.actions.writing import VersionWords, begin_guideline, begin_version, edit_version

__all__ = [
    "CannotDo",
    "EditedMeanwhile",
    "MovedOn",
    "NotAllowed",
    "NotReady",
    "VersionWords",
    "begin_guideline",
    "begin_version",
    "decline_due",
    "edit_version",
    "open_due",
    "publish_version",
    "record_signature",
    "send_back_version",
    "settle_all",
    "settle_dues",
    "sign_due",
    "submit_version",
    "tell_dues",
    "withdraw_version",
]
