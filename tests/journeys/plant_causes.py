"""Closed matters with their causes, made by the services; run as a module beside the site. Prints the number of one without."""


def main() -> None:
    """Three of one cause in a township, two of another, some in the country; one whose cause nobody told."""
    import django

    django.setup()
    from gantang.kit import clock
    from tests.matters.test_causes import closed
    from tests.world import World

    world = World(clock.now().date())
    for cause in ("asset.wear", "asset.wear", "asset.wear", "nature.flood", "nature.flood"):
        closed(world, world.grid, cause)
    closed(world, world.rural_village, "asset.upkeep")
    print(closed(world, world.rural_village).receipt.number)


if __name__ == "__main__":
    main()
