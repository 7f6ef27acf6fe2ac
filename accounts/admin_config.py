from django.contrib.admin.apps import AdminConfig


class SettingsAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.SettingsSite"
