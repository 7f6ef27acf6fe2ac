"""The organisation's one colour: checked for contrast, and the companions that follow from it, light and dark.

Contrast is WCAG 2.2's (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). Lightness moves in OKLCH
(https://bottosson.github.io/posts/oklab/), because there a darker blue stays the same blue.
"""

from dataclasses import dataclass
from math import atan2, cos, hypot, sin

ENOUGH = 4.5
COMFORT = 7.0

Rgb = tuple[float, float, float]


class BadColour(ValueError):
    """Not six hexadecimal digits."""


class TooFaint(ValueError):
    """Words in this colour would be hard to read; `offered` is the nearest that is not."""

    def __init__(self, ratio: float, offered: str) -> None:
        super().__init__(f"contrast {ratio:.1f} to 1, {ENOUGH} needed; {offered} would pass")
        self.ratio = ratio
        self.offered = offered


@dataclass(frozen=True)
class Scheme:
    """The grounds an accent stands on. Kept equal to static/css/tokens.css by a test."""

    paper: str
    plane: str
    ink: str
    ink_faint: str
    strength: float
    tint: float


LIGHT = Scheme("#fdfdfb", "#f3f4f0", "#15191a", "#5f6769", 0.11, 0.016)
DARK = Scheme("#121617", "#1a2021", "#eef0ec", "#98a1a0", 0.18, 0.038)


@dataclass(frozen=True)
class Accent:
    accent: str
    deep: str
    ink: str
    wash: str

    def css(self) -> str:
        pairs = (("", self.accent), ("-deep", self.deep), ("-ink", self.ink), ("-wash", self.wash))
        return "".join(f"--accent{name}:{value};" for name, value in pairs)


def parse(text: str) -> Rgb:
    digits = text.strip().lstrip("#")
    if len(digits) == 3:
        digits = "".join(letter * 2 for letter in digits)
    if len(digits) != 6 or not all(letter in "0123456789abcdefABCDEF" for letter in digits):
        raise BadColour(text)
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def to_hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in colour)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def luminance(colour: str) -> float:
    red, green, blue = map(_linear, parse(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 for the same colour, 21 for black on white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, ground: str, part: float) -> str:
    over, under = parse(colour), parse(ground)
    red, green, blue = (a * part + b * (1 - part) for a, b in zip(over, under, strict=True))
    return to_hex((red, green, blue))


def _to_lch(colour: str) -> Rgb:
    red, green, blue = map(_linear, parse(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    mid = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _from_lch(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short
    return _gamma(max(0.0, red)), _gamma(max(0.0, green)), _gamma(max(0.0, blue))


def at_lightness(colour: str, lightness: float) -> str:
    """The same hue, lighter or darker; as colourful as a screen can show it there."""
    _, chroma, hue = _to_lch(colour)
    for _ in range(24):
        candidate = _from_lch(lightness, chroma, hue)
        if all(-0.001 <= part <= 1.001 for part in candidate):
            break
        chroma *= 0.92
    return to_hex(candidate)


def wash(colour: str, scheme: Scheme) -> str:
    """The accent thinned on paper until the faintest ink and the accent itself are both read well on it."""
    part = scheme.strength
    while part > 0.02:
        # Thinning alone turns grey, most of all on dark paper; a little of the hue is put back.
        _, chroma, hue = _to_lch(colour)
        ground = to_hex(_from_lch(_to_lch(mix(colour, scheme.paper, part))[0], min(chroma, scheme.tint), hue))
        if min(contrast(scheme.ink_faint, ground), contrast(colour, ground)) >= ENOUGH:
            return ground
        part -= 0.01
    return scheme.paper


def weakest(colour: str, scheme: Scheme) -> float:
    """The lowest contrast of words in this colour on the grounds of a scheme."""
    return min(contrast(colour, scheme.paper), contrast(colour, scheme.plane))


def _steps(colour: str, towards: float) -> list[str]:
    start = _to_lch(colour)[0]
    return [at_lightness(colour, start + (towards - start) * step / 100) for step in range(1, 101)]


def nearest_passing(colour: str, scheme: Scheme = LIGHT, wanted: float = ENOUGH) -> str:
    """The colour itself when it passes; otherwise the first one darker (or, on dark ground, lighter) that does."""
    colour = to_hex(parse(colour))
    towards = 0.0 if scheme is LIGHT else 1.0
    candidates = [colour, *_steps(colour, towards)]
    return next((one for one in candidates if weakest(one, scheme) >= wanted), candidates[-1])


def companions(colour: str, scheme: Scheme) -> Accent:
    """`colour` already passes. Deep is for the pointer over a filled button: further from the paper, same words."""
    ink = max(("#ffffff", mix(colour, "#000000", 0.22)), key=lambda word: contrast(colour, word))
    lightness = _to_lch(colour)[0]
    away = lightness - 0.08 if scheme is LIGHT and lightness > 0.2 else min(0.97, lightness + 0.08)
    deep = at_lightness(colour, away)
    if contrast(ink, deep) < ENOUGH:
        deep = colour
    return Accent(colour, deep, ink, wash(colour, scheme))


def derive(colour: str) -> tuple[Accent, Accent]:
    """Light and dark companions of an organisation's colour; raises TooFaint with a colour that would do."""
    colour = to_hex(parse(colour))
    ratio = weakest(colour, LIGHT)
    if ratio < ENOUGH:
        raise TooFaint(ratio, nearest_passing(colour))
    return companions(colour, LIGHT), companions(nearest_passing(colour, DARK, COMFORT), DARK)


def accent_css(colour: str) -> str:
    """The style sheet behind /accent.css: the same selectors as tokens.css, so that it wins by standing later."""
    light, dark = derive(colour)
    return (
        f'@layer tokens{{:root,[data-theme="light"]{{{light.css()}}}'
        f'@media(prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark.css()}}}}}'
        f'[data-theme="dark"]{{{dark.css()}}}}}'
    )
