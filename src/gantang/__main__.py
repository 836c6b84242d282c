"""``python -m gantang`` is the same as the ``gantang`` command."""

from gantang.cli import main

if __name__ == "__main__":  # a process that we spawn reads this file again
    main()
