import sys
from email import message_from_binary_file, policy

from django.core.management.base import BaseCommand

from core import clock
from notifications.actions import note_bounce
from notifications.sending import mail_that_bounced


class Command(BaseCommand):
    help = 'Read one delivery report from standard input; for a pipe transport: "|python manage.py note_bounce".'

    def handle(self, *args: object, **options: object) -> None:
        mail, reason = mail_that_bounced(message_from_binary_file(sys.stdin.buffer, policy=policy.compat32))
        if mail is None:
            # Mail systems send a failing pipe's message back to its sender; a note is enough.
            self.stdout.write("Not a report about one of our mails.")
        elif note_bounce(mail=mail, reason=reason, at=clock.now()):
            self.stdout.write(f"Mail {mail.pk} to {mail.to} came back: {reason}")
        else:
            self.stdout.write(f"Mail {mail.pk} is {mail.state}; nothing to note.")
