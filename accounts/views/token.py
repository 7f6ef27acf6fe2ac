from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.queries import reader_mark
from accounts.rules import is_member


@never_cache
@require_safe
def token(request: HttpRequest) -> JsonResponse:
    """For what waited on a device: a form token of now, and whose session this is."""
    reader = reader_mark(request.user) if is_member(request.user) else ""
    return JsonResponse({"token": get_token(request), "reader": reader})
