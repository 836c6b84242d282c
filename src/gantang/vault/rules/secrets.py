"""Whether a text may hold a state or work secret, by the words and marks that stand on such papers. A hint
for whoever wrote it and for whoever reads it next; it decides nothing."""

import re
import unicodedata

from gantang.vault.rules.lists import read

_MARKS = tuple(read("secrets")["marks"].split())
#: The mark of a classified paper, its level with a star: 机密★10年.
_STAR = re.compile(r"(?:绝密|机密|秘密)\s*★")


def secret_marks(text: str) -> tuple[str, ...]:
    """The words and marks found, in the order of the list; none mostly."""
    plain = unicodedata.normalize("NFKC", text)
    tight = re.sub(r"\s+", "", plain)
    found = [mark for mark in _MARKS if mark in tight]
    return tuple(found or (["★"] if _STAR.search(plain) else []))
