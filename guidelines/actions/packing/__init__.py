"""Verbs of auditors' packs: asked for, made piece by piece, taken, and gone after a while."""

from guidelines.actions.packing.asking import ask_pack, find_person, take_pack
from guidelines.actions.packing.keeping import KEPT_DAYS, take_back_lost, tidy_packs
from guidelines.actions.packing.making import make_piece

__all__ = ["KEPT_DAYS", "ask_pack", "find_person", "make_piece", "take_back_lost", "take_pack", "tidy_packs"]
