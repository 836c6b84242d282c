"""How a masked thing is shown: enough to tell two of them apart, too little to reach anybody."""

from collections.abc import Callable

from gantang.vault.rules.lists import DOUBLE_SURNAMES

STAR = "*"
_DIGITS = frozenset("0123456789")
_DOUBLE_MARK = 2


def _keep(text: str, head: int, tail: int) -> str:
    """The outermost characters, stars between; short texts keep less."""
    if head + tail > len(text) * 2 // 3:
        head, tail = min(head, len(text) // 4), 0
    return text[:head] + STAR * (len(text) - head - tail) + (text[len(text) - tail :] if tail else "")


def shade_phone(text: str) -> str:
    """``139****7715``."""
    digits = "".join(char for char in text if char in _DIGITS)[-11:]
    return _keep(digits, 3, 4) if len(digits) == 11 else STAR * max(7, len(digits))


def shade_id(text: str) -> str:
    """``360428********0017``: the form of the field standard, for a field behind the counter."""
    return _keep("".join(text.split()), 6, 4)


def shade_name(text: str) -> str:
    """``王**``, ``欧阳**``: the surname and two stars, so that not even the length tells anything."""
    name = "".join(text.split())
    if len(name) < 2:
        return STAR * len(name)
    head = name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > _DOUBLE_MARK else name[:1]
    return head + STAR * 2


def shade_plate(text: str) -> str:
    """``赣E*****``."""
    tight = "".join(char for char in text if char.isalnum())
    return tight[:2] + STAR * max(5, len(tight) - 2)


def shade_email(text: str) -> str:
    """``w***@example.org``."""
    name, _, domain = "".join(text.split()).partition("@")
    return f"{name[:1]}***@{domain}"


def shade_address(text: str) -> str:
    """The first six characters: a town, never a door."""
    return text[:6] + STAR * 4 if len(text) > 6 else STAR * 4


def _blank(text: str) -> str:
    return STAR * 4


def _all(text: str) -> str:
    return STAR * len(text)


def _gist_id(text: str) -> str:
    return _keep("".join(char for char in text if char.isalnum()), 4, 0)


def _last_four(text: str) -> str:
    return STAR * 4 + "".join(char for char in text if char.isalnum())[-4:]


GIST: dict[str, Callable[[str], str]] = {
    "phone": shade_phone,
    "landline": lambda text: STAR * 8,
    "id_card": _gist_id,
    "bank_card": lambda text: STAR * 12,
    "plate": shade_plate,
    "email": lambda text: "***@***",
    "account": lambda text: STAR * 6,
    "number": lambda text: STAR * 8,
    "room": lambda text: STAR * len(text),
    "name": shade_name,
    "title": lambda text: STAR,
}
FIELDS: dict[str, Callable[[str], str]] = {
    "name": shade_name,
    "phone": shade_phone,
    "id_number": shade_id,
    "address": shade_address,
    "email": shade_email,
    "plate": shade_plate,
}


def shade_field(field: str, value: str) -> str:
    """A person's field as it is shown before it is opened."""
    return FIELDS.get(field, _blank)(value)
