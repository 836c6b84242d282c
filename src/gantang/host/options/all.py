"""All options together, as the environment gives them."""

import os
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from pydantic import ValidationError

from gantang.host.declare import PREFIX, OptionError, describe
from gantang.host.options.data import Data
from gantang.host.options.database import Database
from gantang.host.options.mail import Mail
from gantang.host.options.server import Server
from gantang.host.options.work import Work


class Options(Mail, Work, Database, Data, Server):
    """The options in force. Read them through ``options()``."""


@cache
def options() -> Options:
    """The options of this process, read from the environment once."""
    try:
        return Options()
    except ValidationError as error:
        raise OptionError("\n".join(_complaints(error))) from None


def _complaints(error: ValidationError) -> Iterator[str]:
    known = {key: info for info in describe(Options) for key in (info.field, info.name)}
    for problem in error.errors():
        info = known[str(problem["loc"][0])]
        yield info.complaint(info.name if info.secret else f"{info.name}={problem['input']}")


def strangers() -> dict[str, str | None]:
    """Variables with our prefix that no option has, each with the nearest option's name."""
    names = [info.name for info in describe(Options)]
    files = (f"{info.name}_FILE" for info in describe(Options) if info.secret)
    known = {*names, *files, PREFIX + "CHROMIUM"}
    given = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    return {name: next(iter(get_close_matches(name, names, 1)), None) for name in given}
