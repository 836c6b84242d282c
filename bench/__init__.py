"""Figures beside their ceilings: ``python -m bench``. See ``bench/README.md``."""
