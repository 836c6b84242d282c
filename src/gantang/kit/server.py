"""Whether a PostgreSQL that somebody else runs is fit: its version, and how the database reads text."""

from django.db import connections
from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import GantangError

OLDEST = 15
# Under the plain "C" locale Chinese characters are no letters, and words in them are not found.
_LOOK = """
SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),
       '甲' ~ '^[[:alpha:]]$'
"""


class ServerError(GantangError):
    """The database server or the database is not fit."""

    code = "kit.server"
    sentence = _("数据库不合用：{what}")
    remedy = _("请用 PostgreSQL 15 或更新版本，建库时写明 ENCODING 'UTF8' LOCALE 'C.UTF-8'。")


def check_server(alias: str) -> None:
    """Refuse a server that is too old, or a database that cannot match Chinese. Errors: ServerError."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_LOOK)
        refuse_unfit(*cursor.fetchone())


def refuse_unfit(version: int, encoding: str, matches: bool) -> None:
    """The check itself, on what the server said."""
    fault = {
        f"PostgreSQL {version}": version < OLDEST,
        f"ENCODING {encoding}": encoding != "UTF8",
        "LOCALE C": not matches,
    }
    for what, found in fault.items():
        if found:
            raise ServerError(details={"what": what})
