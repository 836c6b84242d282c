"""The two connections made from one address (data layer §5.7, §5.8)."""

import pytest

from gantang.site.database import app_password, connections

URL = "postgresql://ow%40ner:p%23w%2Fd@db.example.org:5433/gan%20tang?sslmode=require"


def _both(url: str = URL, pool: int = 4) -> tuple[dict[str, object], dict[str, object]]:
    made = connections(url, app_role="app", app_password="secret", pool=pool)
    return made["default"], made["owner"]


def test_address_is_read_with_its_escapes() -> None:
    app, owner = _both()
    assert (owner["USER"], owner["PASSWORD"]) == ("ow@ner", "p#w/d")
    assert (app["USER"], app["PASSWORD"]) == ("app", "secret")
    for each in (app, owner):
        assert (each["HOST"], each["PORT"], each["NAME"]) == ("db.example.org", "5433", "gan tang")
        assert each["OPTIONS"]["sslmode"] == "require"  # type: ignore[index]


def test_private_socket_is_taken_from_the_query() -> None:
    assert _both("postgresql://u:p@/d?host=/run/a%20b")[1]["HOST"] == "/run/a b"


@pytest.mark.parametrize("which", [0, 1], ids=["app", "owner"])
def test_silent_cut_is_noticed_within_seconds(which: int) -> None:
    given = _both()[which]["OPTIONS"]
    expected = {
        "connect_timeout": 3,
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "tcp_user_timeout": 4000,
    }
    assert {name: given[name] for name in expected} == expected  # type: ignore[index]


def test_connections_are_not_looked_at_before_each_use() -> None:
    """With health checks a restart of the database stalls for ten seconds and more."""
    assert [each["CONN_HEALTH_CHECKS"] for each in _both()] == [False, False]


def test_migrations_go_past_the_pool() -> None:
    app, owner = _both()
    assert "pool" in app["OPTIONS"]  # type: ignore[operator]
    assert "pool" not in owner["OPTIONS"]  # type: ignore[operator]


def test_limits_hold_for_the_site_and_leave_what_the_address_says() -> None:
    app, owner = _both(URL + "&options=-c%20search_path%3Dcasework")
    assert owner["OPTIONS"]["options"] == "-c search_path=casework"  # type: ignore[index]
    said = app["OPTIONS"]["options"]  # type: ignore[index]
    assert said.startswith("-c search_path=casework -c statement_timeout=30000")
    assert "lock_timeout=10000" in said
    assert "idle_in_transaction_session_timeout=60000" in said


def test_password_of_the_role_follows_from_the_sites_secret() -> None:
    assert app_password("a" * 32, "app") == app_password("a" * 32, "app")
    assert app_password("a" * 32, "app") != app_password("b" * 32, "app")
    assert app_password("a" * 32, "app") != app_password("a" * 32, "other")
