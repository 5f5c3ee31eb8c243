"""Which picture stands for a product."""

from __future__ import annotations

from pos.theme import icons

_BANDS = ("surface-sunken", "accent-soft", "surface-pressed", "surface-hover")


def picture_of(name: str, *, otherwise: str = "image") -> str:
    """Return the icon of a product's picture, or the one that stands for none."""
    return name if name in icons.names() else otherwise


def band_of(picture: str, label: str) -> str:
    """Return the colour token behind a quick key: of its own where it has no picture."""
    if picture in icons.names():
        return _BANDS[0]
    return _BANDS[1 + sum(map(ord, label)) % (len(_BANDS) - 1)]
