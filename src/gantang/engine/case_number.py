"""A court's case number (案号): one closed form, so that nothing else can be written where one is asked.

As people write it, ``（2026）赣0102民初123号``; as it stands in a step, ``2026-JX0102-MC-123``: the year, the
court by the sign of its province and its digits, the kind of case from a closed list, the serial number.
"""

from __future__ import annotations

import re

#: The sign of the province, or of courts that belong to none, and its letters in a step (ISO 3166-2:CN).
COURTS = {
    "最高法": "ZG", "京": "BJ", "津": "TJ", "冀": "HE", "晋": "SX", "内": "NM", "辽": "LN", "吉": "JL",
    "黑": "HL", "沪": "SH", "苏": "JS", "浙": "ZJ", "皖": "AH", "闽": "FJ", "赣": "JX", "鲁": "SD",
    "豫": "HA", "鄂": "HB", "湘": "HN", "粤": "GD", "桂": "GX", "琼": "HI", "渝": "CQ", "川": "SC",
    "黔": "GZ", "云": "YN", "藏": "XZ", "陕": "SN", "甘": "GS", "青": "QH", "宁": "NX", "新": "XJ",
    "兵": "BT",
}  # fmt: skip
#: Kinds of case whose papers are performed, or by whose number their enforcement goes.
KINDS = {
    "民初": "MC", "民终": "MZ", "民再": "MR", "民特": "MT", "民督": "MD", "行初": "XC",
    "行终": "XZ", "行再": "XR", "刑初": "PC", "刑终": "PZ", "诉前调书": "SS", "诉前调确": "SQ",
    "执": "ZX", "执恢": "ZH", "执保": "ZB", "执异": "ZY",
}  # fmt: skip
_SIGNS, _WORDS = ({code: sign for sign, code in one.items()} for one in (COURTS, KINDS))
#: Digits stay few: neither a telephone number nor that of an identity card fits.
_TOLD = re.compile(
    rf"[（(〔\[]?([12]\d{{3}})[）)〕\]]?({'|'.join(COURTS)})(\d{{0,4}})"
    rf"({'|'.join(sorted(KINDS, key=len, reverse=True))})(?:字第)?([1-9]\d{{0,5}})号?",
    re.ASCII,
)
_CODE = re.compile(
    rf"([12]\d{{3}})-({'|'.join(_SIGNS)})(\d{{0,4}})-({'|'.join(_WORDS)})-([1-9]\d{{0,5}})", re.ASCII
)


def read(text: str) -> str | None:
    """The number as it stands in a step, from either way of writing it; None where it is none."""
    plain = "".join(text.split())
    if _CODE.fullmatch(plain):
        return plain
    found = _TOLD.fullmatch(plain)
    if found is None:
        return None
    year, sign, digits, kind, serial = found.groups()
    return f"{year}-{COURTS[sign]}{digits}-{KINDS[kind]}-{serial}"


def holds(code: object) -> bool:
    """Whether this is a number as it stands in a step."""
    return isinstance(code, str) and _CODE.fullmatch(code) is not None


def written(code: str) -> str:
    """The number as people write it; what is none stays as it is."""
    found = _CODE.fullmatch(code)
    if found is None:
        return code
    year, sign, digits, kind, serial = found.groups()
    return f"（{year}）{_SIGNS[sign]}{digits}{_WORDS[kind]}{serial}号"
