"""Which text can be an e-mail address that a receipt is sent to."""

from __future__ import annotations

import re

MAX_LENGTH = 254
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(
    rf"[\w!#$%&'*+/=?^`{{|}}~-]+(?:\.[\w!#$%&'*+/=?^`{{|}}~-]+)*@(?:{_LABEL}\.)+{_LABEL}"
)
_LONGEST_NAME = 64


class NotAMailAddress(ValueError):
    """A text that no mail can be sent to, or that would reach more than one person."""


def check_mail_address(text: str) -> str:
    """Return an address without the spaces around it.

    One plain address ``name@place.tld``, also with letters beyond ASCII: no display name, no
    quotes, no list, no line break that could add a header.

    Raises:
        NotAMailAddress: It is none.

    Source:
        RFC 5321, 4.5.3.1 (lengths of 64 and 254); RFC 5322, 3.4.1 (dot-atom).
    """
    address = text.strip(" ")
    name = address.partition("@")[0]
    if len(address) > MAX_LENGTH or len(name) > _LONGEST_NAME or not _ADDRESS.fullmatch(address):
        raise NotAMailAddress(text[:MAX_LENGTH])
    return address


def masked_mail(address: str) -> str:
    """Return so much of an address that its owner knows it: ``c•••a@correo.es``."""
    name, at, place = address.partition("@")
    if not at:
        return ""
    return f"{name[0]}•••{name[-1]}@{place}" if len(name) > 2 else f"•••@{place}"
