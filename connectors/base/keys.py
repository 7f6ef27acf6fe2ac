from datetime import UTC, datetime, timedelta

SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def record_key(at: datetime, random_bits: int) -> str:
    """A timestamp identifier of the AT protocol (TID): 53 bits of microseconds, 10 bits to tell two apart.

    Thirteen letters that sort by time. Made once per share, before the first attempt.
    """
    number = (((at - EPOCH) // timedelta(microseconds=1)) & (1 << 53) - 1) << 10 | random_bits & 1023
    return "".join(SORTABLE[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
