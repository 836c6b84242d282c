"""What the doors share: layout, components, forms drawn from packs."""

from django.apps import AppConfig


class FacesConfig(AppConfig):
    """No models; templates, static files and wording only."""

    name = "gantang.faces"
