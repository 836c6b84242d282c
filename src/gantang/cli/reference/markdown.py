"""Markdown as the reference pages need it: a head that names the source, and tables."""

from collections.abc import Iterable, Sequence


def page(title: str, source: str, *parts: str) -> str:
    """A whole page; ``source`` says what it was made from."""
    made = f"*Made by `gantang reference` from {source}; do not edit.*"
    return "\n\n".join([f"# {title}", made, *(part.strip("\n") for part in parts if part.strip())]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; cells are escaped, line breaks kept."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell(one) for one in line) + " |" for line in lines)


def cell(value: object) -> str:
    """One cell's text: no bar and no line break may end it."""
    text = "" if value is None else str(value)
    return text.replace("|", "\\|").replace("\n", "<br>").strip()


def both(zh: str, en: str) -> str:
    """A wording in two languages, English first, each on a line."""
    return "\n".join(part for part in (en, zh) if part)


def code(*names: object) -> str:
    """Names as code, separated by commas."""
    return ", ".join(f"`{name}`" for name in names if str(name))


def tidy(text: str | None) -> str:
    """A docstring's first paragraph on one line, literals marked once."""
    first = (text or "").strip().split("\n\n")[0]
    return " ".join(first.split()).replace("``", "`")
