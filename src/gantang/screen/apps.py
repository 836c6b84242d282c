"""The door's templates, static files and wording; a door owns no tables."""

from django.apps import AppConfig


class ScreenConfig(AppConfig):
    """No models."""

    name = "gantang.screen"
