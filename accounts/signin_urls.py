"""allauth's pages under /accounts/, only those that are used here; its own names, which its views rely on."""

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

to_profile = RedirectView.as_view(pattern_name="accounts:profile")
to_sign_in = RedirectView.as_view(pattern_name="account_login")
to_mail = RedirectView.as_view(pattern_name="accounts:change_mail")
to_passkeys = RedirectView.as_view(pattern_name="mfa_list_webauthn")

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    # Names that allauth's own pages point at, and that have their place elsewhere here.
    path("signup/", to_sign_in, name="account_signup"),
    path("email/", to_mail, name="account_email"),
    path("reauthenticate/", RedirectView.as_view(pattern_name="accounts:again"), name="account_reauthenticate"),
    path("mfa/", to_passkeys, name="mfa_index"),
    path("mfa/reauthenticate/", RedirectView.as_view(pattern_name="accounts:again"), name="mfa_reauthenticate"),
]
