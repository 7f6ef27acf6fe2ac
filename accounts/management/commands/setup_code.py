from django.core.management.base import BaseCommand

from accounts.actions.setup import is_set_up, setup_code


class Command(BaseCommand):
    help = "Print the code that opens /setup/, as long as there is no administrator; otherwise print nothing."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        if not is_set_up():
            self.stdout.write(setup_code())
