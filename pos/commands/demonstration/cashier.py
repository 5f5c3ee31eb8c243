"""What a cashier does at the window, each act waited for until the books show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from pos.commands.demonstration import places
from pos.commands.demonstration.eyes import AgentEar, Books, NotSeen, wait_until
from pos.commands.demonstration.hand import Hand
from pos.commands.demonstration.opening import Opened
from pos.commands.demonstration.places import Place
from pos.country import load_country
from pos.domain.cash import change_in_pieces
from pos.domain.ticket import TicketState
from pos.domain.till_session import expected_cash

LINK_S = 90.0  # how long the agent may take to notice that the hub went or came


@dataclass
class Cashier:
    """The hands, the eyes, and what stands on the counter."""

    hand: Hand
    books: Books
    opened: Opened
    printer: EmulatedPrinter
    look: Callable[[], Image.Image | None] = lambda: None  # waits until the window is at rest

    # -- people

    def sign_in(self, staff_id: str) -> None:
        """Touch one's name and key the PIN."""
        with self.books.expecting("staff.signed_in"):
            self.touch(places.SEATS[staff_id])
            self.key_pin(staff_id)

    def key_pin(self, staff_id: str) -> None:
        """Key the PIN of a person, and Intro."""
        self.hand.type(self.opened.shop.pin_of(staff_id))
        self.hand.key("Return")

    def approve(self, staff_id: str) -> None:
        """Answer the open question for an authorisation, as the person it proposes."""
        self.look()
        with self.books.expecting("override.granted"):
            self.key_pin(staff_id)

    def touch(self, place: Place) -> None:
        """Touch a place of the window."""
        self.hand.click(place.x, place.y)

    def menu(self, entry: str) -> None:
        """Open the menu and touch one of its keys."""
        self.hand.key("F11")
        self.look()
        self.touch(places.MENU[entry])
        self.look()

    # -- the ticket

    @property
    def lines(self) -> int:
        """How many lines the ticket has, voided ones too."""
        ticket = self.books.ticket()
        return len(ticket.basket.lines) if ticket else 0

    def scan(self, *codes: str) -> None:
        """Scan articles; each becomes a line."""
        wanted = self.lines + len(codes)
        self.hand.scan(*codes)
        self.see_lines(wanted)

    def see_lines(self, wanted: int) -> None:
        """Wait until the ticket has so many lines."""
        wait_until(
            f"{wanted} lines on the ticket",
            lambda: self.lines == wanted,
            instead=lambda: f"there are {self.lines}",
        )

    def take_quick_key(self, page: int, tile: int, quantity: str = "") -> None:
        """Touch a quick key; an article sold by weight asks how much."""
        wanted = self.lines + 1
        self.touch(places.QUICK_PAGES[page])
        self.touch(places.QUICK_TILES[tile])
        if quantity:
            self.hand.type(quantity)
            self.hand.key("Return")
        self.see_lines(wanted)

    # -- the payment

    def charge(self) -> None:
        """Go to the payment."""
        self.hand.key("F10")
        wait_until("the payment begins", self._is_paying)

    def sell(self, *codes: str, note: int | None = None, by_card: bool = False) -> None:
        """Serve a customer: scan, charge, take the money, hand out the receipt."""
        if codes:
            self.scan(*codes)
        self.charge()
        if by_card:
            self.hand.key("t")
        elif note is not None:
            self.touch(places.QUICK_NOTES[note])
        self.collect()

    def collect(self) -> None:
        """Take what is proposed, see the sale recorded, and go on to the next customer."""
        with self.books.expecting("sale.completed"):
            self.hand.key("Return")
        self.next_customer()

    def collect_after_charge(self) -> None:
        """Go to the payment, take what is proposed, and go on to the next customer."""
        self.charge()
        self.collect()

    def next_customer(self) -> None:
        """Leave the change screen; the receipt is printed unless another was chosen."""
        with self.books.expecting("receipt.printed"):
            self.hand.key("Return")

    def card_answers(self, kind: str) -> None:
        """Ask for the card and wait for the answer: `sale.completed` or `card.resolved`."""
        self.hand.key("t")
        with self.books.expecting(kind):
            self.hand.key("Return")

    def _is_paying(self) -> bool:
        ticket = self.books.ticket()
        return ticket is not None and ticket.state is TicketState.PAYING

    # -- the drawer

    def drawer(self) -> dict[int, int]:
        """Return what lies in the drawer, pieces by denomination in minor units.

        Nobody stole: it is the float with what was taken and given back.
        """
        session = self.books.session()
        if session is None:
            raise NotSeen("no shift is open")
        figures = self.books.figures(session.session_id)
        opening = session.opening_float.total
        cash = expected_cash(opening, figures)
        country = load_country(str(self.opened.shop.settings["country"]))
        pieces, _ = change_in_pieces(cash, country.denominations)
        return {each.denomination.minor: each.count for each in pieces}

    # -- the network

    def see_link(self, state: str) -> None:
        """Wait until the agent says that the link is so."""
        with AgentEar(self.opened.folder.agent_socket) as ear:
            ear.wait_for(state, deadline_s=LINK_S)

    def see_everything_sent(self) -> None:
        """Wait until the hub has acknowledged every fact."""
        wait_until(
            "the hub has everything",
            lambda: self.books.waiting() == 0,
            deadline_s=LINK_S,
            instead=lambda: f"{self.books.waiting()} facts wait",
        )

    def see_printed(self) -> None:
        """Wait until the printer has confirmed every receipt."""
        wait_until(
            "every receipt is printed",
            lambda: set(self.books.print_jobs()) <= {"confirmed"},
            deadline_s=30.0,
            instead=lambda: str(self.books.print_jobs()),
        )
