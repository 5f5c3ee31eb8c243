"""Enrols a till at its hub and fetches what it must know before it can open."""

from __future__ import annotations

import secrets
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from pos.open_till import NotConfigured, init_folder
from pos.settings import SettingsError, TillSettings, read_settings, write_settings
from pos.signatures import KEY_BYTES, SigningKey
from pos.store.data_folder import DataFolder
from pos.store.enrolled import Enrolment, keep_enrolment, stored_secret
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.system import SystemClock
from sync.client import HubClient, HubUnreachable, NotTheHub
from sync.credentials import load_credentials
from sync.wire.v1.enrolment import Enrolled, read_code

TRIES = 3  # an answer may be lost; the same key with the same code is the same till


def is_enrolled(folder: DataFolder) -> bool:
    """True when the folder holds a till that knows its hub."""
    if not (folder.settings.exists() and folder.database.exists()):
        return False
    return bool(stored_secret(folder.database, key=load_key(folder)))


def enrol(data: Path, *, hub: str, code: str, name: str = "") -> TillSettings:
    """Make the till known that the code is for, and its data folder.

    A folder that holds the till already keeps its books and its key.

    Args:
        code: As `mostrador hub till-code` gave it out, with or without dashes.

    Raises:
        HubUnreachable: The hub does not answer, or does not know the code; nothing was made.
        HubRefused: The code is used, expired, wrong or another till's; nothing was made.
        StoreUnavailable: The folder cannot be written.
        SettingsError: Code or address cannot be.
    """
    folder = DataFolder(data)
    before = read_settings(folder.settings) if folder.settings.exists() else None
    plain = _read_code(code)
    hub = _address(hub)
    secret = _own_secret(folder) or secrets.token_bytes(KEY_BYTES).hex()
    answer = _present(hub, plain, secret, name, before.till if before else "")
    if not answer.shop:
        raise NotConfigured("the hub does not describe the shop")
    shop, _, number = answer.till.rpartition("-")
    settings = replace(before, hub=hub) if before else TillSettings(shop, int(number), hub)
    init_folder(folder, settings, answer.epoch)
    enrolment = Enrolment(secret, answer.hub_key, answer.ca, answer.epoch)
    key = load_key(folder)
    now_ms = SystemClock().now_ms()
    keep_enrolment(folder.database, key=key, enrolment=enrolment, now_ms=now_ms)
    store = AgentStore(folder.database, key=key)
    try:
        store.apply_settings({"shop": answer.shop}, store.cursor("settings"))
    finally:
        store.close()
    write_settings(folder.settings, settings)
    return settings


def move(data: Path, *, hub: str) -> TillSettings:
    """Give an enrolled till another address of its hub, once the hub has answered there.

    Raises:
        HubUnreachable: Nobody answers there, or not the hub the till was enrolled at.
        HubRefused: The hub does not let the till in any more.
        SettingsError: There is no till, or the address cannot be.
        StoreUnavailable: The folder is not to be opened.
    """
    folder = DataFolder(data)
    settings = replace(read_settings(folder.settings), hub=_address(hub))
    HubClient(settings.hub, load_credentials(folder)).digest(settings.till)
    write_settings(folder.settings, settings)
    return settings


def mint_code(db_url: str, shop: str, number: int, *, currency: str = "") -> str:
    """Give out a code at a hub whose database is at hand, by `issue_code` of its enrolment.

    Raises:
        StoreUnavailable: The database is not to be opened.
        NotKnown, NotPossible: There is no such shop, or the number cannot be.
    """
    from sync.hub.database import open_database
    from sync.hub.trust.enrolment import issue_code

    database = open_database(db_url)
    try:
        now_ms = SystemClock().now_ms()
        return issue_code(
            database.engine, shop, number, now_ms, secrets.token_bytes, currency=currency
        )
    finally:
        database.close()


def _present(hub: str, code: str, secret: str, name: str, till: str) -> Enrolled:
    """Show the hub the code; an answer that was lost is asked for again."""
    client = HubClient(hub)
    public_key = SigningKey(bytes.fromhex(secret)).public

    def ask() -> Enrolled:
        return client.enrol(
            code, public_key, name=name, app_version=version("mostrador"), till=till
        )

    for _ in range(TRIES - 1):
        try:
            return ask()
        except NotTheHub:
            raise
        except HubUnreachable:
            continue
    return ask()


def _own_secret(folder: DataFolder) -> str:
    """Return the key the till of this folder has already, empty when there is none."""
    if not folder.database.exists():
        return ""
    return stored_secret(folder.database, key=load_key(folder))


def _read_code(typed: str) -> str:
    try:
        return read_code(typed)
    except ValueError as error:
        raise SettingsError(f"code: {error}") from None


def _address(hub: str) -> str:
    """Return an address as it stands in the settings, refused when it cannot be one."""
    return TillSettings("ANY", 1, hub.rstrip("/")).hub
