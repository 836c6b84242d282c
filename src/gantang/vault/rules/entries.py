"""Kinds of entries, their fields, reasons to open them, and the forms in which values are bound and looked
up."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gantang.kit.canonical import coded

# Open at a visit to whoever holds a duty on the matter; the others open field by field with a reason.
TEXT_KINDS = frozenset({"words", "message", "answer", "note"})
FIELD_KINDS = frozenset({"person", "place"})
# Opened for the document they stand on, and to nobody.
SIGNED_KINDS = frozenset({"signature"})
KINDS = TEXT_KINDS | FIELD_KINDS | SIGNED_KINDS
FIELDS = frozenset(
    {"name", "phone", "id_number", "address", "email", "plate", "relation", "gender", "born_on", "place"}
)
INDEXED = frozenset({"name", "phone", "id_number"})

REASONS = frozenset(
    {
        "call_back",  # 联系本人核实情况
        "visit",  # 上门走访
        "identity",  # 核对身份
        "notice",  # 送达告知、答复
        "mediation",  # 组织调解
        "duplicate",  # 排查重复反映
        "own_request",  # 本人要求查询、更正、删除
        "law",  # 依法协助
        "emergency",  # 紧急救助
    }
)

FORM = 1
_SEPARATORS = re.compile(r"[\s\-‐-―·•・.。_/\\()（）]+")


def spell(plain: str | Mapping[str, Any]) -> bytes:
    """An entry's content as the bytes that are sealed."""
    return coded([FORM, plain])


def read(content: bytes) -> Any:
    """The content that ``spell`` spelled: a text, or a person's fields."""
    return json.loads(content)[1]


def binding(*, city: int, matter: UUID, entry: UUID, kind: str) -> bytes:
    """What a seal is bound to: moved to another row, matter or kind, it does not open."""
    return b"|".join((b"vault", str(city).encode(), matter.bytes, entry.bytes, kind.encode()))


def key_binding(*, city: int, matter: UUID) -> bytes:
    """What a wrapped data key is bound to."""
    return b"|".join((b"vault key", str(city).encode(), matter.bytes))


def person_key_binding(*, city: int, matter: UUID, party: int) -> bytes:
    """What the wrapped data key of one person is bound to."""
    return b"|".join((b"vault person key", str(city).encode(), matter.bytes, str(party).encode()))


def file_binding(*, city: int, matter: UUID, file: UUID, purpose: str = "file") -> bytes:
    """What a sealed attachment (``file``) or ``document`` is bound to: neither opens as the other."""
    return b"|".join((f"vault {purpose}".encode(), str(city).encode(), matter.bytes, file.bytes))


def normal(field: str, value: str) -> str:
    """The one spelling under which a value is looked up; empty if there is nothing to look up."""
    tight = _SEPARATORS.sub("", unicodedata.normalize("NFKC", value))
    if field == "phone":
        digits = re.sub(r"\D", "", tight)
        return digits[-11:] if len(digits) > 11 and digits.startswith(("86", "0086")) else digits
    if field == "id_number":
        return _long_id(tight.upper())
    return tight.casefold()


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_check_digit(first17: str) -> str:
    """The last character of an 18-digit ID number (GB 11643)."""
    return "10X98765432"[
        sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11
    ]


def _long_id(number: str) -> str:
    """Old ID numbers of 15 digits as the 18 they became."""
    if len(number) == 15 and number.isdecimal():
        head = number[:6] + "19" + number[6:]
        return head + id_check_digit(head)
    return number
