"""Brings down what the hub tells: catalogue, prices, stock, staff, settings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from pydantic import ValidationError

from pos.domain.errors import StoreUnavailable
from pos.domain.staff import Role, StaffMember
from pos.store.catalogue_builder import CatalogueRefused, remove_old_generations
from pos.store.catalogue_changes import CatalogueChanges, open_current
from pos.store.engine import DamagedFile, NotADatabase
from pos.store.outbox import AgentStore
from sync.agent.catalogue_pull import build_catalogue
from sync.agent.customers_pull import CustomerPages, pull_customers
from sync.agent.desk_pull import pull_desk
from sync.agent.feeds import Listed, feed_pages
from sync.agent.hub import FeedPage, Hub
from sync.agent.ports import Clock, Tell
from sync.agent.promotions_pull import Anew, PromotionPages, pull_promotions
from sync.agent.shop_tickets import pull_tickets
from sync.agent.suggestions_pull import SuggestionPages, pull_suggestions
from sync.client import HubRefused
from sync.wire.v1.customers import CustomerPage
from sync.wire.v1.feeds import (
    DeskPage,
    PricePage,
    PromotionPage,
    SettingItem,
    SettingPage,
    ShopSetting,
    StaffItem,
    StaffPage,
    StockPage,
    Stream,
    SuggestionPage,
)
from sync.wire.v1.parking import ParkedPage

NO_CATALOGUE = "no_catalogue"
PRICES_CONFIRMED_EVERY_MS = 60_000
PULL_NOTED_EVERY_MS = 60_000

log = logging.getLogger("sync.agent")


class Pulling:
    """What comes down; each cursor moves in the transaction of what it brought."""

    def __init__(
        self, store: AgentStore, hub: Hub, clock: Clock, catalogue_folder: Path, tell: Tell
    ) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._folder = catalogue_folder
        self._tell = tell
        self._is_doubted = False
        self._asked_anew = 0
        self.generation = 0
        self.prices_as_of_ms: int | None = None
        self.pulled_at_ms = 0
        # What the hub's clock showed when our clock that never goes back showed 0.
        self._hub_began_ms: int | None = None

    @property
    def clock_offset_ms(self) -> int | None:
        """How far the hub's clock is ahead of the one people see; also while it is away."""
        if self._hub_began_ms is None:
            return None
        return self._hub_began_ms + self._clock.monotonic_ms() - self._clock.now_ms()

    def look(self) -> None:
        """Look which generation is in use; none is when its file is damaged."""
        try:
            changes = open_current(self._folder)
            if changes is not None:
                with closing(changes):
                    self._note(changes)
        except (DamagedFile, NotADatabase) as error:
            self._is_damaged(error)

    def pull(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Take in everything that changed at the hub.

        Args:
            meanwhile: Called again and again while a catalogue comes down.

        Raises:
            HubUnreachable, HubRefused: What came before that is stored.
            CatalogueRefused: The generation on offer is damaged; the one in use stays.
            StoreUnavailable: The disk.
        """
        self._pull_settings()
        self._pull_staff()
        try:
            self._pull_catalogue(meanwhile)
        except (CatalogueRefused, StoreUnavailable):
            self._pull_changes()  # the generation in use lives on
            raise
        self._pull_changes()
        cursor = self._store.cursor("desk")
        pull_desk(self._store, self._pages(Stream.DESK, cursor, DeskPage), self._tell)
        cursor = self._store.cursor(Stream.PARKED.value)
        pull_tickets(self._store, self._pages(Stream.PARKED, cursor, ParkedPage), self._tell)
        pull_promotions(self._store, self._promotion_pages, self._clock, self._tell)
        pull_customers(self._store, self._customer_pages, self._clock, self._tell)
        pull_suggestions(self._store, self._suggestion_pages, self._tell)
        self._note_pulled()

    def _promotion_pages(self, cursor: int, anew: Anew) -> PromotionPages:
        return self._pages(Stream.PROMOTIONS, cursor, PromotionPage, anew)

    def _customer_pages(self, cursor: int, anew: Anew) -> CustomerPages:
        return self._pages(Stream.CUSTOMERS, cursor, CustomerPage, anew)

    def _suggestion_pages(self, cursor: int, anew: Anew) -> SuggestionPages:
        return self._pages(Stream.SUGGESTIONS, cursor, SuggestionPage, anew)

    def _note_pulled(self) -> None:
        """Keep on the disk when everything was last taken in, now and then."""
        now_ms = self._clock.now_ms()
        if abs(now_ms - self.pulled_at_ms) >= PULL_NOTED_EVERY_MS:
            self._store.note_pulled(now_ms)
            self.pulled_at_ms = now_ms

    def _pull_changes(self) -> None:
        """Bring prices and stock into the generation in use."""
        try:
            changes = open_current(self._folder)
            if changes is not None:
                with closing(changes):
                    self._pull_prices(changes)
                    self._pull_stock(changes)
                    self._note(changes)
        except (DamagedFile, NotADatabase) as error:
            self._is_damaged(error)

    def _is_damaged(self, error: StoreUnavailable) -> None:
        """Forget the generation in use, so that it is fetched again."""
        log.error("catalogue damaged", extra={"reason": str(error)})
        self.generation = 0

    def _pull_catalogue(self, meanwhile: Callable[[], None]) -> None:
        try:
            info = self._hub.catalogue(0 if self._is_doubted else self.generation)
        except HubRefused as error:
            if error.code != NO_CATALOGUE:
                raise
            return
        is_doubted, self._is_doubted = self._is_doubted, False
        if info is None or (info.generation == self.generation and not is_doubted):
            return
        if info.generation == self.generation:
            self._asked_anew = info.generation
        with self._hub.catalogue_stream(info.generation) as chunks:
            build_catalogue(self._folder, info, _with(chunks, meanwhile))
        self.generation = info.generation
        log.info(
            "catalogue swapped",
            extra={"generation": info.generation, "products": info.products},
        )
        self._tell({"type": "catalogue", "generation": info.generation})
        remove_old_generations(self._folder)

    def _pull_prices(self, changes: CatalogueChanges) -> None:
        for page, cursor, is_changed in self._pages(
            Stream.PRICES, changes.cursor("prices"), PricePage, self._doubt
        ):
            is_stale = page.hub_time_ms - changes.prices_as_of_ms >= PRICES_CONFIRMED_EVERY_MS
            if is_changed or is_stale:
                rows = [(item.sku, item.price_minor, None) for item in page.items]
                changes.apply_prices(rows, cursor, now_ms=page.hub_time_ms)
                self._look_for_unknown(changes, [item.sku for item in page.items])
        changes.apply_due_prices(self._clock.now_ms())

    def _doubt(self) -> bool:
        """Fetch the catalogue anew; until it has come the cursor of prices stays where it is."""
        self._is_doubted = True
        return False

    def _pull_stock(self, changes: CatalogueChanges) -> None:
        for page, cursor, is_changed in self._pages(
            Stream.STOCK, changes.cursor("stock"), StockPage
        ):
            if is_changed:
                rows = [(item.sku, item.on_hand_thousandths, item.as_of_ms) for item in page.items]
                changes.apply_stock(rows, cursor)
                self._look_for_unknown(changes, [item.sku for item in page.items])

    def _look_for_unknown(self, changes: CatalogueChanges, skus: list[str]) -> None:
        """Ask for the catalogue once more when the hub speaks of a product it does not have.

        Once for each generation: what the hub itself does not know no asking brings.
        """
        if changes.generation != self._asked_anew and changes.lacks_any(skus):
            log.warning("unknown product", extra={"generation": changes.generation})
            self._is_doubted = True

    def _pull_staff(self) -> None:
        before = self._store.cursor("staff")
        listed = Listed(before)
        pages = self._pages(Stream.STAFF, before, StaffPage, listed.begin_anew)
        for page, cursor, is_changed in pages:
            listed.take((item.staff_id, item.active) for item in page.items)
            if is_changed:
                people = [(_member(item), item.pin_hash) for item in page.items]
                goes_to = listed.cursor_after(page, cursor)
                self._store.apply_staff(people, goes_to, only=listed.all_there_are(page))
                self._tell({"type": "staff"})

    def _pull_settings(self) -> None:
        before = self._store.cursor("settings")
        listed = Listed(before)
        pages = self._pages(Stream.SETTINGS, before, SettingPage, listed.begin_anew)
        for page, cursor, is_changed in pages:
            listed.take((item.key, item.key == "shop") for item in page.items)
            if is_changed:
                told = {i.key: i.value for i in page.items if self._can_be(i)}
                goes_to = listed.cursor_after(page, cursor)
                self._store.apply_settings(told, goes_to, only=listed.all_there_are(page))
                self._tell({"type": "settings"})

    def _can_be(self, item: SettingItem) -> bool:
        """False for a description of the shop that no till could open with."""
        if item.key != "shop":
            return True
        try:
            shop = ShopSetting.model_validate(item.value)
        except ValidationError:
            shop = None
        is_ours = shop is not None and self._store.till.rpartition("-")[0] == shop.code
        if not is_ours:
            log.error("the hub describes no shop, or another one")
        return is_ours

    def _pages(
        self,
        stream: Stream,
        cursor: int,
        kind: type[FeedPage],
        anew: Callable[[], bool] = lambda: True,
    ) -> Iterator[tuple[FeedPage, int, bool]]:
        """Yield pages; see `feed_pages`."""

        def ask(after: int) -> FeedPage:
            page = self._hub.page(stream, after, kind)
            self._hub_began_ms = page.hub_time_ms - self._clock.monotonic_ms()
            return page

        return feed_pages(stream.value, ask, cursor, anew)

    def _note(self, changes: CatalogueChanges) -> None:
        self.generation = changes.generation
        self.prices_as_of_ms = changes.prices_as_of_ms


def _with(chunks: Iterable[bytes], meanwhile: Callable[[], None]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk
        meanwhile()


def _member(item: StaffItem) -> StaffMember:
    return StaffMember(item.staff_id, item.name, Role(item.role), item.badge, item.active)
