"""Lets web shops in by a key of their own; the hub keeps a hash of each and no key."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable

from sqlalchemy import Connection, select

from sync.hub.bulk import insert_rows
from sync.hub.tables_orders import web_shop_key

# What web shops may ask for; everything else below /v1 is for tills.
PATHS = ("/v1/orders", "/v1/promise")
_KEY = re.compile(r"mws_([0-9a-f]{12})_([0-9a-f]{64})")
_BEARER = re.compile(r"[Bb]earer +(\S{1,200})")
ID_BYTES, SECRET_BYTES = 6, 32


class NoSuchKey(ValueError):
    """No key has that id."""


def is_for_web_shops(path: str) -> bool:
    """True for addresses that web shops ask, by their key."""
    return any(path == known or path.startswith(f"{known}/") for known in PATHS)


def issue_key(
    connection: Connection, name: str, now_ms: int, random_bytes: Callable[[int], bytes]
) -> str:
    """Return a key for a web shop; it cannot be shown again."""
    key_id, secret = random_bytes(ID_BYTES).hex(), random_bytes(SECRET_BYTES).hex()
    insert_rows(connection, web_shop_key, [(key_id, name, _hashed(secret), now_ms, 0)])
    return f"mws_{key_id}_{secret}"


def revoke_key(connection: Connection, key_id: str, now_ms: int) -> None:
    """Let a key in no more, from the next request on.

    Raises:
        NoSuchKey: There is none of that id.
    """
    changed = connection.execute(
        web_shop_key.update().where(web_shop_key.c.key_id == key_id).values(revoked_at_ms=now_ms)
    )
    if changed.rowcount != 1:
        raise NoSuchKey(key_id)


def web_shop_of(connection: Connection, authorization: str) -> str | None:
    """Return the name of the web shop that an ``Authorization`` header is of, None: of nobody."""
    bearer = _BEARER.fullmatch(authorization.strip())
    key = _KEY.fullmatch(bearer[1]) if bearer else None
    if key is None:
        return None
    row = connection.execute(select(web_shop_key).where(web_shop_key.c.key_id == key[1])).first()
    # Compared whoever asks, in the same time, so that nothing is learnt of a key by guessing.
    kept = row.secret_sha256 if row is not None else _hashed("")
    is_right = hmac.compare_digest(kept, _hashed(key[2]))
    if row is None or not is_right or row.revoked_at_ms:
        return None
    return str(row.name)


def _hashed(secret: str) -> str:
    # A random secret of 256 bits needs no slow hash.
    return hashlib.sha256(secret.encode("ascii")).hexdigest()
