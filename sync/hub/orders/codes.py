"""Pickup codes: the hub signs who may collect an order, tills believe it without network."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from pos.domain.collection import Order
from pos.domain.pickup_code import DAY_MS, PickupCode, pickup_code_text, tag_of
from pos.signatures import Purpose, SigningKey
from sync.hub.trust.keys import SECRET, read_value


class NoHubKey(RuntimeError):
    """The hub with this database was never started: it has no key to sign with."""


def signing_key(connection: Connection) -> SigningKey:
    """Return the hub's key.

    Raises:
        NoHubKey: It has none yet.
    """
    secret = read_value(connection, SECRET)
    if not secret:
        raise NoHubKey
    return SigningKey(bytes.fromhex(secret))


def pickup_code_of(order: Order, key: SigningKey) -> str:
    """Return the text of the QR with which an order is collected, as it stands.

    It is good until the last day the order could ever be held, for this version of its codes.
    """
    last_day = order.last_hold_ms // DAY_MS
    code = PickupCode(order.serial, tag_of(order.order_id), order.version, last_day, order.shop)
    signed = replace(code, signature=key.sign(Purpose.PICKUP, code.signed_part))
    return pickup_code_text(signed)
