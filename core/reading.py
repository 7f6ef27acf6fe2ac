"""How long a text takes to read, and how easy it is."""

import re

# Words a minute, silently, by adults; a study with the same texts in seventeen languages: Trauzettel-Klosinski and
# Dietz 2012, Investigative Ophthalmology & Visual Science 53, table 2. Elsewhere the mean of them.
READ_A_MINUTE = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "nl": 202, "pl": 166,
    "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166,
}  # fmt: skip
USUALLY_A_MINUTE = 184

WORD = re.compile(r"[^\W\d_][\w’'-]*")
SENTENCE_ENDS = re.compile(r"[.!?:]+(?:\s|$)|\n+")
VOWELS = {"en": re.compile(r"[aeiouy]+"), "de": re.compile(r"aa|ee|oo|ie|ei|ai|au|äu|eu|[aeiouyäöü]")}


def count_words(words: str) -> int:
    return len(WORD.findall(words))


def reading_seconds(words: str, language: str) -> int:
    a_minute = READ_A_MINUTE.get(language.partition("-")[0], USUALLY_A_MINUTE)
    return round(60 * count_words(words) / a_minute)


def in_minutes(seconds: int) -> int:
    """As pages say it, with “about”: to the nearest, and one at least. What several take together is the sum of these,
    so that whoever adds them up finds the same."""
    return max(1, round(seconds / 60))


def reading_ease(words: str, language: str) -> int | None:
    """From 0, hard, to 100, easy; None where nobody has a formula or there is too little to tell. English: Flesch 1948,
    Journal of Applied Psychology 32; German: Amstad 1978, Wie verständlich sind unsere Zeitungen?"""
    base = language.partition("-")[0]
    found = [word.lower() for word in WORD.findall(words)]
    if base not in VOWELS or len(found) < 30:
        return None
    sentences = len([part for part in SENTENCE_ENDS.split(words) if WORD.search(part)])
    length = len(found) / max(1, sentences)
    syllables = sum(max(1, _syllables(word, base)) for word in found) / len(found)
    ease = 206.835 - 1.015 * length - 84.6 * syllables if base == "en" else 180 - length - 58.5 * syllables
    return max(0, min(100, round(ease)))


def _syllables(word: str, language: str) -> int:
    """As many as groups of vowels; of English ones without a silent e at the end."""
    heard = re.sub(r"(?<=[^aeiouyl])e$", "", word) if language == "en" else word
    return len(VOWELS[language].findall(heard))
