"""What whoever writes or reads a draft should know. None of it stops them."""

from typing import Any

from core.protected import limiting_sentences, says_it_is_free
from guidelines import texts


def warnings(text: texts.Text) -> dict[str, Any]:
    kinds = {one.kind for one in text.sections}
    return {
        "limits": limiting_sentences(text.words),
        "lacks_clause": bool(kinds) and not says_it_is_free(text.words),
        "lacks_rule": bool(kinds) and texts.RULE not in kinds,
        "lacks_support": bool(kinds) and texts.SUPPORT not in kinds,
    }
