from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "reach"

    def ready(self) -> None:
        from reach import receivers  # noqa: F401 - connects on import
