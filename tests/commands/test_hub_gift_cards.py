"""Gift cards as the office makes, blocks and replaces them."""

from __future__ import annotations

import json

from pos.domain.journal import FactKind
from pos.domain.scan_codes import StoredValueScan, read_own_code
from pos.domain.stored_value import StoredValueKind
from sync.hub.database import open_database
from sync.hub.tables_value import value_account
from tests.commands.conftest import add_shop, call
from tests.sync.hub.value.value_kit import CardTill, code_of


def make(db_url: str, *words: object) -> list[str]:
    """Make cards; return their codes."""
    said = call("hub", "gift-cards", "make", "--db", db_url, *words)
    assert said.code == 0, said.err
    return said.out.split()


def status(db_url: str) -> dict[str, object]:
    """Return what the hub's status says of cards."""
    found: dict[str, object] = json.loads(call("hub", "status", "--db", db_url, "--json").out)
    cards = found["cards"]
    assert isinstance(cards, dict)
    return cards


def load(db_url: str, code: str, amount: int) -> None:
    """Sell a card at a till."""
    database = open_database(db_url)
    try:
        CardTill(database).load(FactKind.VALUE_ACTIVATED, code, amount)
    finally:
        database.close()


def test_cards_are_made_with_codes_that_scan_and_are_worth_nothing_yet(db_url: str) -> None:
    add_shop(db_url)

    codes = make(db_url, "--count", 3, "--amount", 2500)

    read = [read_own_code(code) for code in codes]
    assert [each.kind for each in read if isinstance(each, StoredValueScan)] == [
        StoredValueKind.GIFT_CARD
    ] * 3
    assert status(db_url) == {"cards": {"made": 3}, "owed": {"EUR": 0}, "troubles": []}


def test_a_lost_card_is_blocked_and_what_was_on_it_is_on_another(db_url: str) -> None:
    add_shop(db_url)
    lost, new = make(db_url, "--count", 2)
    load(db_url, lost, 25_00)

    blocked = call("hub", "gift-cards", "block", lost.lower(), "--db", db_url)
    moved = call("hub", "gift-cards", "move", lost, new, "--db", db_url)

    assert (blocked.code, moved.out) == (0, "2500 cents moved.\n")
    assert status(db_url)["cards"] == {"active": 1, "blocked": 1}
    assert "1 x card blocked" in call("hub", "status", "--db", db_url).out
    undone = call("hub", "gift-cards", "block", lost, "--undo", "--db", db_url)
    assert (undone.code, status(db_url)["cards"]) == (0, {"active": 2})


def test_what_cannot_be_is_said_in_a_line(db_url: str) -> None:
    add_shop(db_url)
    (card,) = make(db_url)
    strange = "MG:0000000000000000AA"

    for words, why in (
        (("make", "--shop", "GAVA"), "no shop GAVA"),
        (("block", strange), "mistyped"),
        (("move", card, card), "the same"),
        (("block", code_of(9)), "no such card"),
        (("move", card, code_of(9)), "no such card"),
    ):
        said = call("hub", "gift-cards", *words, "--db", db_url)
        assert (said.code, why in said.err) == (1, True), said.err


def test_books_that_do_not_agree_are_told_by_the_status(db_url: str) -> None:
    add_shop(db_url)
    (card,) = make(db_url)
    load(db_url, card, 25_00)
    database = open_database(db_url)
    with database.transaction() as connection:
        connection.execute(value_account.update().values(balance=1))
    database.close()

    said = call("hub", "status", "--db", db_url)

    assert f"card {card[-6:-2]}: balance 1, entries 2500" in said.out
