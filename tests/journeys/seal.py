"""Make the county of a site ready to receive tips; run as a module beside the site."""


def main() -> None:
    """Two posts of the county hold its box, each with a passphrase."""
    import django

    django.setup()
    from gantang.kit import clock
    from tests.matters.sealing import holders
    from tests.world import World

    world = World(clock.now().date())
    holders(world, world.county)


if __name__ == "__main__":
    main()
