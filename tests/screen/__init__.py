"""The screen: counts, never people."""
