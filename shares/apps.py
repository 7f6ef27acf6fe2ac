from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "shares"

    def ready(self) -> None:
        from content import rules as content
        from content.queries import board
        from shares import receivers, rules  # noqa: F401 - connects on import
        from shares.queries.wording import words_left

        content.needs_files[:] = [rules.reads_words_about]
        board.words_left[:] = [words_left]
