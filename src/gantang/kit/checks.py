"""Start-up checks of the kit, run by ``gantang check --database default``."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError

from gantang.kit.crypto import KeysError
from gantang.kit.marks import check_keys
from gantang.kit.roles import APP, RoleError, check_app_role


@register(Tags.database)
def app_role(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The app's role must stand behind the wall."""
    if APP not in (databases or ()):
        return []
    try:
        check_app_role()
    except RoleError as error:
        return [Error(str(error), hint=error.remedy_words, id="kit.E001")]
    except DatabaseError as error:
        return [Error(f"no connection as the app's role: {error}", id="kit.E002")]
    return []


@register(Tags.database)
def key_files(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The key files must be those this database was written under."""
    if APP not in (databases or ()):
        return []
    try:
        check_keys()
    except KeysError as error:
        return [Error(str(error), hint=error.remedy_words, id="kit.E003")]
    except DatabaseError:
        return []  # before the first migration; a missing connection is told by the role's check
    return []
