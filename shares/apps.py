from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "shares"

    def ready(self) -> None:
        from content import rules as content
        from shares import receivers, rules  # noqa: F401 - connects on import

        content.needs_files[:] = [rules.reads_words_about]
