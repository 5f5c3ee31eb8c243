"""Other tills of the demonstration, worked through their services: no window, no display."""

from __future__ import annotations

import time
from dataclasses import replace

from pos.commands.agent_keeper import agent_running
from pos.commands.demonstration.eyes import Books, NotSeen, wait_until
from pos.commands.demonstration.opening import Opened, other_till, prepare_till
from pos.commands.demonstration.shop import seed
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.ticket import Ticket
from pos.domain.till_session import CashCount
from pos.open_till import open_till
from pos.services import park, pay, sign_in, till_session
from pos.services.scan import Added, scan
from pos.services.workstation import SignOn
from pos.store.data_folder import DataFolder
from pos.system import SystemClock

SENT_S = 60.0
OTHER_SHOP = {
    "code": "GOYA",
    "name": "Nogal Goya",
    "address_lines": ["Calle de Goya, 45", "28001 Madrid"],
}


class Neighbour:
    """A till that is enrolled and open; what it does reaches the hub with `send`."""

    def __init__(self, opened: Opened, *, badge: str) -> None:
        self._folder = opened.folder
        self._till = open_till(opened.folder)
        member = sign_in.badge_holder(self._till.station, badge)
        if member is None:
            raise NotSeen(f"nobody has the badge {badge}")
        signed_on = sign_in.sign_on(self._till.station, member, method="badge")
        if signed_on.session is None:
            day, empty = time.strftime("%Y-%m-%d"), CashCount(self._till.station.currency, {})
            signed_on = till_session.open_session(signed_on, empty, business_day=day)
        self._sign_on: SignOn = signed_on

    def close(self) -> None:
        """Leave the till."""
        self._till.close()

    def sell(self, *codes: str) -> str:
        """Sell articles for exact cash; return the number of the receipt."""
        return self._pay(self._scan(codes))

    def park(self, label: str, *codes: str) -> str:
        """Leave a ticket waiting; return its id."""
        ticket = self._scan(codes)
        park.park(self._sign_on, ticket, label=label)
        return ticket.basket.basket_id

    def take_up(self, basket_id: str) -> str:
        """Go on with a ticket of this till without asking the hub, and sell it."""
        return self._pay(park.resume(self._sign_on, basket_id))

    def send(self) -> None:
        """Let an agent bring everything to the hub."""
        books = Books(self._folder.root)
        try:
            with agent_running(self._folder):
                wait_until("all is sent", lambda: not books.waiting(), deadline_s=SENT_S)
        finally:
            books.close()

    def _scan(self, codes: tuple[str, ...]) -> Ticket:
        ticket: Ticket | None = None
        for code in codes:
            outcome = scan(self._sign_on, ticket, ScannedCode(code, None, ScanSource.WEDGE))
            if not isinstance(outcome, Added):
                raise NotSeen(f"{code}: {outcome}")
            ticket = outcome.ticket
        if ticket is None:
            raise NotSeen("nothing was scanned")
        return ticket

    def _pay(self, ticket: Ticket) -> str:
        paying = pay.begin(self._sign_on, ticket)
        step = pay.take_cash(self._sign_on, paying, paying.payment.due)
        if not isinstance(step, pay.Paid):
            raise NotSeen(f"not paid: {step}")
        return str(step.sale.number)


def next_till(opened: Opened) -> Neighbour:
    """Enrol the shop's other till and open it; Diego works there."""
    return Neighbour(other_till(opened), badge="FUEN-DIEGO")


def till_of_other_shop(opened: Opened) -> Neighbour:
    """Make another shop with the same people and products, and open its first till."""
    shop = opened.shop
    other = replace(shop, settings={**shop.settings, **OTHER_SHOP})
    seed(opened.db_url, other, now_ms=SystemClock().now_ms())
    folder = DataFolder(opened.folder.root.parent / "till-goya")
    there = replace(opened, shop=other, folder=folder)
    prepare_till(there, 1, "Caja 1", {}, opened.hub.url)
    return Neighbour(there, badge="FUEN-ROSA")
