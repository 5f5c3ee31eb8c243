"""The one style sheet of the till, filled from the tokens."""

from __future__ import annotations

import re

from pos.theme.paths import RESOURCES
from pos.theme.tokens import ThemeName, Tokens

TEMPLATE_FILE = RESOURCES / "theme" / "base.qss"
_PLACE = re.compile(r"\{\{\s*([a-z0-9-]+)\s*\}\}")


def values(tokens: Tokens, theme: ThemeName) -> dict[str, str]:
    """Return what each `{{name}}` of the template stands for in a theme."""
    filled = {name: colour.of(theme) for name, colour in tokens.color.items()}
    for group in ("space", "radius", "height", "border"):
        for name, px in getattr(tokens, group).items():
            filled[f"{group}-{name}"] = f"{px}px"
    return filled


def fill(template: str, tokens: Tokens, theme: ThemeName) -> str:
    """Replace every `{{token}}` of a template.

    Raises:
        KeyError: the template names a token that does not exist.
    """
    known = values(tokens, theme)
    return _PLACE.sub(lambda place: known[place.group(1)], template)


def stylesheet(tokens: Tokens, theme: ThemeName) -> str:
    """Return the application style sheet for a theme."""
    return fill(TEMPLATE_FILE.read_text(encoding="utf-8"), tokens, theme)
