from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import checks, receivers  # noqa: F401
        from accounts.queries import organisation
        from notifications import letters

        letters.firm_name[:] = [lambda: organisation().name]
