"""Money in whole fen: read from what a person writes, and written out again. Never a float."""

import re
import unicodedata

#: No single amount is larger: one hundred thousand million yuan.
MOST = 10**13
_WRITTEN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)


def read(text: str) -> int | None:
    """Fen of an amount in yuan, ``1,234.5`` is 123450; None for what is no amount, nothing or too much."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip().removeprefix("¥"))
    if found is None:
        return None
    yuan, fen = found.groups()
    amount = int(yuan.replace(",", "")) * 100 + int((fen or "").ljust(2, "0"))
    return amount if 0 < amount <= MOST else None


def write(fen: int) -> str:
    """Yuan with two places: 123450 is ``1,234.50``."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02}"
