"""A text in pieces: runs of one to three characters, each with where it begins. Pure.

Chinese needs no segmenter for this: pieces of characters did better than words (docs/decisions/0023).
"""

from collections.abc import Iterator

#: Longest piece, and as much of a text as is read.
LONGEST, READ = 3, 2000


def plain(text: str) -> str:
    """The text as it is compared, character for character: lower case, every digit 0, marks as blanks."""
    return "".join(map(_plain, text[:READ]))


def _plain(ch: str) -> str:
    if ch.isdecimal():
        return "0"
    low = ch.lower()
    return low if ch.isalnum() and len(low) == 1 else " "


def pieces(text: str) -> Iterator[tuple[str, int]]:
    """Every piece of a text with its beginning; none reaches over a blank or a mark."""
    flat = plain(text)
    for start in range(len(flat)):
        for end in range(start + 1, min(start + LONGEST, len(flat)) + 1):
            if flat[end - 1] == " ":
                break
            yield flat[start:end], start


def words(text: str) -> list[str]:
    """The pieces alone, as the trainer counts them."""
    return [piece for piece, _start in pieces(text)]
