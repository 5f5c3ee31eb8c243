"""The hub's own key, by which tills know it, and the authority its certificate comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from pos.signatures import KEY_BYTES, SigningKey
from sync.hub.bulk import upsert_rows
from sync.hub.database import begin
from sync.hub.tables import hub_key

SECRET, HUB_ID, CA = "secret", "hub_id", "ca"
HUB_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class HubIdentity:
    """Which hub this is: an id, and the key its answers are signed with."""

    hub_id: str
    key: SigningKey


def hub_identity(engine: Engine, random_bytes: Callable[[int], bytes]) -> HubIdentity:
    """Return who the hub with this database is, settling that when it is the first time.

    Several hub processes may share a database: whoever comes first settles it for all.
    """
    made = [(SECRET, random_bytes(KEY_BYTES).hex()), (HUB_ID, random_bytes(HUB_ID_BYTES).hex())]
    with begin(engine) as connection:
        upsert_rows(connection, hub_key, made, "(name) DO NOTHING")
        secret = read_value(connection, SECRET)
        return HubIdentity(read_value(connection, HUB_ID), SigningKey(bytes.fromhex(secret)))


def read_value(connection: Connection, name: str) -> str:
    """Return what is stored of the hub under a name, empty when it is not there."""
    value = connection.scalar(select(hub_key.c.value).where(hub_key.c.name == name))
    return str(value or "")


def store_authority(engine: Engine, pem: str) -> None:
    """Store the certificate authority that tills pin when they are enrolled."""
    with begin(engine) as connection:
        upsert_rows(
            connection, hub_key, [(CA, pem)], "(name) DO UPDATE SET value = excluded.value"
        )
