"""Pictures of the stories: drawn for the demo, put beside what curators upload."""

from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

from content.actions.pictures import small
from content.models import small_name

DRAWN = Path(settings.BASE_DIR) / "static" / "img" / "demo"
SIZE = (1200, 750)
DRAWN_SIZE = (960, 600)

ALT = {
    "bakery": "A baker on a cargo bike full of loaves, in front of a shop called Nell’s bread.",
    "paint": "Nine bicycle frames on a rail, from blue through green and yellow to red, above pots of paint.",
    "wheel": "A hand with a spoke key at a large wheel on its stand.",
    "train": "Five children riding one behind the other, each bicycle with a little flag.",
    "repair": "The parts of a hub, drawn apart in a row and numbered one to six.",
    "workshop": "A workbench under a board of tools, its lamp switched on.",
    "hill": "A rider climbing a steep hill with parcels in the box, the sun behind.",
    "kids": "Two children in helmets laughing in the box of a cargo bike.",
    "rain": "A rider in a yellow cape crossing a town at night, in heavy rain.",
    "battery": "A large battery, charging.",
    "map": "A street map with a dotted line from place to place.",
    "lunch": "Ten people round a long table with bread and salad, seen from above.",
    "apprentices": "Three people in aprons around a wheel on its stand.",
    "testride": "Somebody riding a cargo bike between cones, under an arch that says Try one.",
}
PLAIN = {"city": "#a9741a", "workshop": "#a5492f", "materials": "#557a35", "community": "#7a4a72", "repair": "#3f6590"}


def provide(name: str, topic: str) -> str:
    """Put the picture where stories keep theirs and answer its name there; a plain one where it was never drawn."""
    # LinkedIn takes no WebP.
    target = Path(settings.MEDIA_ROOT) / "stories" / "demo" / f"{name}.jpg"
    if not target.exists():
        drawn = DRAWN / f"{name}.webp"
        target.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.open(drawn).convert("RGB") if drawn.exists() else placeholder(PLAIN[topic])
        picture.save(target, "JPEG", quality=86)
        target.with_name(small_name(target.name)).write_bytes(small(target.read_bytes()))
    return f"stories/demo/{target.name}"


def placeholder(colour: str) -> Image.Image:
    picture = Image.new("RGB", SIZE, colour)
    wheels = ImageDraw.Draw(picture)
    for left in (290, 650):
        wheels.ellipse((left, 330, left + 260, 590), outline="#f6f1e7", width=14)
    wheels.line((420, 460, 560, 300, 780, 460), fill="#f6f1e7", width=14, joint="curve")
    return picture
