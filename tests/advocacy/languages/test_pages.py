"""The page of languages: an administrator adds one, everybody can read in it, and it goes again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core import languages
from core.models import AuditEntry
from tests.advocacy.languages.files import FOUR_POLISH, SIX_ARABIC, po
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
PAGE = "/languages/"
POST = "%(n)s minute ago"


@pytest.fixture
def administrator(client):
    member = MemberFactory(roles=["administrator"])
    client.force_login(member)
    return member


def upload(client, content: bytes):
    return client.post(PAGE, {"file": SimpleUploadedFile("words.po", content)}, follow=True)


@pytest.mark.parametrize("roles", [[], ["curator"], ["hr"], ["council"]])
def test_nobody_else_opens_it(client, roles, added) -> None:
    client.force_login(MemberFactory(roles=roles))
    assert client.get(PAGE).status_code == 403
    assert upload(client, po("pl", FOUR_POLISH, "pl", only=3)).status_code == 403
    assert client.post(reverse("languages:remove", args=["pl"])).status_code == 403
    assert not added.exists()


def test_polish_is_there_at_once_with_its_four_forms_and_falls_back_to_english(client, administrator, added) -> None:
    forms = ("minutę temu", "%(n)s minuty temu", "%(n)s minut temu", "%(n)s minuty temu (ułamek)")
    shown = upload(client, po("pl", FOUR_POLISH, "pl", only=4, **{POST: forms, "Today": "Dziś"})).content.decode()
    assert "Polski" in shown and "translated" in shown
    with translation.override("pl"):
        said = [translation.ngettext(POST, "%(n)s minutes ago", n) % {"n": n} for n in (1, 2, 5, 22, 25)]
        assert translation.gettext("Share this story") == "Share this story"
    assert said == ["minutę temu", "2 minuty temu", "5 minut temu", "22 minuty temu", "25 minut temu"]
    assert AuditEntry.objects.get(kind="language.added").about == "language:pl"
    User.objects.filter(pk=administrator.pk).update(language="pl")
    assert '<html lang="pl" dir="ltr"' in client.get(PAGE).content.decode()
    assert "Dziś" in client.get("/").content.decode()


def test_arabic_is_written_from_right_to_left(client, administrator, added) -> None:
    upload(client, po("ar", SIX_ARABIC, "ع", only=9, Today="اليوم"))
    User.objects.filter(pk=administrator.pk).update(language="ar")
    answer = client.get("/")
    assert '<html lang="ar" dir="rtl"' in answer.content.decode() and "اليوم" in answer.content.decode()
    assert answer["Content-Language"] == "ar"


def test_another_process_notices_within_seconds(client, administrator, added, monkeypatch) -> None:
    upload(client, po("pl", FOUR_POLISH, "pl", only=3, Undo="Cofnij"))
    languages.take_in([], {"pl"})  # as a process that has not looked yet
    languages._seen = ()
    client.get("/")
    assert not languages.is_spoken("pl")  # it looked less than two seconds ago
    monkeypatch.setattr(languages, "_looked", languages._looked - languages.LOOK_AFTER)
    client.get("/")
    assert languages.is_spoken("pl")
    upload(client, po("pl", FOUR_POLISH, "pl", only=3, Undo="Odwróć"))
    with translation.override("pl"):
        assert translation.gettext("Undo") == "Odwróć"


def test_a_bad_file_changes_nothing_and_says_why(client, administrator, added) -> None:
    upload(client, po("pl", FOUR_POLISH, "pl", only=3, Undo="Cofnij"))
    answer = upload(client, po("pl", FOUR_POLISH, "pl", only=3, Undo="<script>alert(1)</script>"))
    said = answer.content.decode()
    assert answer.status_code == 422 and "other tags than in the original" in said and "<script>alert" not in said
    with translation.override("pl"):
        assert translation.gettext("Undo") == "Cofnij"


@pytest.mark.parametrize("content", [b"", b"words", b"x" * (3 * 1024 * 1024)])
def test_what_is_no_catalogue_is_refused_in_one_sentence(client, administrator, added, content) -> None:
    answer = upload(client, content)
    assert answer.status_code == 422 and "aria-invalid" in answer.content.decode()
    assert not added.exists()


def test_a_language_goes_again_and_who_chose_it_reads_english(client, administrator, added) -> None:
    upload(client, po("pl", FOUR_POLISH, "pl", only=3, Today="Dziś"))
    User.objects.filter(pk=administrator.pk).update(language="pl")
    client.post(reverse("languages:remove", args=["pl"]))
    assert '<html lang="en"' in client.get("/").content.decode() and not languages.is_spoken("pl")
    assert client.post(reverse("languages:remove", args=["pl"])).status_code == 404
    assert client.post(reverse("languages:remove", args=["de"])).status_code == 404


def test_a_translator_gets_every_string_and_later_their_own_work_back(client, administrator, added) -> None:
    blank = client.get(reverse("languages:file"), {"language": "pl"})
    assert 'filename="advocacy-pl.po"' in blank["Content-Disposition"]
    assert b'msgid "Share this story"\nmsgstr ""' in blank.content and b"Language: pl" in blank.content
    upload(client, po("pl", FOUR_POLISH, "pl", only=3, Undo="Cofnij"))
    again = client.get(reverse("languages:file"), {"language": "pl"}).content.decode()
    assert 'msgid "Undo"\nmsgstr "Cofnij"' in again and "nplurals=4" in again
    assert client.get(reverse("languages:file"), {"language": "../etc"}).status_code == 404


def test_the_profile_offers_languages_by_their_own_names(client, administrator, added) -> None:
    upload(client, po("ar", SIX_ARABIC, "ع", only=3))
    shown = client.get(reverse("accounts:profile")).content.decode()
    assert '<option value="de">Deutsch</option>' in shown and "العربيّة" in shown


def test_a_stranger_chooses_a_language_on_the_sign_in_page(client) -> None:
    page = reverse("account_login")
    assert "Deutsch" in client.get(page).content.decode()
    answer = client.post(reverse("language"), {"language": "de", "next": page}, follow=True)
    assert '<html lang="de"' in answer.content.decode() and "Mit einem Passkey anmelden" in answer.content.decode()
    client.post(reverse("language"), {"language": "xx", "next": "https://elsewhere.example/"})
    assert client.post(reverse("language"), {"next": "https://elsewhere.example/"})["Location"] == "/"
    assert '<html lang="de"' in client.get(page).content.decode()
