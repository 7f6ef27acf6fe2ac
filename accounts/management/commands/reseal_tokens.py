from django.core.management.base import BaseCommand, CommandError

from accounts.actions.rotation import reseal_tokens


class Command(BaseCommand):
    help = "After putting a new key first in TOKEN_KEYS: seal every token with it. Then the old key can go."

    def handle(self, *args: object, **options: object) -> None:
        sealed, lost = reseal_tokens()
        self.stdout.write(f"Sealed again: {sealed}.")
        if lost:
            raise CommandError(f"No key opens {lost} of them; keep the old keys until it says none.")
