"""Compile the English catalogues (`*.po`) of all rooms into the form that gettext reads (`*.mo`).

Only the standard library is used, for the same reason as in `assets`. Entries marked fuzzy or left empty are
dropped, so that the Chinese sentence, which is the msgid, is shown instead of a wrong one.
"""

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?(".*")$')

Entry = dict[str, str]


class WordingError(Exception):
    """A catalogue cannot be read; the text names file and line."""


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Compile every catalogue that is newer than its compiled form; the files written."""
    return [
        _compile(source) for source in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")) if _stale(source)
    ]


def read(source: Path) -> dict[str, str]:
    """The messages of a catalogue as gettext wants them: id (with context and plural) to translation."""
    return {_key(entry): text for entry in _entries(source) if (text := _translation(entry))}


def _compile(source: Path) -> Path:
    target = source.with_suffix(".mo")
    target.write_bytes(_pack(read(source)))
    return target


def _stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.is_file() or target.stat().st_mtime < source.stat().st_mtime


def _entries(source: Path) -> Iterator[Entry]:
    """The entries of a file, without those marked fuzzy."""
    entry: Entry = {}
    field, fuzzy = "", False
    for number, line in enumerate([*source.read_text(encoding="utf-8").splitlines(), ""], start=1):
        if _ends(line, entry):
            if "msgid" in entry and not fuzzy:
                yield entry
            entry, field, fuzzy = {}, "", False
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line.strip():
            field = _take(entry, field, line, f"{source}:{number}")


def _ends(line: str, entry: Entry) -> bool:
    """Whether a line stands behind an entry: a blank one, or the beginning of the next."""
    whole = any(name.startswith("msgstr") for name in entry)
    return not line.strip() or (whole and line.startswith(("#", "msgid ", "msgctxt ")))


def _take(entry: Entry, field: str, line: str, place: str) -> str:
    found = _LINE.match(line.strip())
    if found is None or not (found[1] or field):
        raise WordingError(f"{place}：读不懂这一行：{line}")
    name = found[1] or field
    entry[name] = (entry.get(name, "") if not found[1] else "") + str(ast.literal_eval(found[2]))
    return name


def _key(entry: Entry) -> str:
    context = f"{entry['msgctxt']}\x04" if "msgctxt" in entry else ""
    plural = f"\0{entry['msgid_plural']}" if "msgid_plural" in entry else ""
    return f"{context}{entry['msgid']}{plural}"


def _translation(entry: Entry) -> str:
    forms = [entry[name] for name in sorted(entry) if name.startswith("msgstr")]
    return "\0".join(forms) if all(forms) else ""


def _pack(messages: dict[str, str]) -> bytes:
    """The MO format: header, table of ids, table of translations, then the texts, each ended by NUL."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages.items())
    ids, texts = [key for key, _ in pairs], [text for _, text in pairs]
    first = 28 + 16 * len(pairs)
    second = first + sum(len(key) + 1 for key in ids)
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return (
        header + _table(ids, first) + _table(texts, second) + b"".join(one + b"\0" for one in [*ids, *texts])
    )


def _table(items: list[bytes], offset: int) -> bytes:
    rows = bytearray()
    for item in items:
        rows += struct.pack("<2I", len(item), offset)
        offset += len(item) + 1
    return bytes(rows)
