"""``python -m gantang`` is the same as the ``gantang`` command."""

from gantang.cli import main

main()
