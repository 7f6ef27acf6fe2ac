import io
import struct
import zlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from content import actions
from content.actions.errors import BadPicture
from content.models import Story, full_name
from tests.content.conftest import AT
from tests.content.written_feeds import item, rss
from tests.factories import StoryFactory


def picture(width: int = 400, height: int = 300, kind: str = "PNG", mode: str = "RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "teal" if mode == "RGB" else None).save(out, kind, **options)
    return out.getvalue()


def kept(name: str) -> Image.Image:
    with default_storage.open(name) as file:
        return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_every_usual_kind_becomes_a_jpeg(kind):
    image = kept(actions.take_picture(picture(kind=kind)))
    assert (image.format, image.size) == ("JPEG", (400, 300))


def test_a_large_one_becomes_1600_wide():
    assert kept(actions.take_picture(picture(3200, 1600, "JPEG"))).size == (1600, 800)


def test_what_the_camera_wrote_is_gone_but_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, "Camera of Dai", {1: "N", 2: (53.0, 38.0, 0.0)}
    image = kept(actions.take_picture(picture(400, 300, "JPEG", exif=exif.tobytes())))
    assert image.size == (300, 400) and not dict(image.getexif()) and "exif" not in image.info


def test_the_same_picture_is_kept_once():
    assert actions.take_picture(picture()) == actions.take_picture(picture())


def test_see_through_parts_become_white():
    assert kept(actions.take_picture(picture(mode="RGBA"))).getpixel((5, 5)) == (255, 255, 255)


def test_even_a_noisy_picture_stays_under_a_megabyte():
    noise = io.BytesIO()
    Image.effect_noise((1200, 1200), 200).convert("RGB").save(noise, "JPEG", quality=95)
    assert len(noise.getvalue()) > 950_000
    assert default_storage.size(actions.take_picture(noise.getvalue())) <= 950_000


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that would unpack to a wall of pixels."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", b"x")
    )


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cannot be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "cannot be read"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 400\n", "cannot be read"),
        (picture()[:200], "cannot be read"),
        (png_that_claims(30_000, 30_000), "cannot be read|million pixels"),
        (png_that_claims(9_000, 9_000), "million pixels"),
        (picture(1, 1), "only 1 × 1"),
        (b"x" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(BadPicture, match=sentence):
        actions.take_picture(content)


@pytest.fixture
def wanting(db):
    def made(url: str, source: str = "", **changes) -> Story:
        usual = {"state": "draft", "picture_due_at": AT, "created_by": None}
        return StoryFactory(url=url, picture_source=source, **(usual | changes))

    return made


def fetch(story: Story, at=AT) -> Story:
    assert actions.lease_pictures(at=at, limit=9) == [story.pk]
    actions.fetch_picture(story_id=story.pk, at=at)
    story.refresh_from_db()
    return story


def test_the_picture_the_feed_names_is_fetched(outside, wanting):
    story = fetch(wanting("https://blog.example/1", outside.serve("/a.png", picture())))
    assert story.picture.name.endswith(".jpg") and story.picture_due_at is None and story.picture_alt == ""


def test_else_the_one_the_page_wants_to_be_shared_with(outside, wanting):
    outside.serve("/shared.png", picture())
    page = outside.serve("/1", '<html><head><meta property="og:image" content="/shared.png"></head></html>')
    assert fetch(wanting(page, outside.serve("/speck.gif", picture(1, 1, "GIF")))).picture


def test_a_page_without_one_is_asked_once(outside, wanting):
    story = fetch(wanting(outside.serve("/1", "<html></html>")))
    assert not story.picture and story.picture_due_at is None


@pytest.mark.parametrize(
    "inside", ["http://127.0.0.1:9/a.png", "http://169.254.169.254/a.png", "http://10.1.1.1/a.png"]
)
def test_a_picture_inside_a_private_network_is_not_fetched(outside, wanting, inside):
    story = wanting("https://blog.example/1", inside)
    for minutes in (0, 10, 30):
        story = fetch(story, AT + timedelta(minutes=minutes))
    assert not story.picture and story.picture_due_at is None
    assert actions.lease_pictures(at=AT + timedelta(days=1), limit=9) == []


def test_a_picture_is_handed_out_once_in_two_minutes(wanting):
    wanting("https://blog.example/1")
    assert len(actions.lease_pictures(at=AT, limit=9)) == 1
    assert actions.lease_pictures(at=AT, limit=9) == []


def test_a_picture_somebody_chose_is_not_replaced(outside, wanting):
    name = actions.take_picture(picture(500, 500))
    story = fetch(wanting("https://blog.example/1", outside.serve("/a.png", picture()), picture=name))
    assert story.picture.name == name


def test_what_is_in_review_does_not_change(outside, wanting):
    story = wanting("https://blog.example/1", outside.serve("/a.png", picture()), state="in_review")
    assert not fetch(story).picture


def test_from_feed_to_picture_in_two_rings(outside, make_feed):
    url = outside.serve("/a.png", picture())
    extra = f'<media:content url="{url}" medium="image"/>'
    feed = make_feed(outside.serve("/feed.xml", rss(item(1, extra=extra))))
    actions.fetch_feed(feed_id=feed.pk, at=AT)
    assert fetch(feed.stories.get()).picture


@pytest.mark.django_db
def test_rows_have_a_small_copy_and_stories_without_one_their_picture():
    story = StoryFactory(picture=actions.take_picture(picture(800, 400, "JPEG")))
    small = story.small_picture.removeprefix("/media/")
    assert kept(small).size == (288, 288) and full_name(small) == story.picture.name
    default_storage.delete(small)
    assert story.small_picture == story.picture.url
    assert StoryFactory(picture="").small_picture == ""
