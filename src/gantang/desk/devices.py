"""One's own devices in words."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gantang.faces.acting import account_of
from gantang.identity import queries as identity

#: What browsers and systems call themselves, the telling names first: others borrow the later ones.
_BROWSERS = ("MicroMessenger", "DingTalk", "Edg", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("HarmonyOS", "Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_SHOWN = {"Edg": "Edge", "MicroMessenger": "WeChat", "Mac OS X": "macOS"}


def devices_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Where one is signed in, the newest first."""
    session = request.session.session_key or ""
    found = identity.devices(account_of(request), session=session)
    return [{"device": one, "title": title_of(one.agent)} for one in found]


def title_of(agent: str) -> str:
    """A browser and its system by what the browser calls itself."""
    names = [next((one for one in names if one in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return " · ".join(_SHOWN.get(one, one) for one in names if one) or _("认不出的设备")
