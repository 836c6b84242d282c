"""What values are looked at for, whichever group they stand in. Errors: ValueError, and the start stops with
the option's own sentence."""

import os
import re
from ipaddress import ip_network
from pathlib import Path

#: A host name, an address, or `.example.org` for all below it; no scheme, port or path.
_HOST = re.compile(r"^(?:\*|\.?[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\])$")


def split(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The parts between commas."""
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())


def is_host(text: str) -> bool:
    return _HOST.match(text) is not None


def is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def absolute(value: Path | None) -> Path | None:
    return None if value is None else value.expanduser().absolute()


def can_be_folder(value: Path | None) -> Path | None:
    # What this account may not look into is told by whoever makes the folder.
    above = (value, *value.parents) if value else ()
    if any(os.path.exists(place) and not os.path.isdir(place) for place in above):
        raise ValueError("a file stands there")
    return value


def is_folder(value: Path | None) -> Path | None:
    if value is not None and not value.is_dir():
        raise ValueError("no such folder")
    return value


def is_file(value: Path | None) -> Path | None:
    if value is not None and not value.is_file():
        raise ValueError("no such file")
    return value
