from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.rules import PROVED_AT
from core import clock


@receiver(user_logged_in)
@receiver(authentication_step_completed)
def remember_when_proved(request: HttpRequest, **_: Any) -> None:
    """By our own clock, for the rights that are asked for again after twelve hours."""
    request.session[PROVED_AT] = clock.now().timestamp()


@receiver(authenticator_used)
def forget_when_used(authenticator: Authenticator, **_: Any) -> None:
    """When somebody was last here is not kept, by no way round either."""
    Authenticator.objects.filter(pk=authenticator.pk).update(last_used_at=None)
