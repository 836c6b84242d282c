"""What a sign-in name and a preference look like. Pure."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address

SHORTEST_PASSWORD = 8
LANGUAGES = ("", "zh-hans", "en")
#: What a program may be given: to read; to act on matters; to open what a person gave.
SCOPES = ("people", "read", "write")
#: So many wrong passwords within ``TRYING`` bar the place they came from for ``BARRED``.
TRIES, TRYING, BARRED = 5, timedelta(minutes=15), timedelta(minutes=15)
THEMES = ("", "light", "dark")
#: How close rows of a table stand; empty: as designed.
DENSITIES = ("", "compact", "roomy")
#: An account keeps so many views of its own, none with a longer address.
MOST_VIEWS, LONGEST_VIEW = 12, 300
#: A password that an administrator gave works so long, and only to be changed for one's own.
FIRST = timedelta(hours=72)
#: Its letters: none that reads like another one.
LETTERS, GROUPS, GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 4, 4
#: A token before a new one works no longer than this.
MOST_OVERLAP = timedelta(days=30)
_NAME = re.compile(r"[\w.@+-]{2,64}")
#: What browsers and systems call themselves, the telling names first: others borrow the later ones.
_BROWSERS = {
    "MicroMessenger": "WeChat", "DingTalk": "DingTalk", "Edg": "Edge", "Firefox": "Firefox",
    "FxiOS": "Firefox", "ArkWeb": "ArkWeb", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS", "OpenHarmony": "HarmonyOS", "Android": "Android", "iPhone": "iOS",
    "iPad": "iPadOS", "Windows": "Windows", "Mac OS X": "macOS", "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip
KINDS = ("phone", "tablet", "computer", "computer_or_tablet", "")


def fits(username: str) -> bool:
    """Whether a text can be a sign-in name: 2 to 64 letters (of any script), digits and ``. _ @ + -``."""
    return _NAME.fullmatch(username) is not None


def fits_client(name: str, expires_at: datetime | None, now: datetime) -> bool:
    """Whether a program can be called so and its token run out then."""
    return 0 < len(name.strip()) <= 100 and (expires_at is None or expires_at > now)


def first_password(choose: Callable[[str], str]) -> str:
    """A password to be read aloud once: four groups of four letters (79 bits), by a random choice of each."""
    return "-".join("".join(choose(LETTERS) for _one in range(GROUP)) for _group in range(GROUPS))


def is_preference(language: str, theme: str, density: str = "") -> bool:
    """Whether all are choices we know; empty means: as the browser says, as designed."""
    return language in LANGUAGES and theme in THEMES and density in DENSITIES


def place_of(address: str) -> str:
    """An address without its last part, enough to know one's own again: ``192.0.2.x``, ``2001:db8:1::x``."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return f"{address.rpartition('.')[0]}.x"
    return ":".join(found.exploded.split(":")[:3]) + "::x"


def family_of(agent: str, mobile: str = "") -> str:
    """Kind, browser and system of a device, "phone/Chrome/Android", from what its browser calls itself and
    from the hint whether it is a phone (``Sec-CH-UA-Mobile``). No version, no model: what many share."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    return "/".join((_kind(agent, browser, system, mobile), browser, system))


def families(kept: str) -> tuple[str, str, str]:
    """Those three apart; what was kept before as the browser told it is read the same way."""
    found = kept.split("/")
    if len(found) != 3 or found[0] not in KINDS:
        found = family_of(kept).split("/")
    return found[0], found[1], found[2]


def _first(names: dict[str, str], agent: str) -> str:
    return next((shown for name, shown in names.items() if name in agent), "")


def _kind(agent: str, browser: str, system: str, mobile: str) -> str:
    if mobile == "?1" or system == "iOS":
        return "phone"
    if system in ("Android", "HarmonyOS"):
        return _handheld(agent)
    if system == "iPadOS":
        return "tablet"
    if system == "macOS" and browser == "Safari":
        return "computer_or_tablet"  # an iPad calls itself a Mac
    return "computer" if system else ""


def _handheld(agent: str) -> str:
    """Android leaves the word Mobile out on tablets; HarmonyOS says which of three it is."""
    if "(PC" in agent:
        return "computer"
    return "phone" if "Mobile" in agent and "(Tablet" not in agent else "tablet"
