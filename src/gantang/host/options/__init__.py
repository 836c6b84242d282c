"""Every option of Gantang, declared once: name, type, default and one sentence in two languages.

Options are environment variables. ``options()`` reads and checks them once per process; a value that does
not fit raises ``OptionError``, whose text names the variable, the value and the sentence below. Secrets
may stand in a file instead, named by the same variable with ``_FILE`` behind it.
"""

from gantang.host.declare import OptionError
from gantang.host.options.all import Options, options, strangers
from gantang.host.options.page import GROUPS, options_page

__all__ = ["GROUPS", "OptionError", "Options", "options", "options_page", "strangers"]
