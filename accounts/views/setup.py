"""The first run of a firm. Guarded by a code that stands where the program was started; gone afterwards."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions.setup import code_is_right, is_set_up, set_up, setup_code
from accounts.described import why_not_described
from accounts.forms.setup import SetUpForm
from accounts.limits import allowed
from accounts.queries import connectors
from core import clock
from notifications.models import Mail
from notifications.queries import mail_leaves
from notifications.sending import NotNow, Refused, hand_over

KNOWS_THE_CODE = "setup_code_known"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    if is_set_up():
        raise Http404
    setup_code()  # so that the file it is read from is there
    if not request.session.get(KNOWS_THE_CODE):
        return ask_for_code(request)
    form = SetUpForm(request.POST or None, request.FILES or None)
    if "test_mail" in request.POST:
        shown = {"form": form, "mail_said": send_test(request), "quiet": True, "here": platforms_here()}
        return render(request, "setup/setup.html", shown)
    if request.method == "POST" and form.is_valid():
        administrator = set_up(answers=form.cleaned_data, at=clock.now())
        if administrator is None:
            raise Http404
        say_it_is_set_up(request, form)
        record_authentication(request, administrator, method="setup")
        return perform_login(request, administrator, email_verification="none", redirect_url="/")
    shown = {"form": form, "mail_server": settings.EMAIL_HOST, "here": platforms_here()}
    return render(request, "setup/setup.html", shown, status=422 if form.errors else 200)


def say_it_is_set_up(request: HttpRequest, form: SetUpForm) -> None:
    invited = any(form.cleaned_data[one.name] for one in form.invitations())
    messages.success(request, _("%(name)s is set up.") % form.cleaned_data)
    if invited and mail_leaves():
        messages.success(request, _("The invitations are on their way."))
    elif not mail_leaves():
        text = _(
            "Mail is not set up yet, so invitations by mail wait. Set EMAIL_HOST and the lines beside it in the "
            "environment (see README) and start again. Until then invite with slips of paper: People, Invite somebody."
        )
        messages.warning(request, text)


def platforms_here() -> list[str]:
    """What to know of platforms that no registration makes usable here."""
    return [why for one in connectors().values() if one.describes_itself and (why := why_not_described(one))]


def ask_for_code(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("code") or request.GET.get("code") or ""
    sentence = ""
    if typed:
        place = get_adapter(request).get_client_ip(request)
        if not allowed("setup-code", place, times=10, within=timedelta(minutes=15)):
            sentence = _("That were many tries. Please wait a quarter of an hour.")
        elif code_is_right(typed):
            request.session[KNOWS_THE_CODE] = True
            return redirect("accounts:setup")
        else:
            sentence = _("That is not the code. It stands where the program was started.")
    return render(request, "setup/code.html", {"sentence": sentence}, status=422 if sentence else 200)


def send_test(request: HttpRequest) -> str:
    """One mail now, so that wrong settings show before anybody waits for an invitation."""
    to = request.POST.get("admin_email", "").strip()
    try:
        validate_email(to)
    except ValidationError:
        return _("Please type your address below first; the test message goes there.")
    if not settings.EMAIL_HOST:
        return _("No mail server is set. EMAIL_HOST and the lines beside it go into the environment; see README.")
    text = _("This message shows that mail works.")
    mail = Mail(to=to, subject=_("A test message"), text=text, created_at=clock.now(), pk=0)
    try:
        hand_over(mail)
    except (Refused, NotNow) as error:
        return _("The mail server said: %(said)s") % {"said": error}
    return _("Sent to %(to)s. Please look whether it has arrived.") % {"to": to}
