"""The shop with two tills, the manager's telephone, and what two people do at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pos.commands.demonstration.cable import Cable
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.eyes import Books, NotSeen, wait_until
from pos.commands.demonstration.opening import Opened
from pos.commands.demonstration.stand import Stand
from pos.commands.demonstration.telephone import Telephone
from pos.domain.desk import DeskItem, ItemKind
from pos.settings import read_settings
from sync.client import HubClient, HubRefused, HubUnreachable
from sync.credentials import load_credentials
from sync.wire.v1.tills import Digest

ARRIVES_S = 60.0  # what one till does reaches the other by way of the hub
TRY_AGAIN_S = 4.0  # the till itself waits two for the hub


@dataclass
class Floor:
    """Two tills of a shop on one hub, and a copy of the second that somebody carried away.

    `here` is the till of the played day; `there` and `copy` hang on cables that can be pulled.
    """

    opened: Opened
    here: Stand
    there: Stand
    copy: Stand
    cable: Cable
    far_cable: Cable
    phone: Telephone
    pages: Path
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def stands(self) -> tuple[Stand, ...]:
        return (self.here, self.there, self.copy)

    def open_item(self, kind: ItemKind) -> DeskItem:
        """Wait until the hub's desk reaches the first till, and return the item of that kind."""
        books = self.here.cashier.books
        wait_until(
            f"{kind.value} on the desk",
            lambda: bool(_open(books, kind)),
            deadline_s=ARRIVES_S,
            instead=lambda: [each.kind.value for each in books.desk()],
        )
        return _open(books, kind)[0]

    def see_decided(self, item_id: str) -> None:
        """Wait until the hub's decision of an item is back at the first till."""
        books = self.here.cashier.books

        def is_decided() -> bool:
            return any(each.item_id == item_id and each.resolved_by for each in books.desk())

        wait_until("the hub knows the decision", is_decided, deadline_s=ARRIVES_S)

    def see_agreed(self, stand: Stand) -> None:
        """Compare a till's sums with the hub's, when everything is sent.

        Raises:
            NotSeen: They differ.
        """
        stand.cashier.see_everything_sent()
        mine, theirs = stand.cashier.books.sales(), self.at_hub(stand)
        if mine != (theirs.sales, theirs.total_minor):
            raise NotSeen(f"{stand.name} sold {mine}, the hub says {theirs}")

    def see_shared_by_copies(self) -> None:
        """See that the hub counts what the other till and its copy sold, each sale once."""
        wait_until(
            "the hub counts what both copies sold",
            lambda: self.at_hub(self.there).sales == len(self.sold_by_copies()),
            deadline_s=ARRIVES_S,
            instead=lambda: (self.at_hub(self.there), self.sold_by_copies()),
        )
        theirs, sold = self.at_hub(self.there), self.sold_by_copies().values()
        check("the hub has the money of both", is_so=theirs.total_minor == sum(sold))

    def sold_by_copies(self) -> dict[str, int]:
        """Return the total of every sale of the other till and its copy, by id."""
        return self.there.cashier.books.totals() | self.copy.cashier.books.totals()

    def at_hub(self, stand: Stand) -> Digest:
        """Return what the hub holds of a till."""
        client = HubClient(self.opened.hub.url, load_credentials(stand.folder))
        try:
            return client.digest(read_settings(stand.folder.settings).till)
        except (HubUnreachable, HubRefused) as error:
            raise NotSeen(f"the hub: {error}") from error


def _open(books: Books, kind: ItemKind) -> list[DeskItem]:
    return [each for each in books.desk() if each.kind is kind and each.is_open]


def insist(cashier: Cashier, kind: str, act: Callable[[], object]) -> None:
    """Do something that the hub must answer, again while no answer came in time.

    Raises:
        NotSeen: It left no fact of that kind within `ARRIVES_S`.
    """
    before, done_at = cashier.books.facts(kind), -TRY_AGAIN_S

    def is_done() -> bool:
        nonlocal done_at
        if cashier.books.facts(kind) > before:
            return True
        if time.monotonic() > done_at + TRY_AGAIN_S:
            act()
            done_at = time.monotonic()
        return False

    wait_until(kind, is_done, deadline_s=ARRIVES_S)


def check(what: str, *, is_so: bool) -> None:
    """Hold on to a fact.

    Raises:
        NotSeen: It is not so.
    """
    if not is_so:
        raise NotSeen(f"not so: {what}")
