"""Makes the tests' template database: schema, roles, shipped facts, the small world. Run as a module."""

import importlib.util

import django


def main() -> None:
    """Migrate as the owner, then build the world as the app's role, as an installation would."""
    django.setup()
    from gantang.site.migrate import migrate

    migrate(verbosity=0)
    if importlib.util.find_spec("tests.world"):
        from tests.world import build_world

        build_world()


if __name__ == "__main__":
    main()
