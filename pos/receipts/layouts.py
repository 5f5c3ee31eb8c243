"""The one door to everything that is printed, handed to the services as a port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hardware.receipt_printer.document import Document
from pos.country import load_country
from pos.domain.collection import Order
from pos.domain.customer import Customer
from pos.domain.print_subjects import Receipted
from pos.domain.printing import PrintKind
from pos.domain.reissue import Reissue
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.shop import ShopDetails
from pos.domain.ticket import Ticket
from pos.domain.till_session import CashMovement, SessionReport
from pos.receipts.collected import Collected, collected_document
from pos.receipts.parked import parked_document
from pos.receipts.pick_list import pick_list_document
from pos.receipts.readable import readable
from pos.receipts.reissues import reissue_document
from pos.receipts.reports import movement_document, report_document
from pos.receipts.returns import NO_CODES, Codes, bin_document, return_document
from pos.receipts.sale import gift_document, sale_document
from pos.receipts.stationery import Reprint, Stationery
from pos.receipts.text import as_text

if TYPE_CHECKING:
    from pos.receipts.label import ParcelLabel


@dataclass(frozen=True, slots=True)
class Layouts:
    """Lays documents out on one till's paper.

    `reprint` marks a copy; without it the document is an original, of which there is one.
    """

    on: Stationery

    def sale(
        self,
        sale: Sale,
        kind: PrintKind,
        *,
        at_ms: int = 0,
        copy: int = 1,
        customer: Customer | None = None,
    ) -> Document:
        """Return the receipt of a sale.

        Args:
            sale: As it was recorded.
            kind: Original, duplicate or gift.
            at_ms: When a duplicate was asked for; UTC, Unix ms.
            copy: The how many-eth duplicate it is, from 1.
            customer: Whose it is, as far as the till knows; a gift receipt names nobody.

        Raises:
            ValueError: `kind` is of a document that is no receipt.
        """
        match kind:
            case PrintKind.ORIGINAL:
                return readable(sale_document(sale, self.on, customer=customer))
            case PrintKind.DUPLICATE:
                return readable(sale_document(sale, self.on, Reprint(at_ms, copy), customer))
            case PrintKind.GIFT:
                return readable(gift_document(sale, self.on))
            case _:
                raise ValueError(f"a sale has no {kind.value}")

    def receipt(self, document: Receipted) -> Document:
        """Return a receipt as the original has it, but for the codes of credit."""
        if isinstance(document, Sale):
            return self.sale(document, PrintKind.ORIGINAL)
        return self.taken_back(document)

    def of_shop(self, shop: ShopDetails) -> Layouts:
        """Return the layouts of another shop's papers, on this till's printer."""
        return Layouts(replace(self.on, shop=shop, country=load_country(shop.country)))

    def found_copy(self, sale: Sale, shop: ShopDetails, *, at_ms: int) -> Document:
        """Return a marked copy of a sale of another till, under the letterhead of its shop.

        Args:
            at_ms: When it was asked for; UTC, Unix ms.
        """
        here = self.on.words["copied_elsewhere"].format(
            shop=self.on.shop.name, till=self.on.till_number
        )
        there = self.of_shop(shop).on
        return readable(sale_document(sale, there, Reprint(at_ms, 1, here)))

    def paid_again(
        self,
        reissues: Sequence[Reissue],
        staff_name: str,
        reprint: Reprint | None = None,
        codes: Codes = NO_CODES,
    ) -> Document:
        """Return the receipt of how a refund that failed was paid after all."""
        return readable(reissue_document(reissues, self.on, reprint, codes, staff_name=staff_name))

    def taken_back(
        self, document: Return, reprint: Reprint | None = None, codes: Codes = NO_CODES
    ) -> Document:
        """Return the receipt of a return.

        Args:
            codes: By the id of a refund, the code of the credit that it was paid with; not for
                a screen, since whoever knows the code can spend it.
        """
        return readable(return_document(document, self.on, reprint, codes))

    def bins(self, document: Return) -> Document:
        """Return the slips that say where what came back goes."""
        return readable(bin_document(document, self.on))

    def report(self, report: SessionReport, reprint: Reprint | None = None) -> Document:
        """Return the report of a shift: an X while it is open, else its Z."""
        return readable(report_document(report, self.on, reprint))

    def movement(
        self, movement: CashMovement, staff_name: str, reprint: Reprint | None = None
    ) -> Document:
        """Return the slip of cash paid in, paid out or dropped."""
        return readable(movement_document(movement, self.on, staff_name, reprint))

    def parked(self, ticket: Ticket) -> Document:
        """Return the slip that brings a parked ticket back."""
        return readable(parked_document(ticket, self.on))

    def pick_list(self, orders: Sequence[Order], *, at_ms: int) -> Document:
        """Return the list of what is to be fetched for some orders, by place."""
        return readable(pick_list_document(orders, self.on, at_ms=at_ms))

    def collected(self, done: Collected, reprint: Reprint | None = None) -> Document:
        """Return what a customer takes along who collected an order."""
        return readable(collected_document(done, self.on, reprint))

    def label(
        self, order: Order, parcel: int, print_number: int, *, hold_until_ms: int = 0
    ) -> ParcelLabel:
        """Return the words of a parcel's label; `draw_label` makes the picture of them."""
        from pos.receipts.label import parcel_label

        return parcel_label(order, parcel, print_number, self.on, hold_until_ms=hold_until_ms)

    def text(self, document: Document) -> str:
        """Return a document as plain text for e-mail."""
        return as_text(document)

    def pdf(self, document: Document) -> bytes:
        """Return a document as a PDF; a QGuiApplication must exist."""
        from pos.receipts.pdf import as_pdf

        return as_pdf(document)
