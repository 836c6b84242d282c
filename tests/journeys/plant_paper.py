"""The code below the answer of a matter; run as a module beside the site, with the matter's number."""

import sys


def main() -> None:
    """Print it as the paper has it."""
    import django

    django.setup()
    from gantang.kit import keys
    from gantang.kit.work import reading
    from gantang.matters.models import Matter
    from gantang.matters.service.wake import CLOCK

    with reading(CLOCK):
        matter = Matter.objects.get(number=sys.argv[1]).id
    print(keys.document_code(matter, "reply", 1))


if __name__ == "__main__":
    main()
