"""The till's database as the services see it: one transaction per act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from pos.domain.errors import StoreUnavailable
from pos.store import trust
from pos.store.cards import StoredCards
from pos.store.customers import StoredCustomers
from pos.store.desk_items import StoredDesk
from pos.store.engine import DiskFull, make_engine, transaction
from pos.store.exchanges import StoredExchanges
from pos.store.facts import CurrentEpoch, Sign, StoredJournal, StoredNumbers, TillIdentity
from pos.store.handovers import StoredHandovers
from pos.store.migrate import migrate
from pos.store.notices import StoredStanding
from pos.store.orders import StoredOrders
from pos.store.people import StoredStaff
from pos.store.photos import StoredPhotos
from pos.store.prints import StoredPrints
from pos.store.promotions import StoredPromotions
from pos.store.returns import StoredReturns
from pos.store.sales import StoredSales
from pos.store.sessions import StoredSessions
from pos.store.shop_tickets import StoredShopTickets
from pos.store.statements import Statements, from_json
from pos.store.suggestions import StoredSuggestions
from pos.store.tickets import StoredTickets

# 16 MB. A sale writes some 20 pages: by SQLite's default one in 50 would wait for a checkpoint.
# Whoever else writes, the agent above all, checkpoints at the default and spares the sale that.
CHECKPOINT_PAGES = 4_000


class NotATill(StoreUnavailable):
    """The data folder was never given to a till (`mostrador init`)."""


class AnotherTill(StoreUnavailable):
    """The data folder belongs to another till."""


class StoredRecords:
    """`ports.Records`: everything one transaction can reach."""

    def __init__(self, connection: Connection, identity: TillIdentity, sign: Sign) -> None:
        sql = Statements(connection)
        self.tickets = StoredTickets(sql)
        self.sales = StoredSales(sql)
        self.returns = StoredReturns(sql)
        self.sessions = StoredSessions(sql)
        self.staff = StoredStaff(sql)
        epoch = CurrentEpoch(sql)
        self.journal = StoredJournal(sql, identity.till, epoch, sign)
        self.numbers = StoredNumbers(sql, identity.number, epoch)
        self.cards = StoredCards(sql)
        self.prints = StoredPrints(sql)
        self.desk = StoredDesk(sql)
        self.standing = StoredStanding(sql)
        self.shop_tickets = StoredShopTickets(sql)
        self.orders = StoredOrders(sql, identity.till)
        self.handovers = StoredHandovers(sql)
        self.customers = StoredCustomers(sql)
        self.exchanges = StoredExchanges(sql)
        self.suggestions = StoredSuggestions(sql)
        self.photos = StoredPhotos(sql)


class TillStore:
    """`ports.Store` on till.db. Any thread may use it; each act has a connection of its own."""

    def __init__(
        self, path: Path, *, key: bytes | None, on_disk_full: Callable[[], None] | None = None
    ) -> None:
        """Open the database of a till, bringing it to the present schema first.

        Args:
            path: The file till.db.
            key: 32 raw bytes.
            on_disk_full: Called when an act failed for want of room, to give room back
                (`DataFolder.release_reserve`); the act itself stays undone.

        Raises:
            NotATill: `create_till` was never called on it.
            StoreUnavailable: It is not to be opened; the subclass says why.
        """
        if not path.is_file():
            raise NotATill(f"there is no till in {path.parent}")
        self._writer = make_engine(path, key=key, checkpoint_pages=CHECKPOINT_PAGES)
        self._reader = make_engine(path, key=key, read_only=True)
        self._on_disk_full = on_disk_full
        self.promotions = StoredPromotions(self._looking)
        migrate(self._writer)
        with transaction(self._reader) as connection:
            sql = Statements(connection)
            stored = _stored_identity(sql)
            self._sign = trust.fact_signer(sql)
        if stored is None:
            raise NotATill(f"there is no till in {path.parent}")
        self.identity = stored

    @contextmanager
    def transaction(self) -> Iterator[StoredRecords]:
        """One act: durable when the block ends, undone when it raises.

        Raises:
            StoreUnavailable: Nothing was recorded.
            OutcomeOfCommitUnknown: The act must be looked up before anything is said.
        """
        try:
            with transaction(self._writer) as connection:
                yield StoredRecords(connection, self.identity, self._sign)
        except DiskFull:
            if self._on_disk_full is not None:
                self._on_disk_full()
            raise

    @contextmanager
    def reading(self) -> Iterator[StoredRecords]:
        """A consistent view that never waits for a writer; writing raises."""
        with transaction(self._reader) as connection:
            yield StoredRecords(connection, self.identity, self._sign)

    def setting(self, key: str) -> Any:
        """Return a setting as the hub told it (parsed JSON), or None."""
        with self._looking() as sql:
            row = sql.one("SELECT value FROM setting WHERE key = ?", (key,))
        return None if row is None else from_json(row[0])

    def trust(self, name: str) -> str:
        """Return what is kept under a name of `pos.store.trust`, empty when nothing is."""
        with self._looking() as sql:
            return trust.read(sql, name)

    def close(self) -> None:
        """Close every connection."""
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _looking(self) -> Iterator[Statements]:
        with transaction(self._reader) as connection:
            yield Statements(connection)


def create_till(path: Path, *, key: bytes | None, identity: TillIdentity) -> None:
    """Make the database of a till; harmless when it is that till's already.

    Raises:
        AnotherTill: The file belongs to another till.
        StoreUnavailable: It is not to be opened.
    """
    engine = make_engine(path, key=key)
    try:
        migrate(engine)
        with transaction(engine) as connection:
            sql = Statements(connection)
            stored = _stored_identity(sql)
            if stored is None:
                sql.run(
                    "INSERT INTO till_identity (till, shop, number, epoch) VALUES (?, ?, ?, ?)",
                    (identity.till, identity.shop, identity.number, identity.epoch),
                )
            elif stored.till != identity.till:
                raise AnotherTill(f"{path.parent} belongs to till {stored.till}")
    finally:
        engine.dispose()


def _stored_identity(sql: Statements) -> TillIdentity | None:
    row = sql.one("SELECT till, shop, number, epoch FROM till_identity")
    return None if row is None else TillIdentity(*row)
