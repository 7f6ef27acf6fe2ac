from django.conf import settings


def mail_leaves() -> bool:
    """Whether mails go anywhere: to a mail server, or in the demo to /outbox/. Otherwise they wait as rows."""
    return bool(settings.EMAIL_HOST or settings.DEMO or settings.SANDBOX)
