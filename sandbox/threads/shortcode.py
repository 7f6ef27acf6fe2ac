"""The letters by which an address names a post; the number itself is never shown there."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def of(number: str) -> str:
    rest, letters = int(number), ""
    while rest:
        rest, digit = divmod(rest, 64)
        letters = ALPHABET[digit] + letters
    return letters
