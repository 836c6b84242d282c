"""Bodies read one way: who stands in between, and reads a name's other value, sees another request."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser


class Exact(Parser):
    """JSON as its standard has it: a name of an object once, no number that is none. Errors: ValueError."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body, whatever it is; the operation says what it should be."""
        found: dict[str, Any] = json.loads(request.body, object_pairs_hook=_once, parse_constant=_no_number)
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(_text: str) -> NoReturn:
    raise ValueError("no number")
