"""Check characters of codes, by the names that schemes know them under: ISO 7064, pure digits."""

from collections.abc import Callable


def mod11_10(digits: str) -> str:
    """ISO 7064 MOD 11,10: one digit."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def mod11_2(digits: str) -> str:
    """ISO 7064 MOD 11-2: a digit or X."""
    value = 0
    for digit in digits:
        value = (value + int(digit)) * 2 % 11
    return "0123456789X"[(12 - value) % 11]


def mod97_10(digits: str) -> str:
    """ISO 7064 MOD 97-10: two digits."""
    return f"{(98 - int(digits) * 100 % 97) % 97:02d}"


CHECKS: dict[str, Callable[[str], str]] = {"mod11_10": mod11_10, "mod11_2": mod11_2, "mod97_10": mod97_10}
