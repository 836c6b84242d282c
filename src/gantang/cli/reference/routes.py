"""Addresses: every URL of the site and every operation of the API."""

from collections.abc import Iterator
from typing import Any

from gantang.cli.reference.markdown import code, page, table, tidy

PREFIX = "api/v1/"


def pages() -> Iterator[tuple[str, str]]:
    """The page of all addresses."""
    from django.urls import get_resolver

    sections = [_api()]
    found: dict[str, list[tuple[str, str, str]]] = {}
    for pattern, callback, name in _leaves(get_resolver(), ""):
        if not pattern.startswith(PREFIX):
            found.setdefault(_door(pattern), []).append((code("/" + pattern), name, _meaning(callback)))
    for door, rows in sorted(found.items()):
        sections.append(f"## {door}\n\n" + table(("address", "name", "what it is"), rows))
    yield "routes.md", page("Addresses (网址)", "the URL configuration", _HEAD, *sections)


_HEAD = """Parts in `<…>` are filled in. The API's own document, with every field, is served at
`/api/v1/openapi.json`."""


def _leaves(resolver: Any, before: str) -> Iterator[tuple[str, Any, str]]:
    from django.urls import URLResolver

    for one in resolver.url_patterns:
        text = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _leaves(one, text)
        elif text.strip("/") or one.name:
            yield text, one.callback, one.name or ""


def _door(pattern: str) -> str:
    first = pattern.split("/")[0]
    return {
        "desk": "desk",
        "field": "field",
        "screen": "screen",
        "accounts": "sign-in (django-allauth)",
        "health": "site",
        "api": "exchange",
        "map": "exchange",
    }.get(first, "portal")


def _meaning(callback: Any) -> str:
    """The view's own first sentence; what is not ours says nothing."""
    view = getattr(callback, "view_class", callback)
    return tidy(view.__doc__) if str(view.__module__).startswith("gantang.") else ""


def _api() -> str:
    """The operations as ninja declares them; the served document also holds the moves in force."""
    from gantang.exchange.api.v1.app import API

    rows = [
        (method.upper(), code(path), *_operation(one))
        for path, methods in API.get_openapi_schema(path_prefix=PREFIX)["paths"].items()
        for method, one in methods.items()
    ]
    return "## API\n\n" + table(("method", "address", "what it does", "who", "answers"), rows)


def _operation(one: dict[str, Any]) -> tuple[str, str, str]:
    who = code(*(name for each in one.get("security", []) for name in each))
    answers = ", ".join(sorted(str(status) for status in one["responses"]))
    return tidy(one.get("description")), who, answers
