"""A domain of its own for short links serves them and nothing else: no sign-in, no figures, no page of the product."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.template.loader import render_to_string

from links.redirect.door import PREFIX

Answer = Callable[[HttpRequest], HttpResponse]


def only_links_on_their_domain(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        if not is_link_domain(request) or request.path_info.startswith((PREFIX, settings.STATIC_URL)):
            return get_response(request)
        return HttpResponse(render_to_string("links/nothing_here.html"), status=404)

    return answer


def is_link_domain(request: HttpRequest) -> bool:
    """Never true of the address of the product itself, which serves short links too."""
    links, product = (urlsplit(address).hostname for address in (settings.LINK_URL, settings.BASE_URL))
    if links == product:
        return False
    # As it was sent: machines ask for our health by address, which is no name that Django would let through.
    return split_domain_port(request.META.get("HTTP_HOST", ""))[0] == links
