from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "shares"

    def ready(self) -> None:
        from shares import receivers  # noqa: F401 - connects on import
