"""What a story posts itself: taken, described, kept through a form that is not finished, and handed to platforms."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from content import actions, queries
from content.actions.attachments import title_of
from content.actions.errors import BadPicture, NotReady
from content.models import Attachment
from content.queries.fetching import LASTS
from core import clock
from core.reachable import is_reachable
from tests.content.conftest import AT, signed_in, words
from tests.content.test_pictures import picture, png_that_claims

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"


def pictured(actor, story, *files, **changes):
    return actions.edit_story(actor=actor, story=story, words=words(**changes), attachments=files, at=AT)


def test_a_picture_is_made_anew_and_a_document_kept_as_it_is():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Dai"
    one = actions.take_attachment(picture(3200, 1600, "JPEG", exif=exif.tobytes()), name="a.jpg")
    paper = actions.take_attachment(PDF, name="C:\\papers\\What_we-measured.pdf")
    assert (one.kind, one.width, one.height, one.file[-4:]) == ("picture", 1600, 800, ".jpg")
    assert (paper.kind, paper.alt, paper.file[-4:]) == ("document", "What we measured", ".pdf")
    assert actions.take_attachment(PDF, name="again.pdf").file == paper.file
    assert title_of("\u202ex\0y.pdf") == "xy"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "cannot be read as a picture"),
        (b"GIF89a" + b"\0" * 50, "cannot be read as a picture"),
        (b"x" * 10_000_001, "larger than 10 MB"),
        (b"%PDF-1.7\n", "incomplete"),
        (PDF + b"x" * 10_000_000, "larger than 10 MB"),
        (PDF.replace(b"/Type", b"/S /JavaScript /Type"), "holds more than pages"),
        (PDF.replace(b"/Type", b"/Encrypt 3 0 R /Type"), "locked"),
    ],
)
def test_what_is_neither_is_refused_in_words_and_not_kept(content, sentence):
    with pytest.raises(BadPicture, match=sentence):
        actions.take_attachment(content, name="a.png")


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(BadPicture, match="50 million"):
        actions.take_attachment(png_that_claims(9_000, 9_000), name="a.png")


@pytest.mark.django_db
def test_pictures_keep_their_order_and_have_to_be_described_before_review(sofia, draft):
    taken = [actions.take_attachment(picture(400 + n, 300), name="a.png") for n in range(3)]
    assert len(actions.missing_parts(draft, at=AT)) == 0
    story = pictured(sofia, draft, *reversed(taken))
    assert [one.width for one in story.attachments.all()] == [402, 401, 400]
    assert "describe each picture" in " ".join(actions.missing_parts(story, at=AT))
    with pytest.raises(NotReady, match="either pictures or one document"):
        pictured(sofia, story, taken[0], actions.take_attachment(PDF, name="a.pdf"))
    with pytest.raises(NotReady, match="at most 10"):
        pictured(sofia, story, *taken * 4)
    assert Attachment.objects.filter(story=story).count() == 3


@pytest.mark.django_db
def test_a_form_keeps_what_was_sent_while_it_is_not_finished_and_takes_no_other_files(sofia, draft):
    curator = signed_in(sofia)
    page = reverse("content:story", args=[draft.pk])
    typed = {"title": "A", "url": "https://a.example/", "language": "en", "edition": draft.edition}
    files = [SimpleUploadedFile("a.png", picture()), SimpleUploadedFile("b.svg", b"<svg/>")]
    shown = curator.post(page, typed | {"do": "attach", "attachments": files})
    [row] = shown.context["files"].rows
    assert "b.svg: This file cannot be read" in shown.content.decode()
    kept = {"attachment_kept": [row.token, "forged", row.token + "x"], "attachment_alt": ["A teal wall", "b", "c"]}
    saved = curator.post(page, typed | kept | {"partnership": "on", "do": "save"})
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert [(one.alt, one.file.name) for one in draft.attachments.all()] == [("A teal wall", row.words.file)]
    assert draft.partnership
    assert "A teal wall" in curator.get(page).content.decode()
    detached = curator.post(page, typed | kept | {"do": "detach:0"})
    assert detached.context["files"].rows == []


@pytest.mark.django_db
def test_a_platform_fetches_a_picture_for_an_hour_and_nothing_else(client, settings):
    settings.SANDBOX, now = True, clock.now()
    one = actions.take_attachment(picture(), name="a.png")
    address = queries.fetch_address(one.file, at=now)
    path = address.removeprefix(settings.BASE_URL)
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"], answer["X-Robots-Tag"]) == (200, "image/jpeg", "noindex")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    paper = actions.take_attachment(PDF, name="a.pdf")
    over = queries.fetch_address(one.file, at=now - LASTS - timedelta(seconds=1))
    for other in (path[:-1] + "x", "/handed-out/x", over, queries.fetch_address(paper.file, at=now)):
        assert client.get(other.removeprefix(settings.BASE_URL)).status_code == 404


def test_with_pictures_the_link_counts_where_a_card_carried_it():
    line, words_ = queries.Line("I work here."), "Warm bread, quiet street."
    bare = {one.key: one.used for one in queries.caption_lengths(words_, line=line)}
    held = {one.key: one.used for one in queries.caption_lengths(words_, line=line, with_media=True)}
    longer = {key for key in bare if held[key] > bare[key]}
    assert longer == {"linkedin", "bluesky", "threads"}
    assert {held[key] - bare[key] for key in ("x", "mastodon")} == {0}


@pytest.mark.parametrize(
    ("base", "reachable"),
    [
        ("https://share.firm.example", True),
        ("http://share.firm.example", False),
        ("https://localhost", False),
        ("https://10.1.2.3", False),
        ("https://advocacy.local", False),
        ("https://intranet", False),
    ],
)
def test_only_a_public_address_can_be_fetched_from(settings, base, reachable):
    settings.SANDBOX, settings.BASE_URL = False, base
    assert is_reachable() == reachable
    assert queries.fetch_address("stories/a.jpg", at=AT) == (ANY if reachable else "")
