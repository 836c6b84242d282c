"""A key in two halves, of which one alone tells nothing; and a half as it stands on paper. Pure.

The halves are combined by exclusive or: one is chance, the other the key under it (a one-time pad), so that
either alone is as good as any other 32 bytes. On paper a half is four lines of eight bytes, each in
Crockford's base 32 with two check characters, which find any two wrong characters of the line.
"""

from gantang.kit import base32

BYTES = 32
LINES = 4
_EACH = BYTES // LINES
_DIGITS = 13


def split(key: bytes, chance: bytes) -> tuple[bytes, bytes]:
    """Two halves of a key of 32 bytes; ``chance`` is 32 random bytes."""
    if len(key) != BYTES or len(chance) != BYTES:
        raise ValueError("a key and its chance have 32 bytes")
    return chance, _xor(key, chance)


def join(first: bytes, second: bytes) -> bytes:
    """The key of two halves."""
    return _xor(first, second)


def _xor(first: bytes, second: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(first, second, strict=True))


def on_paper(half: bytes) -> tuple[str, ...]:
    """Four lines of fifteen characters in groups of five."""
    parts = (half[start : start + _EACH] for start in range(0, BYTES, _EACH))
    lines = (base32.with_two_checks(base32.digits(int.from_bytes(part, "big"), _DIGITS)) for part in parts)
    return tuple(f"{line[:5]}-{line[5:10]}-{line[10:]}" for line in lines)


def from_paper(text: str) -> bytes | None:
    """The half that was typed from paper, in any spelling; None where a line does not check."""
    typed = base32.clean(text.replace("\r", "").replace("\n", ""))
    width = _DIGITS + 2
    if typed is None or len(typed) != LINES * width:
        return None
    lines = [typed[start : start + width] for start in range(0, len(typed), width)]
    values = [base32.value_of(line[:_DIGITS]) for line in lines]
    if not all(map(base32.checks_twice, lines)) or any(value >= 1 << 8 * _EACH for value in values):
        return None
    return b"".join(value.to_bytes(_EACH, "big") for value in values)
