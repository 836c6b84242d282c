"""Settings: the page that ``gantang settings`` prints as well."""

from collections.abc import Iterator

from gantang.host.options import options_page


def pages() -> Iterator[tuple[str, str]]:
    """The page of all options."""
    yield "settings.md", options_page()
