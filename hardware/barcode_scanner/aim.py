"""AIM symbology identifiers in front of scanned text (ISO/IEC 15424)."""

from __future__ import annotations

import re

_IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]", re.ASCII)


def split_aim_id(text: str) -> tuple[str | None, str]:
    """Return the identifier (such as ``]C1``) and the text behind it; None when there is none."""
    found = _IDENTIFIER.match(text)
    if found is None:
        return None, text
    return found[0], text[found.end() :]
