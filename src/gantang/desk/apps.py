"""The door's templates, static files and wording; a door owns no tables."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """No models."""

    name = "gantang.desk"
