"""Committed matters for tests that need several connections, or the owner's hand."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.kit.tables import as_owner, committed, trial_tables

if TYPE_CHECKING:
    from tests.world import World

__all__ = ["committed", "trial_tables"]

TABLES = (
    "matter, matter_party, matter_link, matter_message, matter_attachment, matter_document, matter_document_code, "
    "matter_document_series, matter_session, matter_signature, matter_share, matter_access_code, matter_sweep, matter_moved, matter_asking, "
    "vault_entry, vault_key, vault_personkey, vault_blindindex, vault_visit, vault_forgotten, tallies_delta, tallies_tally, tallies_margin, tallies_fold, outbox_row"
)


@pytest.fixture
def open_world(committed: None) -> Iterator["World"]:
    """The small world without a transaction around the test; its matters are removed as the owner afterwards."""
    from gantang.kit.clock import now
    from tests.world import World, _foreign_grid

    yield replace(World(now().date()), foreign_grid=_foreign_grid())
    with as_owner() as link:
        link.execute(f"TRUNCATE {TABLES}")
