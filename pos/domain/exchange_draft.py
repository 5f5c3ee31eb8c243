"""What was decided about goods that came back, while they wait for the ticket that they pay."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.basket import Basket, EntryMethod
from pos.domain.exchange import Balance, balance_of
from pos.domain.fields import IDENTIFIER
from pos.domain.journal import Json
from pos.domain.money import Money
from pos.domain.return_content import (
    ReturnFields,
    UnreadableReturn,
    approval_body,
    currency_of,
    extra_body,
    line_body,
    read_approval,
    read_extra,
    read_line,
)
from pos.domain.return_ledger import Ledger, Returned, ReturnedLine
from pos.domain.return_purchase import Means
from pos.domain.return_purchase_content import ledger_content, read_ledger
from pos.domain.returns import ExtraKind, ReturnExtra, ReturnFlag, ReturnLine, amount_of
from pos.domain.staff import Approval

Way = tuple[Means, str]
_BY_LAW = frozenset({ReturnFlag.WITHDRAWAL, ReturnFlag.GUARANTEE})


@dataclass(frozen=True)
class ExchangeDraft:
    """A return that is recorded with the ticket that it pays, under an id it has already.

    `ledgers` holds the purchase as it was last known, cut to the lines that come back; none
    without a receipt. `approvals` were good when the draft was made, and are recorded with it.
    `ways` is how the customer wants what is left, if anything: a means and its reference.
    `began_at_ms` is UTC, `shop` where the goods came back.
    """

    basket_id: str
    return_id: str
    began_at_ms: int
    ledgers: tuple[Ledger, ...]
    lines: tuple[ReturnLine, ...]
    extras: tuple[ReturnExtra, ...]
    flags: frozenset[ReturnFlag]
    approvals: tuple[Approval, ...]
    currency: str
    customer_id: str = ""
    is_gift: bool = False
    ways: Way | None = None
    shop: str = ""

    def __post_init__(self) -> None:
        known = {ledger.purchase.reference for ledger in self.ledgers}
        named = {line.purchase for line in self.lines} | {one.purchase for one in self.extras}
        if len(self.ledgers) > 1 or not named <= (known or {""}):
            raise ValueError(f"an exchange of {sorted(named)} without what was bought")

    @property
    def total(self) -> Money:
        """What the goods that came back are worth to the customer."""
        return amount_of(self.lines, self.extras, self.currency)

    @property
    def ledger(self) -> Ledger | None:
        """The purchase that is returned from, None without a receipt."""
        return self.ledgers[0] if self.ledgers else None

    @property
    def purchase(self) -> str:
        """The reference of the purchase, empty without a receipt."""
        return self.ledgers[0].purchase.reference if self.ledgers else ""

    @property
    def is_by_law(self) -> bool:
        """True when the customer has a right to the money."""
        return bool(self.flags & _BY_LAW)

    @property
    def is_isolated(self) -> bool:
        """True when the till did not see the hub when it was decided."""
        return ReturnFlag.OFFLINE in self.flags

    def balance_with(self, basket: Basket) -> Balance:
        """Return where the exchange stands with what is on the ticket by now."""
        return balance_of(self.total, basket.totals.total)

    @property
    def returned(self) -> Returned:
        """It as the ledger of its purchase sees it, with nothing paid out yet."""
        delivery, goodwill = (
            amount_of((), (one for one in self.extras if one.kind is kind), self.currency)
            for kind in (ExtraKind.DELIVERY, ExtraKind.GOODWILL)
        )
        lines = tuple(
            ReturnedLine(
                line.purchase_line, line.quantity, line.value, line.deduction, line.serials
            )
            for line in self.lines
        )
        return Returned(
            return_id=self.return_id,
            purchase=self.purchase,
            shop=self.shop,
            at_ms=self.began_at_ms,
            lines=lines,
            paid_out=(),
            delivery=delivery,
            goodwill=goodwill,
        )

    def not_swapped(self, basket: Basket) -> tuple[ReturnLine, ...]:
        """Return the lines that were not put onto the ticket again (`EntryMethod.EXCHANGE`)."""
        swapped = [
            (line.product.sku, line.quantity.thousandths)
            for line in basket.live_lines
            if line.entry_method is EntryMethod.EXCHANGE
        ]
        left: list[ReturnLine] = []
        for line in self.lines:
            goods = (line.sku, line.quantity)
            if goods in swapped:
                swapped.remove(goods)
            else:
                left.append(line)
        return tuple(left)


def cut_to(ledger: Ledger, lines: tuple[ReturnLine, ...]) -> Ledger:
    """Return a ledger without the lines that nothing comes back of: nobody asks for them."""
    numbers = {line.purchase_line for line in lines}
    kept = tuple(line for line in ledger.purchase.lines if line.number in numbers)
    return replace(ledger, purchase=replace(ledger.purchase, lines=kept))


def exchange_content(draft: ExchangeDraft) -> dict[str, Json]:
    """Return everything of a draft; amounts in minor units, quantities in thousandths."""
    return {
        "basket_id": draft.basket_id,
        "return_id": draft.return_id,
        "began_at_ms": draft.began_at_ms,
        "currency": draft.currency,
        "ledgers": [ledger_content(ledger) for ledger in draft.ledgers],
        "lines": [line_body(line) for line in draft.lines],
        "extras": [extra_body(extra) for extra in draft.extras],
        "flags": sorted(flag.value for flag in draft.flags),
        "approvals": [approval_body(approval) for approval in draft.approvals],
        "customer_id": draft.customer_id,
        "is_gift": draft.is_gift,
        "shop": draft.shop,
        "ways": None
        if draft.ways is None
        else {"means": draft.ways[0].value, "reference": draft.ways[1]},
    }


def read_exchange(content: object) -> ExchangeDraft:
    """Return what `exchange_content` made.

    Raises:
        UnreadableReturn: Something is missing or cannot be.
    """
    said = ReturnFields(content)
    said.currency = currency_of(said)
    return said.possible(
        lambda: ExchangeDraft(
            basket_id=said.text("basket_id", IDENTIFIER),
            return_id=said.text("return_id", IDENTIFIER),
            began_at_ms=said.moment("began_at_ms"),
            ledgers=tuple(_ledger(row, said.currency) for row in said.rows("ledgers", 1)),
            lines=tuple(read_line(row) for row in said.parts("lines")),
            extras=tuple(read_extra(row) for row in said.parts("extras")),
            flags=frozenset(ReturnFlag(flag) for flag in said.texts("flags", len(ReturnFlag))),
            approvals=tuple(read_approval(row) for row in said.parts("approvals")),
            currency=said.currency,
            customer_id=said.reference("customer_id"),
            is_gift=said.flag("is_gift"),
            ways=_way(said),
            shop=said.reference("shop"),
        )
    )


def _ledger(content: object, currency: str) -> Ledger:
    ledger = read_ledger(content)
    if ledger.purchase.currency != currency:
        raise UnreadableReturn(f"in {ledger.purchase.currency}")
    return ledger


def _way(said: ReturnFields) -> Way | None:
    if said.maybe("ways") is None:
        return None
    way = ReturnFields(said.maybe("ways"))
    return way.choice("means", Means), way.key("reference")
