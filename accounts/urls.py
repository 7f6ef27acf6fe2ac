from django.urls import path

from accounts.views import joining, linking, people, profile, quiet, setup, signing_in

app_name = "accounts"
urlpatterns = [
    path("accounts/mail/", signing_in.ask_for_mail, name="ask_for_mail"),
    path("accounts/mail/<uuid:key>/", signing_in.type_code, name="mail_code"),
    path("accounts/mail/button/<str:token>/", signing_in.mail_button, name="mail_button"),
    path("accounts/again/", signing_in.again, name="again"),
    path("accounts/help/", signing_in.sign_in_help, name="sign_in_help"),
    path("accounts/address/<str:key>/", profile.confirm_mail, name="confirm_mail"),
    path("join/", joining.find, name="find_invitation"),
    path("join/<str:code>/", joining.join, name="join"),
    path("join/<str:code>/passkey/", joining.passkey_options, name="join_passkey"),
    path("me/", profile.profile, name="profile"),
    path("me/hours/", profile.working_hours, name="working_hours"),
    path("me/address/", profile.change_mail, name="change_mail"),
    path("me/sign-in-name/", profile.sign_in_name, name="sign_in_name"),
    path("me/sign-out-elsewhere/", profile.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("me/leave/", profile.leave, name="leave_programme"),
    path("me/accounts/", linking.connected, name="connected"),
    path("me/accounts/<int:number>/disconnect/", linking.unlink, name="unlink"),
    path("me/accounts/<slug:connector>/", linking.connect, name="connect"),
    path("me/accounts/<slug:connector>/start/", linking.start, name="start"),
    path("me/accounts/<slug:connector>/callback/", linking.callback, name="callback"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite_somebody, name="invite"),
    path("people/invitations/", people.invitations, name="invitations"),
    path("people/invitations/<int:number>/take-back/", people.withdraw, name="withdraw"),
    path("people/teams/", people.teams, name="teams"),
    path("people/<int:number>/", people.member, name="member"),
    path("people/<int:number>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:number>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<int:number>/way-back/", people.way_back, name="way_back"),
    path("quiet/", quiet.quiet, name="quiet"),
    path("quiet/end/", quiet.end, name="quiet_end"),
    path("setup/", setup.setup, name="setup"),
]
