"""The whole database as a thief of it would have it: what PostgreSQL's own dump writes, and where a text stands in it."""

import subprocess
from urllib.parse import quote

from django.db import connections

from gantang.host.programs import find


def dump() -> str:
    """Everything of the test's database, committed rows only; what is binary stands there in hex."""
    params = connections["owner"].get_connection_params()
    address = " ".join(
        f"{name}='{params[key]}'"
        for name, key in (("host", "host"), ("port", "port"), ("user", "user"), ("dbname", "dbname"))
        if params.get(key)
    )
    made = subprocess.run(
        [find().path("pg_dump"), "--no-owner", address],
        env={"PGPASSWORD": str(params.get("password") or "")},
        capture_output=True,
        check=True,
    )
    return made.stdout.decode("utf-8")


def forms_of(text: str) -> tuple[bytes, ...]:
    """How a text may be written down: in UTF-8, in UTF-16, in GBK, escaped as JSON or an address does it."""
    escaped = text.encode("ascii", "backslashreplace")
    spelled = (
        text.encode(),
        text.encode("utf-16-le"),
        text.encode("gbk", "ignore"),
        escaped,
        quote(text).encode(),
    )
    return tuple(dict.fromkeys(form for form in spelled if form))


def stands(text: str, dumped: str) -> bool:
    """Whether a text stands in a dump, plainly or escaped, or inside what is binary."""
    plain = [form.decode("ascii") for form in forms_of(text) if form.isascii()]
    doubled = [form.replace("\\", "\\\\") for form in plain]
    return any(form in dumped for form in (text, *plain, *doubled, *(form.hex() for form in forms_of(text))))
