"""What can only be read from the source: calls with their literal texts; and the English catalogues."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]


@cache
def trees(folder: str = "") -> dict[str, ast.Module]:
    """Every module below a folder of the package, parsed; by path below the package."""
    files = sorted((PACKAGE / folder).rglob("*.py"))
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in files
        if "migrations" not in path.parts
    }


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a plain or dotted name, with the last part of that name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def literal(node: ast.AST | None) -> str | None:
    """A text as it stands in the source, the filled-in parts of an f-string as ``{…}``.

    A text inside ``_( … )`` counts as the text. None for anything that is no text.
    """
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(literal(part) or "" for part in parts)
        case ast.FormattedValue(value=value):
            return "{" + _short(value) + "}"
        case ast.Call(func=ast.Name(id="_" | "gettext" | "gettext_lazy"), args=[inner, *_]):
            return literal(inner)
    return None


def _short(value: ast.expr) -> str:
    """What stands between the braces, if it is a plain name; else an ellipsis."""
    names = [
        node.attr
        for node in ast.walk(value)
        if isinstance(node, ast.Attribute) and node.attr not in ("zh", "en")
    ]
    names += [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
    return names[0] if isinstance(value, ast.Name | ast.Attribute) and names else "…"


@cache
def english() -> dict[str, str]:
    """Chinese sentence to English, from the catalogues of all rooms."""
    from gantang.faces import wording

    found: dict[str, str] = {}
    for path in sorted(PACKAGE.glob("*/locale/en/LC_MESSAGES/django.po")):
        found.update(wording.read(path))
    found.pop("", None)  # the catalogues' own heads
    return found
