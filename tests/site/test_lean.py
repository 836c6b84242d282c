"""The web process stays small: what is slow to load and large in memory is for jobs and commands only."""

import subprocess
import sys

import pytest

_SERVE = """
import sys
from gantang.site.wsgi import application
from django.urls import get_resolver
assert get_resolver().url_patterns and application
print(sorted({"numpy", "pandas", "openpyxl", "shapely"} & set(sys.modules)))
"""


@pytest.mark.slow
def test_web_process_loads_no_library_for_tables_or_geometry() -> None:
    done = subprocess.run([sys.executable, "-c", _SERVE], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
