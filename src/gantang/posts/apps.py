from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostsConfig(AppConfig):
    name = "gantang.posts"
    verbose_name = _("单位、岗位与归口")
    # Who answered and who held a post stays known: rows end, they are not deleted.
    app_rights = {
        f"posts_{table}": "SELECT, INSERT, UPDATE"
        for table in (
            "unit",
            "centre",
            "stationing",
            "function",
            "group",
            "membership",
            "post",
            "appointment",
            "remit",
            "cooperation",
            "version",
        )
    }

    def ready(self) -> None:
        """Say how the token of what processes keep is read, and what waits for its day."""
        from gantang.kit import tokens
        from gantang.outbox import registry
        from gantang.posts.service import leaving

        tokens.register("posts", "SELECT 'posts.' || kind, token FROM posts_version")
        registry.destination(leaving.DESTINATION)(leaving.take)
