"""The customer on the ticket in words, as the tab shows them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.customer import Customer
from pos.domain.customer_glance import GlancedPurchase, KnownCustomer, PurchaseKind
from pos.screens import pickup_words, wording
from pos.screens.customer import words
from pos.screens.customer.on_ticket import TicketCustomer
from pos.widgets.row_list import ListRow

LONGEST_NOTE = 90
STALE_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class OrderWords:
    """An order that waits here, in two rows; `more` says how many others do."""

    number: str
    title: str
    second: str
    more: str


class Glimpse:
    """What the tab shows, of a customer that is known."""

    def __init__(self, model: TicketCustomer, known: KnownCustomer) -> None:
        self._model, self._known = model, known
        self._now_ms = model.now_ms

    @property
    def _customer(self) -> Customer:
        return self._known.customer

    @property
    def name(self) -> str:
        return self._customer.name

    @property
    def tier(self) -> str:
        return self._customer.tier

    @property
    def since(self) -> str:
        return words.since(self._customer)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Points, credit and when the record is not sent yet; only what there is."""
        glance = self._model.glance
        rows = []
        if glance.points:
            points = QCoreApplication.translate("Customer", "Points")
            rows.append((points, wording.number(glance.points * 1_000)))
        credit = words.total_of(tuple(one.amount for one in glance.credit))
        if credit:
            rows.append((QCoreApplication.translate("Customer", "Credit"), credit))
        if self._known.is_unsent:
            rows.append(
                (
                    QCoreApplication.translate("Customer", "Changes"),
                    QCoreApplication.translate("Customer", "not sent yet"),
                )
            )
        return rows

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Icon and text of what is worth knowing: the birthday first, then the latest notes."""
        customer = self._customer
        day = words.birthday(customer, self._now_ms)
        said = [("note", _cut(note.text)) for note in reversed(customer.notes)]
        liked = [("heart", f"{key}: {value}") for key, value in customer.preferences]
        return [*([("calendar", day)] if day else []), *said, *liked]

    @property
    def age(self) -> str:
        """Say how old what is shown of purchases is."""
        if not self._model.glance.as_of_ms:
            return QCoreApplication.translate("Customer", "this till only")
        return wording.age(self._model.glance.as_of_ms, self._now_ms)

    @property
    def is_stale(self) -> bool:
        as_of_ms = self._model.glance.as_of_ms
        return self._model.is_hub_away or self._now_ms - as_of_ms > STALE_MS

    @property
    def purchases(self) -> list[ListRow]:
        return [self._row(one) for one in self._model.glance.purchases]

    @property
    def order(self) -> OrderWords | None:
        """The oldest order that waits here."""
        waiting = self._model.waiting
        if not waiting:
            return None
        first = waiting[0]
        title = QCoreApplication.translate("Customer", "Waits here: {number} · {state}")
        shelf = QCoreApplication.translate("Customer", "shelf {shelf}")
        pay = QCoreApplication.translate("Customer", "to pay {amount}")
        owed, shelves = pickup_words.to_pay(first), ", ".join(first.shelves)
        second = (
            shelf.format(shelf=shelves) if shelves else "",
            pickup_words.parcels_words(first) if first.parcels else "",
            pay.format(amount=wording.money(owed)) if owed else "",
        )
        state = pickup_words.state_words(first)[0].lower()
        return OrderWords(
            first.number,
            title.format(number=first.number, state=state),
            " · ".join(part for part in second if part),
            words.CustomerCounts().others(len(waiting) - 1) if len(waiting) > 1 else "",
        )

    def _row(self, purchase: GlancedPurchase) -> ListRow:
        is_return = purchase.kind is PurchaseKind.RETURN
        return ListRow(
            purchase.reference,
            words.purchase_title(purchase, self._model.shop_name),
            words.purchase_second(purchase),
            right=wording.money(purchase.total),
            icon=words.purchase_icon(purchase),
            tone="danger" if is_return else "",
            strong=True,
        )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NOTE else f"{text[: LONGEST_NOTE - 1]}…"
