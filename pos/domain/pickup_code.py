"""The pickup code: what the central system signs so that a till can believe it without network.

``MC:`` and base 32 (RFC 4648, no padding): all characters of a QR's alphanumeric mode, so that
the whole fits a QR of version 6. Inside: the order's serial and a tag of its id (a hub restored
from an older copy may give a serial out again), the version of its codes, the last day it could
ever be held until, the shop, and the hub's Ed25519 signature over these. It proves who may
collect; whether the order is ready, cancelled or gone is for the mirror to say.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass

PREFIX = "MC:"
SIGNATURE_BYTES = 64
MAX_SHOP = 12
_HEAD = struct.Struct(">BIIHH")  # format, serial, tag, version, last day
_FORMAT = 1
_FROM_OTHER_LAYOUTS = str.maketrans({"Ñ": ":"})
DAY_MS = 86_400_000


class NoPickupCode(ValueError):
    """The text begins like a pickup code and is none: cut short, mistyped or made up."""


@dataclass(frozen=True, slots=True)
class PickupCode:
    """What a code says; `last_day` counts days since 1970-01-01 (UTC), `signature` is hex."""

    serial: int
    tag: int
    version: int
    last_day: int
    shop: str
    signature: str = ""

    @property
    def signed_part(self) -> bytes:
        """What the hub signs.

        Raises:
            ValueError: A number does not fit, or the shop is too long.
        """
        if not 0 < len(self.shop) <= MAX_SHOP:
            raise ValueError(f"shop {self.shop!r}")
        try:
            head = _HEAD.pack(_FORMAT, self.serial, self.tag, self.version, self.last_day)
        except struct.error as error:
            raise ValueError(str(error)) from error
        return head + self.shop.encode("ascii")

    def is_of(self, order_id: str) -> bool:
        """True when it was made for this order and no other of its number."""
        return self.tag == tag_of(order_id)

    def is_past(self, now_ms: int) -> bool:
        """True when even the last possible day of holding is over."""
        return now_ms >= (self.last_day + 1) * DAY_MS


def tag_of(order_id: str) -> int:
    """Return what tells orders of one serial apart."""
    return int.from_bytes(hashlib.sha256(order_id.encode()).digest()[:4])


def is_pickup_code(text: str) -> bool:
    """True for what claims to be one."""
    return text.upper().translate(_FROM_OTHER_LAYOUTS).startswith(PREFIX)


def pickup_code_text(code: PickupCode) -> str:
    """Return the text of the QR."""
    whole = code.signed_part + bytes.fromhex(code.signature)
    return PREFIX + base64.b32encode(whole).decode("ascii").rstrip("=")


def read_pickup_code(text: str) -> PickupCode:
    """Return what a code says; nobody has checked its signature yet.

    Raises:
        NoPickupCode: It cannot be read.
    """
    body = text.upper().translate(_FROM_OTHER_LAYOUTS).removeprefix(PREFIX)
    try:
        whole = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError as error:
        raise NoPickupCode("not base 32") from error
    shop_at = _HEAD.size
    signed, signature = whole[:-SIGNATURE_BYTES], whole[-SIGNATURE_BYTES:]
    if len(signature) < SIGNATURE_BYTES or not shop_at < len(signed) <= shop_at + MAX_SHOP:
        raise NoPickupCode("wrong length")
    form, serial, tag, version, last_day = _HEAD.unpack_from(signed)
    shop = signed[shop_at:]
    if form != _FORMAT or not ((shop.isalnum() and shop.isupper()) or shop.isdigit()):
        raise NoPickupCode("another format")
    return PickupCode(serial, tag, version, last_day, shop.decode("ascii"), signature.hex())
