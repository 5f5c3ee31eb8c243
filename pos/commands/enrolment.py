"""Introduces a till to its hub and fetches what it must know before it can open."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from pos.open_till import NotConfigured, init_folder
from pos.settings import TillSettings, read_settings, write_settings
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.till_store import AnotherTill
from sync.client import HubClient


def is_enrolled(folder: DataFolder) -> bool:
    """True when the folder holds a till that knows its shop."""
    return folder.settings.exists() and folder.database.exists()


def enrol(
    data: Path, *, hub: str, shop: str, till_number: int, name: str = "", currency: str = ""
) -> TillSettings:
    """Register the till at the hub and make its data folder; harmless when done before.

    Args:
        currency: Makes the hub add the shop when it has none of that code (a replay's own
            shop); empty: the shop must be known.

    Raises:
        HubUnreachable: The hub does not answer; nothing was made.
        HubRefused: It knows no such shop; nothing was made.
        StoreUnavailable: The folder belongs to another till, or cannot be written.
        SettingsError: Shop code, till number or address cannot be.
    """
    folder = DataFolder(data)
    settings = _settings(folder, TillSettings(shop, till_number, hub.rstrip("/")))
    answer = HubClient(settings.hub).register(
        settings.till,
        shop=settings.shop,
        number=settings.till_number,
        name=name or f"{settings.till_number}",
        app_version=version("mostrador"),
        currency=currency,
    )
    if not answer.shop:
        raise NotConfigured("the hub does not describe the shop")
    init_folder(folder, settings)
    store = AgentStore(folder.database, key=load_key(folder))
    try:
        store.apply_settings({"shop": answer.shop}, store.cursor("settings"))
    finally:
        store.close()
    write_settings(folder.settings, settings)
    return settings


def _settings(folder: DataFolder, wanted: TillSettings) -> TillSettings:
    """Return what stands in the folder already, with the hub that is wanted."""
    if not folder.settings.exists():
        return wanted
    settings = read_settings(folder.settings)
    if settings.till != wanted.till:
        raise AnotherTill(f"{folder.root} is the folder of {settings.till}, not of {wanted.till}")
    return replace(settings, hub=wanted.hub)
