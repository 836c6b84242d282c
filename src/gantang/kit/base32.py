"""Crockford's base 32 with check characters over GF(32), and the two characters that name a city. Pure.

The 32 characters are the elements of GF(32) (x^5 + x^2 + 1), so that a check is a weighted sum with different
weights a^i: one check character finds every single wrong character and every swap of two; two check
characters (a Reed–Solomon code of distance 3) find any two wrong characters.
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
# What a hand writes and an eye reads for a digit.
_READ_AS = {"O": "0", "I": "1", "L": "1"}
_IGNORED = set(" -‐‑–—－_·.\t\n\r")

_POWERS = [1]
for _i in range(30):
    _next = _POWERS[-1] << 1
    _POWERS.append(_next ^ 0b100101 if _next & 32 else _next)
_LOGS = {power: index for index, power in enumerate(_POWERS)}


def times(a: int, b: int) -> int:
    """The product in GF(32)."""
    return 0 if not a or not b else _POWERS[(_LOGS[a] + _LOGS[b]) % 31]


def over(a: int, b: int) -> int:
    """The quotient in GF(32); ``b`` is not zero."""
    return 0 if not a else _POWERS[(_LOGS[a] - _LOGS[b]) % 31]


def digits(value: int, length: int) -> str:
    """``value`` in ``length`` characters, most significant first."""
    return "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(length)))


def value_of(text: str) -> int:
    """The number that ``digits`` wrote."""
    total = 0
    for character in text:
        total = total << 5 | _VALUES[character]
    return total


def clean(text: str) -> str | None:
    """The characters of a code as typed (any case, width, dashes, O for 0), or None if one is no character
    of ours."""
    kept = (_READ_AS.get(c, c) for c in unicodedata.normalize("NFKC", text).upper() if c not in _IGNORED)
    joined = "".join(kept)
    return joined if all(character in _VALUES for character in joined) else None


def _weighted(text: str) -> int:
    total = 0
    for place, character in enumerate(text):
        total ^= times(_POWERS[place], _VALUES[character])
    return total


def _plain(text: str) -> int:
    total = 0
    for character in text:
        total ^= _VALUES[character]
    return total


def with_check(text: str) -> str:
    """``text`` and its one check character (at most 31 characters together)."""
    return text + ALPHABET[over(_weighted(text), _POWERS[len(text)])]


def checks(text: str) -> bool:
    """Whether the last character is the check of those before it."""
    return _weighted(text) == 0


def with_two_checks(text: str) -> str:
    """``text`` and its two check characters (at most 31 characters together)."""
    heavy, light = _POWERS[len(text)], _POWERS[len(text) + 1]
    plain = _plain(text)
    # c + d = plain and heavy·c + light·d = weighted, solved for c.
    first = over(_weighted(text) ^ times(light, plain), heavy ^ light)
    return text + ALPHABET[first] + ALPHABET[plain ^ first]


def checks_twice(text: str) -> bool:
    """Whether the last two characters are the checks of those before them."""
    return _plain(text) == 0 and _weighted(text) == 0


def city_pair(city: int) -> str:
    """A city's two characters: its number's last three digits. Unique within a province, which is what one
    site serves."""
    if not 0 < city < 10_000:
        raise ValueError(f"no city: {city}")
    return digits(city % 1000, 2)


def city_from(pair: str, province: int) -> int | None:
    """The city that two characters name on a site of this province (36), or None when it is not of it."""
    city = province // 10 * 1000 + value_of(pair)
    return city if city // 100 == province else None
