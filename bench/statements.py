"""The very statements of one request, as the server logged them, and a pgbench script that replays them.

The log is read for one request only. What must be new in each replay (ids minted in the act, the number, the
idempotency key, the hash of an access code) becomes an expression over a counter; all else stands as it was.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

_LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ CST \[(\d+)\] (?:(\S+) )?([A-Z]+):  (.*)$")
_SAID = re.compile(r"^(?:statement|execute (?:<unnamed>|\S+)): ", re.S)
_PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_NAME = re.compile(r":(?=[A-Za-z_\x80-\U0010ffff-])")
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
#: A list of ids as a parameter had it: an expression in its place needs the type said.
_IDS = re.compile(rf"ANY\(('\{{{_UUID.pattern}[^']*')\)")
_SETTING = re.compile(r"SET LOCAL gantang\.(\w+) = ('(?:[^']|'')*')(?:; )?")


@dataclass(frozen=True)
class Logged:
    """One statement with its parameters in place."""

    pid: int
    text: str


@contextmanager
def logging(role: str, superuser: "Callable[[str], None]") -> Iterator[None]:
    """Log every statement of a role with its parameters, for sessions that begin within the block."""
    quoted = f'"{role}"'
    superuser(f"ALTER ROLE {quoted} SET log_statement = 'all'")
    superuser(f"ALTER ROLE {quoted} SET log_error_verbosity = 'default'")
    try:
        yield
    finally:
        superuser(f"ALTER ROLE {quoted} RESET log_statement")
        superuser(f"ALTER ROLE {quoted} RESET log_error_verbosity")


def read(log: Path, begin: int, role: str) -> list[Logged]:
    """The statements of a role from a place in the log on."""
    found: list[Logged] = []
    for pid, who, level, text in _entries(log.read_text(encoding="utf-8", errors="replace"), begin):
        if level == "LOG" and who.startswith(f"{role}@") and _SAID.match(text):
            found.append(Logged(pid, _SAID.sub("", text, count=1)))
        elif level == "DETAIL" and found and found[-1].pid == pid:
            found[-1] = Logged(pid, _bound(found[-1].text, text))
    return found


def _entries(text: str, begin: int) -> Iterator[tuple[int, str, str, str]]:
    """Log entries, their continued lines put together; ``begin`` counts characters."""
    held: list[str] = []
    for line in [*text[begin:].splitlines(), "0000-00-00 00:00:00.000 CST [0] END:  "]:
        if _LINE.match(line) or line.startswith("0000"):
            if held and (found := _LINE.match(held[0])):
                yield int(found[1]), found[2] or "", found[3], "\n".join([found[4], *held[1:]])
            held = [line]
        else:
            held.append(line.removeprefix("\t"))


def _bound(text: str, detail: str) -> str:
    """The statement with literals for its parameters."""
    values = {int(number): value for number, value in _PARAMETER.findall(detail)}
    return re.sub(r"\$(\d+)", lambda found: values.get(int(found[1]), found[0]), text)


# --- replay -------------------------------------------------------------------------------------------


def script(statements: list[Logged], *, minted: set[str], fresh: dict[str, str]) -> str:
    """A pgbench script. ``minted``: ids that are new in each replay; ``fresh``: further literals, each with
    the expression that takes its place."""
    numbers = {one: place for place, one in enumerate(sorted(minted))}
    lines = ["\\set n :n + 1", "\\set r :start + (:n * 64 + :client_id) * 32"]
    lines += [_replayed(one.text, numbers, fresh) + ";" for one in statements]
    return "\n".join(lines) + "\n"


def minted_in(statements: list[Logged], since: float) -> set[str]:
    """The version 7 ids in the statements that were minted at or after a moment (epoch seconds)."""
    found = {each for one in statements for each in _UUID.findall(one.text)}
    return {each for each in found if (UUID(each).int >> 80) / 1000 >= since}


def _replayed(text: str, numbers: dict[str, int], fresh: dict[str, str]) -> str:
    text = " ".join(text.split())
    if settings := _SETTING.findall(text):  # several in one query: only as one statement can they be prepared
        text = f"SELECT {', '.join(_set(name, value) for name, value in settings)}"
    text = _IDS.sub(r"ANY(\1::uuid[])", text)
    return _LITERAL.sub(lambda found: _literal(found[0], numbers, fresh), text)


def _set(name: str, value: str) -> str:
    return f"set_config('gantang.{name}', {value}, true)"


def _literal(literal: str, numbers: dict[str, int], fresh: dict[str, str]) -> str:
    """A literal, or the expression of one that must be new."""
    plain = literal[1:-1]
    if plain in fresh:
        return fresh[plain]
    if plain in numbers:
        return f"({_minted(plain, numbers[plain])})::uuid"
    if plain.lstrip().startswith(
        ('{"', "[")
    ):  # JSON stands as it was; pgbench would take :true for a variable
        return "'" + _NAME.sub(": ", plain) + "'"
    held = [each for each in numbers if each in plain]
    if not held:
        return literal
    for each in held:
        plain = plain.replace(each, f"' || {_minted(each, numbers[each])} || '")
    return f"('{plain}')"


def _minted(given: str, place: int) -> str:
    """An id of the same moment and city, another one in each replay."""
    return f"'{given[:24]}' || lpad(to_hex(:r::bigint + {place}), 12, '0')"
