"""What a till shows its hub, and by what it knows the hub again: read from its data folder."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.errors import StoreUnavailable
from pos.signatures import SigningKey
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.trust import CA, HUB_KEY, TILL_KEY
from sync.http import HubHttp
from sync.signed_http import SignedHttp


class NotEnrolled(StoreUnavailable):
    """The till was never enrolled at a hub (`mostrador init --code`)."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A till's private key (hexadecimal), the hub's public key, the hub's authority (PEM)."""

    till: str
    secret: str
    hub_key: str
    ca: str = ""

    def open(
        self,
        url: str,
        *,
        deadline_s: float,
        incarnation: str = "",
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> SignedHttp:
        """Return a connection to the hub; see `SignedHttp`."""
        return SignedHttp(
            HubHttp(url, deadline_s=deadline_s, ca=self.ca),
            till=self.till,
            key=SigningKey(bytes.fromhex(self.secret)),
            hub_key=self.hub_key,
            random_bytes=random_bytes,
            incarnation=incarnation,
        )


def credentials_of(store: AgentStore) -> Credentials:
    """Return the credentials of the till whose database is open.

    Raises:
        NotEnrolled: It has none.
    """
    secret, hub_key = store.trust(TILL_KEY), store.trust(HUB_KEY)
    if not secret or not hub_key:
        raise NotEnrolled(f"till {store.till} is not enrolled; see mostrador init --help")
    return Credentials(store.till, secret, hub_key, store.trust(CA))


def load_credentials(folder: DataFolder) -> Credentials:
    """Return the credentials of the till of a data folder.

    Raises:
        NotEnrolled: It has none.
        StoreUnavailable: The folder is not to be opened.
    """
    store = AgentStore(folder.database, key=load_key(folder))
    try:
        return credentials_of(store)
    finally:
        store.close()
