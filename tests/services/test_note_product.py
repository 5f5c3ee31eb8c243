"""A note about a product is a fact, and nothing of the ticket changes."""

from __future__ import annotations

from pos.domain.basket import EntryMethod
from pos.domain.product_note import NoteKind, product_note
from pos.domain.quantity import Quantity
from pos.services import sell
from pos.services.note_product import note_product
from pos.services.workstation import SignOn
from tests.services.conftest import COFFEE, LUCIA, Shop


def test_a_note_is_journalled_with_who_took_it_and_waits_for_the_hub(
    shop: Shop, at_work: SignOn
) -> None:
    ticket = sell.add_product(at_work, None, COFFEE, Quantity.each(1), EntryMethod.KEYED)

    note_product(at_work, product_note(NoteKind.COMPLAINT, sku=COFFEE.sku, name=COFFEE.name))

    fact = shop.facts()[-1]
    assert fact.kind.value == "product.noted"
    assert {name: fact.body[name] for name in ("kind", "sku", "name", "text", "staff_id")} == {
        "kind": "complaint",
        "sku": COFFEE.sku,
        "name": COFFEE.name,
        "text": "",
        "staff_id": LUCIA.staff_id,
    }
    with shop.station.store.reading() as records:
        assert records.tickets.current() == ticket
