"""Gantang (甘棠): an open casework platform for grassroots social-governance centres."""

__version__ = "0.1.0"
