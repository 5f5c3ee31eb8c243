"""What may be suggested to whoever stands at the counter: from what this till knows, at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pos.domain.catalogue import Product
from pos.domain.suggestion import MOST_ASKED, going_with, may_suggest
from pos.domain.ticket import Ticket
from pos.services.ports import Catalogue, Records
from pos.services.workstation import Workstation

MOST_SUGGESTED = 4
_MOST_TRIED = 40  # of what goes with the basket, until enough of it can be sold here


def for_ticket(station: Workstation, ticket: Ticket) -> tuple[Product, ...]:
    """Return what goes with a ticket, the best first: sold here, and there as far as is known.

    Nothing when the shop wants none, or when the ticket is of a customer who has not agreed.

    Raises:
        StoreUnavailable: The database cannot be read.
    """
    basket = ticket.basket
    if not station.suggests or not basket.live_lines:
        return ()
    skus = [line.product.sku for line in reversed(basket.live_lines)]
    asked = tuple(dict.fromkeys(skus))[:MOST_ASKED]
    with station.store.reading() as records:
        if not _may_suggest(records, basket.customer_id):
            return ()
        known = records.suggestions.beside(asked)
    catalogue = station.catalogues.pinned(basket.catalogue_generation)
    seen = {line.product.sku for line in basket.lines}  # what was voided is not wanted
    wanted = [sku for sku in going_with(asked, known) if sku not in seen]
    return tuple(islice(_sold(station, catalogue, wanted[:_MOST_TRIED]), MOST_SUGGESTED))


def _may_suggest(records: Records, customer_id: str) -> bool:
    known = records.customers.get(customer_id) if customer_id else None
    return may_suggest(customer_id, known.customer if known is not None else None)


def _sold(station: Workstation, catalogue: Catalogue, skus: list[str]) -> Iterator[Product]:
    for sku in skus:
        product = catalogue.by_sku(sku)
        if product is None or product.has_open_price or sku in station.gift_card_skus:
            continue
        stock = catalogue.stock(sku)
        # Below nothing is what a level becomes where nobody enters what is delivered.
        if stock is None or stock.on_hand_thousandths != 0:
            yield product
