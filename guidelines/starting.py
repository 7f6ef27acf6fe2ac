"""Guidelines to begin with, written by us: kind, narrow, three hundred words at most, each with the clause on pay,
conditions and unions."""

import tomllib
from functools import cache
from pathlib import Path

from guidelines import texts

FOLDER = Path(__file__).parent / "starters"
LONGEST = 300  # words


@cache
def starters() -> dict[str, texts.Text]:
    """By key, in the order in which a firm would need them."""
    read = {path.stem: tomllib.loads(path.read_text()) for path in sorted(FOLDER.glob("*.toml"))}
    return {key.partition("-")[2]: texts.read(raw) for key, raw in read.items()}
