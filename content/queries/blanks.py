"""Blanks in suggested words, such as [[what I worked on]], which whoever shares them fills in."""

import re
from collections.abc import Iterable, Mapping
from zlib import crc32

from django.utils.translation import gettext as _

BLANK = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
STRAY = re.compile(r"\[\[|\]\]")


def prompts_of(texts: Iterable[str]) -> list[str]:
    """What these suggestions ask for, each once."""
    found = (_tidy(match[1]) for text in texts for match in BLANK.finditer(text))
    return list(dict.fromkeys(prompt for prompt in found if prompt))


def open_blanks(words: str, known: Iterable[str] = ()) -> list[str]:
    """The prompts still to be filled in, in their order. `known` are those of the story's suggestions: of them even a
    bracket left over counts. Other double brackets are a blank where they read like a prompt, several words long:
    [[nodiscard]] and [[1]] are what somebody meant to write."""
    found = {
        prompt: match.start()
        for match in reversed(list(BLANK.finditer(words)))
        if (prompt := _tidy(match[1])) and (" " in prompt and any(map(str.isalpha, prompt)))
    }
    for prompt in known:
        if match := _remains_of(prompt).search(words):
            found[prompt] = match.start()
    return sorted(found, key=lambda prompt: found[prompt])


def filled(words: str, answers: Mapping[str, str]) -> str:
    """With the answers, by `blank_key`, in the places of their prompts; those without an answer stay open."""

    def answer(match: re.Match[str]) -> str:
        return answers.get(blank_key(_tidy(match[1])), "").strip() or match[0]

    return BLANK.sub(answer, words)


def blank_key(prompt: str) -> str:
    """The name of its field: the same however the words around it change."""
    return f"blank_{crc32(prompt.encode('utf-8', 'surrogatepass')):08x}"


def has_stray_brackets(text: str) -> bool:
    """A blank that opens and never closes, or asks for nothing: nobody could fill it in."""
    whole = BLANK.sub(lambda match: "" if _tidy(match[1]) else match[0], text)
    return bool(STRAY.search(whole))


def blank_problem(text: str, *, locked: bool = False) -> str:
    """What is wrong with a blank that nobody could fill in, for whoever writes it; empty where all is well."""
    if has_stray_brackets(text):
        return _("One blank is not whole. Write it with two brackets on both sides, such as [[what I worked on]].")
    if locked and prompts_of([text]):
        return _("Words that go out as they stand hold no blank: nobody could fill it in.")
    return ""


def comment_problem(text: str) -> str:
    """A comment is copied as it stands, and nobody is asked to fill anything in."""
    if STRAY.search(text):
        return _("A first comment holds no blank: nobody is asked to fill it in.")
    return ""


def _remains_of(prompt: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, prompt.split()))
    return re.compile(rf"\[+\s*{words}\s*\]*|\[*\s*{words}\s*\]+", re.IGNORECASE)


def _tidy(prompt: str) -> str:
    return " ".join(prompt.split())
