from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import checks, roles  # noqa: F401 - the check registers on import

        # Before, not after: a table gets its grants when it is made, and a migration may then take some back.
        pre_migrate.connect(roles.before_migrations, sender=self)
        post_migrate.connect(roles.after_migrations)
