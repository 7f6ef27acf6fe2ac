from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """A QR code as an inline drawing, black on white whatever the theme, since cameras want it so."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False, svgns=True, omitsize=True
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn by us from a text that is encoded, never quoted
