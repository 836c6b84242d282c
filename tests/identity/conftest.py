"""Committed rows for tests."""

from tests.kit.tables import committed, trial_tables

__all__ = ["committed", "trial_tables"]
