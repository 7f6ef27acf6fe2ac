from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "shares"

    def ready(self) -> None:
        from content import rules as content
        from shares import receivers  # noqa: F401 - connects on import
        from shares import rules

        content.needs_files[:] = [rules.reads_words_about]
