"""The two database connections: the app's role behind row-level security, and the owner who migrates."""

import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FIELD = "Asia/Shanghai"
# A silent network cut is noticed within seconds (measured: 4.1–4.4 s), not after minutes.
_LIVENESS = {
    "connect_timeout": 3,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 4000,
}
# While the database is away a request waits so long for a connection, and an attempt to open one is given
# up so soon. By default attempts come ever more slowly, and the site stays away for as long again as its
# database was. There are always more connections than threads, so nothing waits here otherwise.
_POOL = {"min_size": 1, "timeout": 2, "reconnect_timeout": 1}
_APP_LIMITS = "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"


def connections(
    url: str, *, app_role: str, app_password: str, pool: int, replica: str = ""
) -> dict[str, dict[str, Any]]:
    """Django's ``DATABASES``: ``default`` is the app role with a pool, ``owner`` a direct connection,
    ``replica`` the app role on a server that only follows, where there is one."""
    owner = _from_url(url)
    found = {"default": _as_app(owner, app_role, app_password, pool, _APP_LIMITS), "owner": owner}
    if replica:
        limits = f"{_APP_LIMITS} -c default_transaction_read_only=on"
        found["replica"] = _as_app(_from_url(replica), app_role, app_password, pool, limits)
    return found


def _as_app(of: dict[str, Any], role: str, password: str, pool: int, limits: str) -> dict[str, Any]:
    given = of["OPTIONS"].get("options", "")
    options = {
        **of["OPTIONS"],
        "options": f"{given} {limits}".strip(),
        "pool": {**_POOL, "max_size": pool},
    }
    return {**of, "USER": role, "PASSWORD": password, "OPTIONS": options}


def app_password(secret: str, role: str) -> str:
    """The app role's password: derived from the site's secret, so that nothing else has to be kept."""
    return hmac.new(secret.encode(), f"database role {role}".encode(), hashlib.sha256).hexdigest()


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": query.pop("port", None) or str(parts.port or ""),
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "TIME_ZONE": FIELD,  # moments are read as the field's clocks show them
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {**_LIVENESS, **query},
        "TEST": {"MIRROR": None},
    }
