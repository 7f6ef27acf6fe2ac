"""Catalogues as a translator would send them, made from our own strings."""

from io import BytesIO

from babel.messages.pofile import write_po

from advocacy.languages import checks, uploads

FOUR_POLISH = (4, "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n!=1 && n%10<=1 || n%10>=5 ? 2 : 3)")
SIX_ARABIC = (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)")


def po(code: str, rule: tuple[int, str], word: str, *, only: int | None = None, **texts: object) -> bytes:
    """Each string with `word` before it, or only the first so many; `texts`: whole translations by their English."""
    catalogue, done = uploads.empty(code, *rule), 0
    for message in uploads.known_strings():
        if not message.id:
            continue
        each = [after_its_spaces(text, word) for text in checks.originals(message)]
        given = tuple(each[:1] * (rule[0] - 1) + each[1:]) if checks.is_plural(message) else each[0]
        wanted = texts.get(checks.originals(message)[0], given if only is None or done < only else None)
        done += 1
        catalogue.add(message.id, wanted, context=message.context)
    file = BytesIO()
    write_po(file, catalogue)
    return file.getvalue()


def after_its_spaces(text: str, word: str) -> str:
    inner = text.lstrip()
    return text[: len(text) - len(inner)] + f"{word} {inner}"
