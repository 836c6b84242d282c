"""What a report may be about, by the words in it: proposed with its reason, never put in by itself."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gantang.faces import names
from gantang.kit.actor import lies_apart
from gantang.matters.types import Suggested

#: Words in everyday use beside those of the class tree itself: our own list, to be added to.
LIST = "data/words.csv"
#: A word of one character says too little by itself.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A class, what it is called, and the words of the report that speak for it."""

    code: str
    title: str
    because: tuple[str, ...]

    def kept(self, shown: str) -> Suggested:
        """As the report's step keeps it; ``shown`` is the code that stood on the page when it was sent."""
        return Suggested(self.code, tuple(mark(one) for one in self.because), shown == self.code)


def mark(word: str) -> str:
    """A word of our list or of a class's title as a step holds it, which takes no text: found again by
    hashing the list."""
    return hashlib.sha256(word.encode()).hexdigest()[:12]


def suggest(words: str) -> Suggestion | None:
    """The class that most of the words speak for; None where nothing does, or two do alike."""
    titles = {code: title for code, title in names.classes().items() if not lies_apart(code)}
    weights: dict[str, dict[str, int]] = {}
    for code, word in (*_everyday(), *_of_titles(titles)):
        if word in words and code in titles:
            weights.setdefault(code, {})[word] = len(word)
    ranked = sorted(((sum(found.values()), code) for code, found in weights.items()), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    code = ranked[0][1]
    told = [one for one in weights[code] if not any(one != other and one in other for other in weights[code])]
    return Suggestion(code, titles[code], tuple(sorted(told, key=words.index)))


def _of_titles(titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The pieces of each narrow class's own title."""
    for code, title in titles.items():
        if "." in code and not code.endswith(".other"):
            for piece in title.replace("和", "、").replace("与", "、").replace("及", "、").split("、"):
                if len(piece) >= SHORTEST:
                    yield code, piece


@cache
def _everyday() -> tuple[tuple[str, str], ...]:
    text = files("gantang.portal").joinpath(LIST).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((row["class"], word) for row in rows for word in row["words"].split())
