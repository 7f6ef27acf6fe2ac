from audiences.queries.choosing import (
    Choices,
    Reach,
    audiences_with,
    choices,
    lists,
    named,
    names,
    reach,
    uses,
)
from audiences.queries.imagining import besides, likely, made_up
from audiences.queries.matching import condition, count, is_reached, members_of, reached, reaching, samples

__all__ = [
    "Choices",
    "Reach",
    "audiences_with",
    "besides",
    "choices",
    "condition",
    "count",
    "is_reached",
    "likely",
    "lists",
    "made_up",
    "members_of",
    "named",
    "names",
    "reach",
    "reached",
    "reaching",
    "samples",
    "uses",
]
