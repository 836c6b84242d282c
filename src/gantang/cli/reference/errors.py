"""Errors: every code with its sentence and remedy in both languages, room by room."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gantang.cli.reference import source
from gantang.cli.reference.markdown import both, code, page, table


@dataclass(frozen=True, slots=True)
class Said:
    """One error as people meet it; sentences are Chinese msgids."""

    room: str
    code: str
    status: int
    sentence: str
    remedy: str


def pages() -> Iterator[tuple[str, str]]:
    """The page of all errors."""
    found = errors()
    rooms = sorted({one.room for one in found})
    sections = [
        f"## {room}\n\n"
        + table(
            ("code", "HTTP", "what it says", "how to mend it"),
            (_row(one) for one in found if one.room == room),
        )
        for room in rooms
    ]
    yield (
        "errors.md",
        page("Errors (错误)", "every error class and its uses", _HEAD, *sections, _refusals(), _stops()),
    )


_HEAD = """Every error has a code, a sentence and a remedy, in the language of the page or of
`Accept-Language`. Over the API it is problem+json. An error without a remedy of its own needs none:
the sentence says it. `{…}` is filled in."""


def _row(one: Said) -> tuple[object, ...]:
    english = source.english()
    return (
        code(one.code),
        one.status,
        both(one.sentence, english.get(one.sentence, "")),
        both(one.remedy, english.get(one.remedy, "")),
    )


def errors() -> list[Said]:
    """Every error that a class or a call of the code can make, in order of room and code."""
    found = {}
    for name in source.trees():
        if name not in ("__main__.py", "site/wsgi.py"):
            module = importlib.import_module(
                "gantang." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
            )
            for one in (*_classes(module), *_calls(name, module)):
                found[one.room, one.code] = one
    return [one for _, one in sorted(found.items())]


def _classes(module: Any) -> Iterator[Said]:
    """Error classes with a code of their own."""
    from gantang.kit.errors import GantangError

    for kind in vars(module).values():
        if (
            isinstance(kind, type)
            and issubclass(kind, GantangError)
            and kind.__module__ == module.__name__
            and "code" in vars(kind)
        ):
            yield Said(
                _room(module.__name__), kind.code, kind.status, _msgid(kind.sentence), _msgid(kind.remedy)
            )


def _calls(name: str, module: Any) -> Iterator[Said]:
    """Errors made with a code of their own: ``WrongError("posts.wrong_duty", …)``."""
    from gantang.kit.errors import GantangError

    for called, call in source.calls(source.trees()[name]):
        kind = getattr(module, called, None)
        first = source.literal(call.args[0]) if call.args else None
        if isinstance(kind, type) and issubclass(kind, GantangError) and first is not None and "." in first:
            sentence = source.literal(call.args[1]) if len(call.args) > 1 else None
            remedy = next((source.literal(one.value) for one in call.keywords if one.arg == "remedy"), None)
            yield Said(
                _room(module.__name__),
                first,
                kind.status,
                sentence or _msgid(kind.sentence),
                remedy or _msgid(kind.remedy),
            )


def _room(module: str) -> str:
    return module.split(".")[1]


def _msgid(text: Any) -> str:
    """The Chinese sentence itself, whatever language is in force."""
    from django.utils import translation

    with translation.override("zh-hans"):
        return str(text)


def _refusals() -> str:
    from gantang.engine.run.say import SENTENCES
    from gantang.engine.vocabulary import GUARDS

    said = [(code(name), both(words.zh, words.en)) for name, words in SENTENCES.items()]
    for one in GUARDS.values():
        words = one.excused or one.refusal
        said.append((code(f"guard.{one.name}"), both(words.zh, words.en)))
    return _REFUSED + table(("code", "what it says"), said)


_REFUSED = """## Reasons why a move is refused

A refused move (`matter.move_refused`) names all of its reasons, each with one of these codes.

"""


def _stops() -> str:
    rows = []
    for tree in source.trees("host").values():
        for called, call in source.calls(tree):
            if called == "HostError" and len(call.args) == 2:
                rows.append((both(source.literal(call.args[0]) or "", source.literal(call.args[1]) or ""),))
    head = "## What stops a start\n\nSaid to the person who starts the program.\n\n"
    return head + table(("what it says, and what to do",), sorted(rows))
