"""Django's admin holds settings and platforms, and not one row that belongs to a person; a test walks it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.forms.firm import OrganisationForm
from accounts.forms.platforms import PlatformForm
from accounts.models import Organisation, PlatformApp, Team
from accounts.queries import forget_kept, keyring
from core import audit, clock


class SettingsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What is changed here is written into the audit trail, names of fields only."""

    def save_model(self, request: HttpRequest, obj: Any, form: "forms.ModelForm", change: bool) -> None:
        super().save_model(request, obj, form, change)
        about = f"{obj._meta.model_name}:{obj.pk}"
        data = {"fields": sorted(form.changed_data)}
        audit.record(actor=request.user, kind="settings.changed", about=about, at=clock.now(), data=data)
        forget_kept()

    def log_addition(self, *args: Any) -> None:
        """The audit trail has it; Django's own log would be a second one, by person."""

    log_change = log_deletions = log_addition

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        raise Http404("There is an audit trail instead.")


@admin.register(Organisation)
class OrganisationAdmin(SettingsAdmin):
    form = OrganisationForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not Organisation.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Team)
class TeamAdmin(SettingsAdmin):
    search_fields = ["name"]


@admin.register(PlatformApp)
class PlatformAppAdmin(SettingsAdmin):
    form = PlatformForm
    list_display = ["__str__", "switched_on", "paused"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return PlatformForm  # its limits are fields that each platform has for itself

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = PlatformForm(request.POST or None, instance=obj, initial=request.GET.dict())
        return [(None, {"fields": list(shown.fields)})]

    @admin.display(description=_("Members may connect it"), boolean=True)
    def switched_on(self, app: PlatformApp) -> bool:
        return app.enabled

    @admin.display(description=_("Nothing is sent until"))
    def paused(self, app: PlatformApp) -> Any:
        return app.paused_until

    def save_model(self, request: HttpRequest, obj: PlatformApp, form: "forms.ModelForm", change: bool) -> None:
        super().save_model(request, obj, form, change)
        secret = form.cleaned_data["new_secret"]
        if secret:
            sealed = keyring().seal(secret, about=f"platformapp:{obj.pk}")
            PlatformApp.objects.filter(pk=obj.pk).update(client_secret=sealed)
            forget_kept()
