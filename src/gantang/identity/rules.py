"""What a sign-in name and a preference look like. Pure."""

import re

SHORTEST_PASSWORD = 8
LANGUAGES = ("", "zh-hans", "en")
THEMES = ("", "light", "dark")
_NAME = re.compile(r"[\w.@+-]{2,64}")


def fits(username: str) -> bool:
    """Whether a text can be a sign-in name: 2 to 64 letters (of any script), digits and ``. _ @ + -``."""
    return _NAME.fullmatch(username) is not None


def is_preference(language: str, theme: str) -> bool:
    """Whether both are choices we know; empty means: as the browser says."""
    return language in LANGUAGES and theme in THEMES
