"""The embedded server as it is made and set: how it orders text, what it checks, what it never gives up."""

import pytest

from gantang.host import memory
from tests.faults.bench import Site

SETTINGS = {
    "data_checksums": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "listen_addresses": "",
    "server_encoding": "UTF8",
    "lc_messages": "C",
    "password_encryption": "scram-sha-256",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "pglz",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_slot_wal_keep_size": "4GB",
    "idle_in_transaction_session_timeout": "1min",
    "lock_timeout": "10s",
    "TimeZone": "Asia/Shanghai",
}


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_setting_is_in_force(site: Site, name: str, value: str) -> None:
    with site.database() as link:
        assert link.execute(f"SHOW {name}").fetchone() == (value,)


def test_a_quarter_of_the_memory_is_shared_up_to_two_gigabytes(site: Site) -> None:
    with site.database() as link:
        found = link.execute("SELECT setting::int / 128 FROM pg_settings WHERE name = 'shared_buffers'")
        assert found.fetchone() == (max(32, min(memory.total_mb() // 4, 2048)),)


def test_changes_are_summed_up_for_backups_where_the_server_can(site: Site) -> None:
    with site.database() as link:
        if link.info.server_version < 170000:
            pytest.skip("PostgreSQL 17 and later")
        assert link.execute("SHOW summarize_wal").fetchone() == ("on",)


def test_text_is_ordered_and_matched_the_same_on_every_machine(site: Site) -> None:
    """By code point, and with Chinese characters as letters: under plain "C" they would be none."""
    with site.database() as link:
        ordered = link.execute(
            "SELECT array_agg(c ORDER BY c) FROM unnest(ARRAY['综', 'b', '治', 'A', 'a']) c"
        )
        assert ordered.fetchone() == (["A", "a", "b", "治", "综"],)
        assert link.execute("SELECT '综治' ~ '^[[:alpha:]]+$', lower('ÄÖ')").fetchone() == (True, "äö")
        provider = link.execute(
            "SELECT datlocprovider, datctype FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert provider == ("b" if link.info.server_version >= 170000 else "c", "C.UTF-8")


def test_administrator_s_own_settings_are_read_after_ours_and_kept(site: Site) -> None:
    (site.data / "local.conf").write_text("work_mem = '17MB'\njit = on\n", encoding="ascii")
    try:
        assert site.end() == 0
        site.up().ready()
        with site.database() as link:
            assert link.execute("SHOW work_mem").fetchone() == ("17MB",)
            assert link.execute("SHOW jit").fetchone() == ("on",)
    finally:
        (site.data / "local.conf").write_text("", encoding="ascii")
        site.end()
        site.up().ready()
