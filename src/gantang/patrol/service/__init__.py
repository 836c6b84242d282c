"""The only way to change anything of the patrol, and to have a roster made."""

from gantang.patrol.solving import solve

__all__ = ["solve"]
