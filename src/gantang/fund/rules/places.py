"""Where a fund's rows live."""

PROVINCE = 3600


def city_of(ground: str) -> int:
    """The city of a ground's codes; the province's own for wider ground."""
    return int(ground[:4].ljust(4, "0")) if ground else PROVINCE
