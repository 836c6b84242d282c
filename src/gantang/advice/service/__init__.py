"""The only way to change anything in this room."""

from gantang.advice.service.offering import keep, learn
from gantang.advice.service.training import train

__all__ = ["keep", "learn", "train"]
