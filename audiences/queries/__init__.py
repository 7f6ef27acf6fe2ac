from audiences.queries.matching import count, is_reached, members_of, reaching, samples

__all__ = ["count", "is_reached", "members_of", "reaching", "samples"]
