"""One's own devices in words."""

from typing import Any

from django.http import HttpRequest

from gantang.faces.acting import account_of
from gantang.identity import queries as identity


def devices_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Where one is signed in, the newest first."""
    session = request.session.session_key or ""
    return [
        {"device": one, "title": one.title} for one in identity.devices(account_of(request), session=session)
    ]
