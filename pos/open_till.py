"""Opens a data folder as a workstation: what the window and the commands have in common."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pos.country import Country, load_country
from pos.domain.errors import StoreUnavailable
from pos.domain.fiscal import FiscalModule
from pos.domain.scan import InStoreTemplate, ScanRules, ValueKind
from pos.domain.shop import ShopDetails
from pos.fiscal.none import NoFiscalModule
from pos.pins import ArgonPins
from pos.services.ports import Clock, Ids
from pos.services.workstation import Workstation
from pos.settings import TillSettings, read_settings
from pos.store.catalogue_source import CatalogueSource
from pos.store.data_folder import DataFolder, FolderLock, FolderRole
from pos.store.facts import TillIdentity
from pos.store.keys import KeyMissing, load_key, load_or_create_key
from pos.store.till_store import TillStore, create_till
from pos.system import SystemClock, Uuid7

FIRST_EPOCH = 1


class NotConfigured(StoreUnavailable):
    """The hub has not told this till yet which shop it belongs to."""


@dataclass
class OpenTill:
    """A data folder that this process holds as its till, until `close`."""

    folder: DataFolder
    settings: TillSettings
    store: TillStore
    catalogues: CatalogueSource
    station: Workstation
    shop: ShopDetails
    country: Country
    lock: FolderLock

    def close(self) -> None:
        """Close the files and let another process have the folder."""
        self.store.close()
        self.lock.release()


def init_folder(folder: DataFolder, settings: TillSettings) -> None:
    """Make the data folder's database; harmless when it is that till's already.

    Raises:
        StoreUnavailable: It belongs to another till, or cannot be written.
    """
    folder.create()
    key = load_or_create_key(folder, secrets.token_bytes)
    identity = TillIdentity(settings.till, settings.shop, settings.till_number, FIRST_EPOCH)
    create_till(folder.database, key=key, identity=identity)


def open_till(
    folder: DataFolder, *, clock: Clock | None = None, ids: Ids | None = None
) -> OpenTill:
    """Take the folder as its till and open everything in it.

    Raises:
        FolderInUse: Another process has it.
        NotConfigured: The shop's settings have not arrived.
        SettingsError: The settings file is missing or wrong.
        StoreUnavailable: Something is not to be opened; the text says what.
    """
    settings = read_settings(folder.settings)
    lock = folder.lock(FolderRole.TILL)
    try:
        key = load_key(folder)
        if key is None:
            raise KeyMissing(f"the key of {folder.database} is gone")
        store = TillStore(folder.database, key=key, on_disk_full=folder.release_reserve)
        shop = shop_details(store.setting("shop"))
        country = load_country(shop.country)
    except BaseException:
        lock.release()
        raise
    folder.ensure_reserve()
    catalogues = CatalogueSource(folder.catalogue)
    station = Workstation(
        shop=store.identity.shop,
        till=store.identity.till,
        till_number=store.identity.number,
        currency=shop.currency,
        store=store,
        catalogues=catalogues,
        clock=clock or SystemClock(),
        ids=ids or Uuid7(),
        time_zone=shop.time_zone,
        fiscal=_fiscal_module(),
        pins=ArgonPins(),
        scan_rules=scan_rules(store.setting("scan_templates")),
        cash_policy=country.cash_policy,
        denominations=country.denominations,
        has_room=folder.has_room_for_a_ticket,
    )
    return OpenTill(folder, settings, store, catalogues, station, shop, country, lock)


def shop_details(setting: Mapping[str, Any] | None) -> ShopDetails:
    """Return the shop as the hub described it.

    Raises:
        NotConfigured: It has not.
    """
    if not setting:
        raise NotConfigured("the hub has not described the shop yet")
    return ShopDetails(
        code=str(setting["code"]),
        name=str(setting["name"]),
        legal_name=str(setting.get("legal_name") or setting["name"]),
        tax_id=str(setting.get("tax_id") or ""),
        address_lines=tuple(setting.get("address_lines") or ()),
        currency=str(setting["currency"]),
        country=str(setting["country"]),
        time_zone=str(setting.get("time_zone") or "Europe/Madrid"),
        phone=str(setting.get("phone") or ""),
        web=str(setting.get("web") or ""),
        receipt_header=tuple(setting.get("receipt_header") or ()),
        receipt_footer=tuple(setting.get("receipt_footer") or ()),
    )


def scan_rules(templates: Sequence[Mapping[str, Any]] | None) -> ScanRules:
    """Return the in-store templates the shop configured."""
    return ScanRules(
        templates=tuple(
            InStoreTemplate(
                name=str(row.get("name", row["layout"])),
                layout=str(row["layout"]),
                value_kind=ValueKind(row["value_kind"]),
                decimals=int(row.get("decimals", 0)),
            )
            for row in templates or ()
        )
    )


def _fiscal_module() -> FiscalModule:
    return NoFiscalModule()
