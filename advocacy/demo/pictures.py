"""Pictures of the stories: drawn for the demo, put beside what curators upload."""

from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

DRAWN = Path(settings.BASE_DIR) / "static" / "img" / "demo"
SIZE = (1200, 750)

ALT = {
    "bakery": "A cargo bike with loaves in its box, on a steep street of brick terraces.",
    "paint": "A bicycle frame turning on a hook in the paint booth, half of it green.",
    "wheel": "A wheel on a truing stand, with all its spokes.",
    "train": "A long line of children riding bicycles over a bridge.",
    "repair": "A bicycle on a stand with its tools laid out beside it.",
    "workshop": "The assembly hall in the morning, with benches in two rows.",
    "hill": "A rider pushing a loaded bike up a green hill.",
    "kids": "Two children in the box of a cargo bike, wearing helmets.",
    "rain": "A cargo bike in heavy rain under a street lamp.",
    "battery": "A bicycle battery, opened, with its cells in rows.",
    "map": "A drawn map of streets with a line through them.",
    "lunch": "A long table with plates, seen from above.",
    "apprentices": "Five young people in aprons around one workbench.",
    "testride": "A woman trying a cargo bike in a yard, laughing.",
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
    return f"stories/demo/{target.name}"


def placeholder(colour: str) -> Image.Image:
    picture = Image.new("RGB", SIZE, colour)
    wheels = ImageDraw.Draw(picture)
    for left in (290, 650):
        wheels.ellipse((left, 330, left + 260, 590), outline="#f6f1e7", width=14)
    wheels.line((420, 460, 560, 300, 780, 460), fill="#f6f1e7", width=14, joint="curve")
    return picture
