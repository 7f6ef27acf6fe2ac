from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import checks, receivers  # noqa: F401
        from accounts.queries import organisation, quiet_time
        from notifications import delivering, letters

        letters.firm_name[:] = [lambda: organisation().name]
        delivering.quiet[:] = [lambda at: quiet_time(at) is not None]
