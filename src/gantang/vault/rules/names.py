"""Names of people in running text: those given in a form, and others by surname, given name and what
stands around.

No word list is complete and no rule is sure. Evidence is added up: how often the surname is one, how much the
next characters look like a given name, what stands before and behind, and whether the place is an ordinary
word or the name of a place or a body. Where it is close, the longer reading loses.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gantang.vault.rules import cues, lists
from gantang.vault.rules.text import is_han, plain
from gantang.vault.types import Span

_ENOUGH = 2.9
_WIDEST_GAP = 3
#: The most that the words before and behind can say.
_MOST_AROUND = 2.4 + 1.5


# --- names given in the form --------------------------------------------------------------------------


def find_given(text: str, names: Iterable[str]) -> list[Span]:
    """Every place where one of these names stands: whole, spaced out, a surname with a title, a given name
    alone."""
    shown = plain(text).lower()
    given = {name for name in map(_letters, names) if not set(name).isdisjoint(shown)}
    if not given:
        return []
    squeezed = _Squeezed(shown)
    found: list[Span] = []
    for name in sorted(given, key=len, reverse=True):
        found += squeezed.places_of(name) if len(name) > 1 else squeezed.places_of(name, _BEHIND_SURNAME)
        surname = _surname_of(name)
        if surname and all(map(is_han, name)):
            found += squeezed.places_of(surname, _BEHIND_SURNAME)
            found += [
                Span(each.start + 1, each.end, "name")
                for mark in "老小"
                for each in squeezed.places_of(mark + surname)
            ]
            found += _first_name(squeezed, name[len(surname) :])
    return found


_BEHIND_SURNAME = (*cues.TITLES, *cues.KIN, "某", "氏", "家")
_BEHIND_FIRST_NAME = ("同志", "哥", "姐", "叔", "说", "和", "，", "。", "的")


def _letters(text: str) -> str:
    return "".join(char for char in plain(text).lower() if char.isalnum())


class _Squeezed:
    """A text without blanks and marks, that still knows where each character stood."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.at = [place for place, char in enumerate(shown) if char.isalnum()]
        self.letters = "".join(shown[place] for place in self.at)

    def places_of(self, word: str, behind: tuple[str, ...] = ()) -> list[Span]:
        """Where a word stands with small gaps at most; where one of ``behind`` follows, if any is asked
        for."""
        found, place = [], self.letters.find(word)
        while place >= 0:
            last = place + len(word) - 1
            start, end = self.at[place], self.at[last] + 1
            is_whole = end - start <= len(word) + _WIDEST_GAP * (len(word) - 1)
            if is_whole and (not behind or self._goes_on(behind, last + 1, end)):
                found.append(Span(start, end, "name"))
            place = self.letters.find(word, place + 1)
        return found

    def _goes_on(self, behind: tuple[str, ...], letter: int, place: int) -> bool:
        return self.letters.startswith(behind, letter) or self.shown.startswith(behind, place)


def _first_name(squeezed: _Squeezed, given: str) -> list[Span]:
    """The given name alone, where it is no word of its own."""
    if len(given) < 2 or given in lists.ORDINARY or set(given) & lists.NEVER_GIVEN:
        return []
    is_telling = all(char in lists.STRONG_GIVEN for char in given)
    return squeezed.places_of(given, () if is_telling else _BEHIND_FIRST_NAME)


def _surname_of(name: str) -> str:
    if name[:2] in lists.DOUBLE_SURNAMES and len(name) > 2:
        return name[:2]
    return name[:1] if len(name) > 1 else ""


# --- other names --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    start: int
    end: int
    score: float


def find_others(text: str, *, enough: float = _ENOUGH) -> list[Span]:
    """Names nobody gave in a form, as far as rules find them, without overlaps."""
    shown = plain(text)
    readings = sorted(_readings_in(shown, enough), key=lambda each: (-each.score, each.start))
    taken: list[_Reading] = []
    for reading in readings:
        if not any(reading.start < each.end and each.start < reading.end for each in taken):
            taken.append(reading)
    spans = [Span(each.start, each.end, "name") for each in taken]
    spans += _again(shown, spans)
    spans += _titled(shown, spans)
    return sorted(spans, key=lambda span: span.start)


_MAYBE_SURNAME = re.compile(
    f"[{''.join(sorted(lists.SURNAMES | {each[0] for each in lists.DOUBLE_SURNAMES}))}]"
)


def _readings_in(text: str, enough: float) -> Iterator[_Reading]:
    for match in _MAYBE_SURNAME.finditer(text, 0, max(len(text) - 1, 0)):
        place = match.start()
        surname = _surname_at(text, place)
        if not surname:
            continue
        for length in (2, 1):
            end = place + len(surname) + length
            given = text[place + len(surname) : end]
            if len(given) == length and _may_be(surname, given, enough):
                score = _score(text, place, surname, given, enough)
                if score >= enough + (0.5 if length == 1 and len(surname) == 1 else 0.0):
                    yield _Reading(place, end, score)


def _may_be(surname: str, given: str, enough: float) -> bool:
    """Whether two characters can be a name at all, whatever stands around: most cannot, and this is quick."""
    return all(map(is_han, given)) and _surname_score(surname) + _given_score(given) + _MOST_AROUND >= enough


def _surname_at(text: str, place: int) -> str:
    if text[place : place + 2] in lists.DOUBLE_SURNAMES:
        return text[place : place + 2]
    return text[place] if text[place] in lists.SURNAMES else ""


def _score(text: str, place: int, surname: str, given: str, enough: float) -> float:
    """The evidence that a name stands here. What speaks against it is weighed where the rest is enough."""
    end = place + len(surname) + len(given)
    around = _before(text, place) + _behind(text, end, given)
    score = _surname_score(surname) + _given_score(given) + around
    return score if score < enough else score - _against(text, place, surname, given)


def _surname_score(surname: str) -> float:
    if len(surname) > 1:
        return 1.2 if surname in lists.WORDY_DOUBLES else 2.6
    score = 1.9 if surname in lists.COMMON_SURNAMES else 1.4
    return score - (0.6 if surname in lists.WORDY_SURNAMES else 0.0)


def _given_score(given: str) -> float:
    scores = [_CHAR_SCORES.get(char, 0.45) for char in given]
    if given[0] == "家" and len(given) > 1 and given[1] in lists.STRONG_GIVEN:
        scores[0] = 0.5
    if len(given) == 2 and given[0] == given[1] and scores[0] > -1:
        return scores[0] + 0.8
    return sum(scores) if len(given) > 1 else scores[0] * 1.3


#: How much a character looks like one of a given name; the lists have none in common.
_CHAR_SCORES = {
    **dict.fromkeys(lists.SELDOM_GIVEN, -1.0),
    **dict.fromkeys(lists.USUAL_GIVEN, 0.5),
    **dict.fromkeys(lists.NEVER_GIVEN, -3.0),
    **dict.fromkeys(lists.STRONG_GIVEN, 0.9),
}


def _before(text: str, place: int) -> float:
    """What the words before a name say."""
    head = text[max(0, place - 6) : place]
    if not head or head[-1] in cues.STOPS:
        bare = head.rstrip("：:，, 是叫为")
        return 1.6 if bare.endswith(cues.NAMING) else 0.4
    if head.endswith(cues.NAMING):
        return 2.4
    if head.endswith(cues.ROLES):
        return 1.6
    if head.endswith(cues.LINKS):
        return 0.7
    return 0.0 if is_han(head[-1]) else 0.3


def _behind(text: str, end: int, given: str) -> float:
    """What the words behind a name say."""
    tail = text[end : end + 6]
    if tail.startswith(cues.TITLES):
        return 1.5
    if tail.startswith(cues.AFTER):
        return 1.0
    if not tail or tail[0] in cues.STOPS:
        return 0.5
    if tail.startswith(cues.DOING):
        return 0.5
    return -0.5 if len(given) == 1 else -0.2


def _against(text: str, place: int, surname: str, given: str) -> float:
    """What speaks for an ordinary word, a place or a body instead."""
    end = place + len(surname) + len(given)
    against = 0.0
    if len(surname) == 1 and _in_word(text, place):
        against += 3.0
    if text[end - 1 : end + 1] in lists.ORDINARY and len(given) > 1:
        against += 0.8
    if given in lists.ORDINARY:
        against += 0.8
    if text.startswith(cues.TITLES, place + len(surname)):
        against += 5.0
    tail = text[end : end + 4]
    if tail.startswith(cues.PLACES) and not tail.startswith(cues.TITLES):
        against += 2.2
    if given[-1] in cues.PLACE_ENDS:
        against += 1.8
    if len(given) > 1 and given[0] == "家" and given[1] not in lists.STRONG_GIVEN:
        against += 1.5
    return against


def _in_word(text: str, place: int) -> bool:
    """Whether the surname's character is the head or the tail of an ordinary word."""
    heads = (text[place : place + size] in lists.ORDINARY for size in (2, 3, 4))
    tails = (place >= size and text[place - size : place + 1] in lists.ORDINARY for size in (1, 2, 3))
    return any(heads) or any(tails)


def _again(text: str, spans: list[Span]) -> Iterator[Span]:
    """A name found once is masked wherever it stands."""
    found = {text[span.start : span.end] for span in spans}
    for name in sorted(found, key=lambda name: (-len(name), name)):  # the same on every run
        for match in re.finditer(re.escape(name), text):
            if not any(match.start() < each.end and each.start < match.end() for each in spans):
                yield Span(*match.span(), "name")


def _any_of(chars: Iterable[str]) -> str:
    return f"[{''.join(sorted(chars))}]"


_TITLE = re.compile(f"{_any_of(lists.SURNAMES)}(?={'|'.join(sorted(cues.TITLES, key=len, reverse=True))})")
_CALLED = re.compile(f"(?<=姓){_any_of(lists.SURNAMES)}")
_FAMILIAR = re.compile(f"(?<=[老小]){_any_of(lists.COMMON_SURNAMES - lists.WORDY_SURNAMES)}")
_SOMEBODY = re.compile(f"{_any_of(lists.SURNAMES)}某{{1,2}}(?:[一-鿿](?=[，。、（(和与的]))?")


def _titled(text: str, spans: list[Span]) -> Iterator[Span]:
    """王主任, 老张, 姓李的, 赵某某: a surname that points to somebody."""
    taken = list(spans)
    for pattern, kind in ((_SOMEBODY, "name"), (_TITLE, "title"), (_CALLED, "title"), (_FAMILIAR, "title")):
        for match in pattern.finditer(text):
            span = Span(*match.span(), kind)
            if any(span.start < each.end and each.start < span.end for each in taken):
                continue
            if kind == "title" and not _points(text, span.start):
                continue
            taken.append(span)
            yield span


def _points(text: str, place: int) -> bool:
    """Whether a lone surname really is one here."""
    if _in_word(text, place):
        return False
    if text[place] in lists.WORDY_SURNAMES or text[place] in lists.RARE_SURNAMES:
        head = text[max(0, place - 6) : place]
        return not head or head[-1] in cues.STOPS or head.endswith((*cues.NAMING, *cues.ROLES, *cues.LINKS))
    return True
