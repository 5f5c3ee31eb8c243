"""What the services need of orders to collect; `pos.services.ports` names it."""

from __future__ import annotations

from typing import Protocol

from pos.domain.collection import Order
from pos.domain.handover import HandoverDraft
from pos.domain.journal import Fact, FactKind
from pos.domain.pickup_code import PickupCode


class Orders(Protocol):
    """Orders to be collected in this shop, as the hub last told and as this till changed them."""

    def open(self) -> tuple[Order, ...]:
        """Return those that are not finished, the oldest first; expired ones too."""

    def get(self, order_id: str) -> Order | None: ...

    def by_serial(self, serial: int) -> Order | None: ...

    def by_number(self, number: str) -> Order | None:
        """Return the order of a number such as ``W-10482``."""

    def search(self, text: str, *, limit: int = 50) -> tuple[Order, ...]:
        """Return open orders whose number, short code, name, phone, e-mail or card begins so."""

    def closed_since(self, at_ms: int) -> tuple[Order, ...]:
        """Return those finished at or after a time, the latest first."""

    def save(self, order: Order) -> None:
        """Keep what an act at this till made of an order."""

    def mirrored_at_ms(self) -> int:
        """Return when the hub last confirmed what is known here, UTC ms; 0 for never."""

    def refresh(self, order: Order) -> None:
        """Take over an order as the hub just told it with a claim."""

    def handover_op(self, order_id: str) -> str:
        """Return the op id of the handover recorded here, empty for none."""

    def events(self, kind: FactKind, *, since_ms: int) -> tuple[Fact, ...]:
        """Return the facts of a kind recorded at this till since then, for its figures."""


class Handovers(Protocol):
    """Handovers that are on the counter and not done yet."""

    def current(self) -> tuple[HandoverDraft, ...]:
        """Return them, the oldest first."""

    def get(self, order_id: str) -> HandoverDraft | None: ...

    def of_basket(self, basket_id: str) -> HandoverDraft | None:
        """Return the handover a ticket belongs to."""

    def save(self, draft: HandoverDraft) -> None: ...

    def remove(self, order_id: str) -> None: ...


class PickupKeys(Protocol):
    """Whom a pickup code is believed."""

    def is_signed(self, code: PickupCode) -> bool:
        """True when the hub this till trusts signed the code."""
