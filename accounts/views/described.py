"""What platforms read about us. Public, and without a person in front of it."""

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accounts.actions.describing import document_of
from accounts.described import has_public_address
from accounts.queries import connectors


@require_safe
def client_metadata(request: HttpRequest, connector: str) -> JsonResponse:
    platform = connectors().get(connector)
    if platform is None or not platform.describes_itself or not has_public_address():
        raise Http404
    answer = JsonResponse(document_of(platform))
    answer["Cache-Control"] = "public, max-age=300"
    return answer
