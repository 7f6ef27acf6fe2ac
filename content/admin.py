from django.contrib import admin

from content.models import Disclosure, Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "hue"]


@admin.register(Disclosure)
class DisclosureAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["country", "text", "before"]
