"""What stops a server, said to the person who started it."""


class HostError(Exception):
    """A start that cannot go on; the text names the cause and the remedy in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
