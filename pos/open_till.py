"""Opens a data folder as a workstation: what the window and the commands have in common."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pos.country import Country, UnknownCountry, load_country
from pos.domain.cart import cart_rules
from pos.domain.credit_code import credit_code
from pos.domain.errors import StoreUnavailable
from pos.domain.fiscal import FiscalModule
from pos.domain.return_policy_content import return_policy_of
from pos.domain.scan import InStoreTemplate, ScanRules, ValueKind
from pos.domain.shop import ShopDetails
from pos.domain.stored_value import StoredValueKind, gift_card_skus, offline_redemption
from pos.domain.suggestion import wants_suggestions
from pos.fiscal.none import NoFiscalModule
from pos.pickup_settings import pickup_policy
from pos.pins import ArgonPins
from pos.services.ports import Clock, Ids
from pos.services.return_rules import ReturnRules
from pos.services.workstation import Workstation
from pos.settings import TillSettings, read_settings
from pos.store.catalogue_source import CatalogueSource
from pos.store.data_folder import DataFolder, FolderLock, FolderRole
from pos.store.facts import TillIdentity
from pos.store.keys import KeyMissing, load_key, load_or_create_key
from pos.store.pickup_keys import HubPickupKeys
from pos.store.place import watch_place
from pos.store.till_store import TillStore, create_till
from pos.store.trust import HUB_KEY
from pos.system import SystemClock, Uuid7

DEFAULT_TIME_ZONE = "Europe/Madrid"

_CURRENCY = re.compile(r"[A-Z]{3}")
_log = logging.getLogger(__name__)


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


def init_folder(folder: DataFolder, settings: TillSettings, epoch: int) -> None:
    """Make the data folder's database; harmless when it is that till's already.

    Args:
        epoch: What a till that is made now begins with.

    Raises:
        StoreUnavailable: It belongs to another till, or cannot be written.
    """
    folder.create()
    key = load_or_create_key(folder, secrets.token_bytes)
    identity = TillIdentity(settings.till, settings.shop, settings.till_number, epoch)
    create_till(folder.database, key=key, identity=identity)


def open_till(
    folder: DataFolder, *, clock: Clock | None = None, ids: Ids | None = None
) -> OpenTill:
    """Take the folder as its till and open everything in it.

    Raises:
        FolderInUse: Another process has it.
        NotConfigured: The shop's settings have not arrived, or describe no shop.
        SettingsError: The settings file is missing or wrong.
        StoreUnavailable: Something is not to be opened; the text says what.
    """
    settings = read_settings(folder.settings)
    lock = folder.lock(FolderRole.TILL)
    try:
        return _opened(folder, settings, lock, clock or SystemClock(), ids or Uuid7())
    except BaseException:
        lock.release()
        raise


def _opened(
    folder: DataFolder, settings: TillSettings, lock: FolderLock, clock: Clock, ids: Ids
) -> OpenTill:
    key = load_key(folder)
    if key is None:
        raise KeyMissing(f"the key of {folder.database} is gone")
    store = TillStore(folder.database, key=key, on_disk_full=folder.release_reserve)
    watch_place(folder, key=key, now_ms=clock.now_ms())
    shop = shop_details(store.setting("shop"))
    country = load_country(shop.country)
    folder.ensure_reserve()
    catalogues = CatalogueSource(folder.catalogue)
    station = Workstation(
        shop=store.identity.shop,
        till=store.identity.till,
        till_number=store.identity.number,
        currency=shop.currency,
        store=store,
        catalogues=catalogues,
        clock=clock,
        ids=ids,
        fiscal=_fiscal_module(),
        pins=ArgonPins(),
        scan_rules=scan_rules(store.setting("scan_templates"), store.setting("customers")),
        cash_policy=country.cash_policy,
        denominations=country.denominations,
        has_room=folder.has_room_for_a_ticket,
        time_zone=shop.time_zone,
        pickups=pickup_policy(store.setting("pickup"), shop.currency),
        pickup_keys=HubPickupKeys(store.trust(HUB_KEY)),
        promotions=store.promotions,
        returns=_returns(store, shop, country, key),
        stored_value=offline_redemption(store.setting("stored_value")),
        gift_card_skus=gift_card_skus(store.setting("stored_value")),
        suggests=wants_suggestions(store.setting("suggestions")),
        carts=cart_rules(store.setting("carts"))[0],
        country=shop.country,
    )
    return OpenTill(folder, settings, store, catalogues, station, shop, country, lock)


def shop_details(setting: object) -> ShopDetails:
    """Return the shop as the hub described it; what cannot be in it is left out.

    Raises:
        NotConfigured: The hub has not, or not in a way that one could sell by.
    """
    if not setting:
        raise NotConfigured("the hub has not described the shop yet")
    told: Mapping[str, Any] = setting if isinstance(setting, Mapping) else {}
    code, name, currency, country = (
        _text(told.get(key)) for key in ("code", "name", "currency", "country")
    )
    if not (code and name and _CURRENCY.fullmatch(currency) and _is_known(country)):
        raise NotConfigured(
            f"the hub describes the shop as {code!r}, {name!r} in {country!r} with {currency!r}"
        )
    return ShopDetails(
        code=code,
        name=name,
        legal_name=_text(told.get("legal_name")) or name,
        tax_id=_text(told.get("tax_id")),
        address_lines=_lines(told.get("address_lines")),
        currency=currency,
        country=country,
        time_zone=_zone(told.get("time_zone")),
        phone=_text(told.get("phone")),
        web=_text(told.get("web")),
        receipt_header=_lines(told.get("receipt_header")),
        receipt_footer=_lines(told.get("receipt_footer")),
    )


def _returns(store: TillStore, shop: ShopDetails, country: Country, key: bytes) -> ReturnRules:
    """Return the rules; what puts money onto a card is no goods that could come back."""
    rules = return_rules(store.setting("returns"), shop, country, key)
    skus = gift_card_skus(store.setting("stored_value"))
    return replace(rules, policy=replace(rules.policy, stored_value_skus=skus))


def return_rules(setting: object, shop: ShopDetails, country: Country, key: bytes) -> ReturnRules:
    """Return by what a shop takes things back; what its setting cannot mean is as by default.

    Args:
        setting: The hub's setting ``returns``; None when unset.
        key: The till's own; codes of store credit are made from it.
    """
    policy, wrong = return_policy_of(setting, shop.currency)
    for name in wrong:
        _log.warning("setting returns: %s cannot be meant", name)
    return ReturnRules(
        policy,
        country.return_law,
        shop.country,
        lambda refund_id: credit_code(key, refund_id),
        lambda refund_id: credit_code(key, refund_id, StoredValueKind.GIFT_CARD),
        refunds_cards=True,
    )


def scan_rules(templates: object, customers: object = None) -> ScanRules:
    """Return the in-store templates the shop configured; those that cannot be are left out.

    Args:
        templates: The hub's setting ``scan_templates``.
        customers: Its setting ``customers``: `member_card` is what their cards begin with.
    """
    rows = templates if isinstance(templates, list | tuple) else ()
    read = (_template(row) for row in rows)
    told: Mapping[str, Any] = customers if isinstance(customers, Mapping) else {}
    return ScanRules(
        templates=tuple(template for template in read if template is not None),
        member_card=_text(told.get("member_card")),
    )


def _template(row: object) -> InStoreTemplate | None:
    try:
        told: Mapping[str, Any] = row  # type: ignore[assignment]
        return InStoreTemplate(
            name=str(told.get("name", told["layout"])),
            layout=str(told["layout"]),
            value_kind=ValueKind(told["value_kind"]),
            decimals=int(told.get("decimals", 0)),
        )
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        _log.warning("label layout left out: %s", error)
        return None


def _zone(value: object) -> str:
    """Return a time zone there is, that of most of our shops when the hub names none."""
    name = _text(value)
    try:
        return ZoneInfo(name).key if name else DEFAULT_TIME_ZONE
    except (ValueError, ZoneInfoNotFoundError, OSError):
        _log.warning("there is no time zone %r", name)
        return DEFAULT_TIME_ZONE


def _text(value: object) -> str:
    """Return a text that can be printed, empty when it is anything else."""
    return value if isinstance(value, str) and value.isprintable() else ""


def _lines(value: object) -> tuple[str, ...]:
    lines = value if isinstance(value, list | tuple) else [value]
    return tuple(text for line in lines if (text := _text(line)))


def _is_known(country: str) -> bool:
    try:
        load_country(country)
    except UnknownCountry:
        return False
    return True


def _fiscal_module() -> FiscalModule:
    return NoFiscalModule()
