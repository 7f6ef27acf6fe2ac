"""Versions of LinkedIn's interface: one a month, each alive for twelve months at least, then refused with 426.

learn.microsoft.com/linkedin/marketing/versioning; 202508 was retired on 17 August 2026.
"""

import re
from datetime import date

VERSION = "202609"
SHAPE = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")


def dies_on(version: str) -> date | None:
    """The first day of its twelfth month after; None for what is no version."""
    match = SHAPE.fullmatch(version)
    return date(int(match[1]) + 1, int(match[2]), 1) if match else None
