from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from content.queries import unmeant_deliveries
        from notifications import delivering

        delivering.unmeant[:] = [unmeant_deliveries]
