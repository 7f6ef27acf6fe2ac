"""The site behind /admin/: for administrators who have lately shown who they are, and for settings only."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import rules


def belongs_to_a_person(model: type[Model]) -> bool:
    user = get_user_model()
    return model is user or any(field.related_model is user for field in model._meta.get_fields())


class SettingsSite(AdminSite):
    site_header = site_title = _("Settings")
    index_title = _("Settings")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Whatever a library registers for rows of people is left out; so are groups, since roles take their place."""
        models: Iterable[Any] = (
            model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        )
        kept = [model for model in models if model is not Group and not belongs_to_a_person(model)]
        super().register(kept, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return rules.is_administrator(request.user) and rules.proved_lately(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one sign-in page, with its limits; this site has none of its own."""
        target = request.GET.get("next") or reverse("admin:index")
        if rules.is_administrator(request.user):
            return redirect(f"{reverse('accounts:again')}?{urlencode({'next': target})}")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(target)
