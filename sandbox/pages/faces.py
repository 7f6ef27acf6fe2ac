"""Faces without photographs: initials on a colour that always belongs to the same name."""

import hashlib
from html import escape


def svg(name: str) -> str:
    initials = "".join(part[0] for part in name.replace("-", "_").split("_")[:2] if part).upper() or "?"
    hue = int(hashlib.blake2b(name.encode(), digest_size=2).hexdigest(), 16) % 360
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<rect width="48" height="48" rx="24" fill="hsl({hue} 45% 36%)"/>'
        '<text x="24" y="25" fill="#fff" font-family="system-ui,sans-serif" font-size="18" font-weight="600" '
        f'text-anchor="middle" dominant-baseline="central">{escape(initials)}</text></svg>'
    )
