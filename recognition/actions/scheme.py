"""The rules of points, version 1, as data. A change gets a new version and counts for the future only.

Days and weeks here are those of UTC, because visits are told apart by UTC days and because a member's time zone may
change, while what was earned may not.
"""

from decimal import Decimal

VERSION = 1

FIRST_SHARE = "first_share"
OWN_WORDS = "own_words"
VISITS = "visits"
TAKEN_BACK = "taken_back"

SHARE_POINTS = Decimal(10)
SHARES_A_DAY = 3
# In a week: the first three shares count in full, the next three half, all later ones a quarter.
WEEKLY_RETURNS = ((3, Decimal(1)), (6, Decimal("0.5")))
LATER_RETURN = Decimal("0.25")

OWN_WORDS_POINTS = Decimal(3)
OWN_WORDS_AT_LEAST = 4  # words; "So true!" says nothing of one's own
OWN_WORDS_LIKENESS = 0.7  # from this likeness to a suggestion on, words are not one's own

VISIT_POINTS = Decimal(4)
# 4 · log2(1 + visits of a day) grows by exactly four at the 1st, 3rd, 7th, 15th … visit. So each of those is a row
# of its own, which can be written the moment it happens and never has to change.
VISIT_STEPS = tuple(2**step - 1 for step in range(1, 21))


def share_points(earlier_this_week: int) -> Decimal:
    """What a share earns that comes after so many counted ones in its week."""
    for below, part in WEEKLY_RETURNS:
        if earlier_this_week < below:
            return SHARE_POINTS * part
    return SHARE_POINTS * LATER_RETURN
