"""What comes back on a scripted day: a piece of something lately sold, to what paid for it."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace

from pos.domain.money import total
from pos.domain.quantity import THOUSAND, Unit
from pos.domain.refund import RefundEvent, RefundState
from pos.domain.reissue import Reissue, owed_of
from pos.domain.return_choices import Choice, chosen_lines
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_policy import ReturnPolicy
from pos.domain.return_purchase import Means, purchase_of_sale
from pos.domain.return_words import Condition, Reason
from pos.domain.returns import Refund, Return, ReturnFlag, ReturnLine
from pos.domain.tender import TenderKind
from pos.services import pay_again
from pos.services.find_purchase import Known
from pos.services.ports import Records, Store
from pos.services.record_return import ReturnDraft, record_return, resolve_refund
from pos.services.return_rules import ReturnRules
from pos.services.workstation import SignOn


def take_something_back(
    sign_on: SignOn, chance: random.Random, *, but: Collection[str] = ()
) -> Return | None:
    """Take back part of a line of one of the latest sales, if anything can come back.

    Args:
        but: Sales of which nothing comes back.
    """
    with sign_on.station.store.transaction() as records:
        ledgers = [each for each in _returnable(records) if each.purchase.reference not in but]
        if not ledgers:
            return None
        ledger = chance.choice(ledgers)
        return record_return(sign_on, records, _draft(sign_on, ledger, _lines(ledger, chance)))


def hear_of_refunds(sign_on: SignOn, chance: random.Random) -> None:
    """Learn what became of the money that waits to go back to cards."""
    with sign_on.station.store.transaction() as records:
        for return_id, refund in records.returns.open_refunds():
            event = chance.choice(list(RefundEvent))
            resolve_refund(sign_on, records, return_id, refund.refund_id, event, "R7", "vale")


def pay_what_is_owed(sign_on: SignOn, chance: random.Random) -> tuple[Reissue, ...]:
    """Pay one refund that failed, in cash or to its card again; nothing where none is owed."""
    station = replace(sign_on.station, returns=ReturnRules(refunds_cards=True))
    with station.store.reading() as records:
        ledgers = [
            ledger_of(purchase_of_sale(sale), records.returns.of_purchase(sale.sale_id))
            for sale in records.sales.recent(10)
            if not any(one.kind is TenderKind.EXCHANGE for one in sale.tenders)
        ]
    owed = [(ledger, one) for ledger in ledgers for one in owed_of(ledger)]
    if not owed:
        return ()
    ledger, one = owed[0]
    state = pay_again.begin(station, Known(ledger), one, number="", is_isolated=False)
    way = chance.choice([(Means.CASH, ""), one.failed.tender])
    wished = replace(state, way=way)
    figures = pay_again.figures_of(station, wished)
    if figures.lacking is not None:
        return ()
    return pay_again.pay_again(replace(sign_on, station=station), wished, figures)


def waits_for_a_card(store: Store) -> bool:
    """True when nobody knows yet what became of a refund to a card."""
    with store.reading() as records:
        return records.returns.open_refunds() != ()


def _returnable(records: Records) -> list[Ledger]:
    """Return late purchases that one tender paid and of which something is left."""
    found = [
        ledger_of(purchase_of_sale(sale), records.returns.of_purchase(sale.sale_id))
        for sale in records.sales.recent(5)
        if len(sale.tenders) == 1
    ]
    return [ledger for ledger in found if any(row.returnable for row in ledger.lines)]


def _lines(ledger: Ledger, chance: random.Random) -> tuple[ReturnLine, ...]:
    row = chance.choice([row for row in ledger.lines if row.returnable])
    quantity = THOUSAND if row.line.unit is Unit.EACH else row.returnable
    choice = Choice(
        row.line.number, quantity, chance.choice(list(Reason)), Condition.OPENED,
        kept=row.value_of(quantity).minor // chance.choice((1, 5, 1_000_000)),
    )  # fmt: skip
    return chosen_lines(ledger, [choice], ReturnPolicy())


def _draft(sign_on: SignOn, ledger: Ledger, lines: tuple[ReturnLine, ...]) -> ReturnDraft:
    (paid,) = ledger.purchase.paid
    amount = total((line.refund for line in lines), ledger.purchase.currency)
    state = RefundState.REQUESTED if paid.means is Means.CARD else RefundState.CONFIRMED
    ids, clock = sign_on.station.ids, sign_on.station.clock
    refund = Refund(
        ids.new(), ledger.purchase.reference, paid.means, amount, paid.reference, state=state
    ) if amount else None  # fmt: skip
    return ReturnDraft(
        return_id=ids.new(),
        ledgers=(ledger,),
        lines=lines,
        extras=(),
        refunds=(refund,) if refund else (),
        flags=frozenset({ReturnFlag.GUARANTEE}),
        approvals=(),
        began_at_ms=clock.now_ms(),
        currency=ledger.purchase.currency,
    )
