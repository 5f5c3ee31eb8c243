"""A ticket as facts carry it: it comes back whole, and nothing else comes in."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import (
    MAX_COUPONS,
    MAX_LINES,
    MAX_PRICE_MINOR,
    Basket,
    Discount,
    DiscountKind,
    EntryMethod,
    PriceOverride,
)
from pos.domain.journal import canonical_json
from pos.domain.promotion import Coupon, GivenPromotion, Share
from pos.domain.quantity import Quantity, Unit
from pos.domain.ticket import Ticket, TicketState
from pos.domain.ticket_content import UnreadableTicket, read_ticket, ticket_content
from tests.builders import MORNING_MS, basket, eur, new_id, product

Content = dict[str, Any]


def full_ticket() -> Ticket:
    """Return a ticket with each kind of line."""
    made = basket(4, basket_id="b-1")
    weighed = product("20001", 24_90, unit=Unit.KILOGRAM)
    made = made.with_product(weighed, Quantity(412, Unit.KILOGRAM), EntryMethod.KEYED)
    made = made.with_product(
        product("2000017", 3_00), Quantity.each(1), EntryMethod.SCANNED, extended_price=eur(2_71)
    )
    made = made.with_discount(1, Discount(DiscountKind.PERCENT, 1000, "exposición", "marta"))
    made = made.with_price_override(2, PriceOverride(eur(50), "tara", "oscar"))
    made = made.with_line_voided(3).with_note(4, "Para regalo")
    made = made.with_coupon(Coupon("VERANO", "p2", 7)).with_coupon(Coupon("REGALO-1", "p3"))
    made = made.with_promotions(
        (
            GivenPromotion("p1", "3x2", (Share(4, eur(30)), Share(6, eur(20)))),
            GivenPromotion("p2", "Verano", (Share(4, eur(10)),), "VERANO", is_on_total=True),
        )
    )
    made = made.with_ticket_discount(Discount(DiscountKind.AMOUNT, 50, "fiel"))
    return Ticket(made, TicketState.PARKED, label="La del perro")


def over_the_wire(ticket: Ticket) -> Content:
    """Return the content as the hub hands it on."""
    loaded: Content = json.loads(canonical_json(ticket_content(ticket)))
    return loaded


def test_a_ticket_comes_back_whole() -> None:
    ticket = full_ticket()

    assert read_ticket(over_the_wire(ticket)) == ticket


@given(
    lines=st.lists(
        st.tuples(
            st.integers(0, MAX_PRICE_MINOR // 100),
            st.integers(1, 100),
            st.one_of(st.none(), st.integers(1, 10_000)),
            st.booleans(),
        ),
        max_size=12,
    ),
    off=st.one_of(st.none(), st.integers(1, 10_000)),
)
def test_every_ticket_that_can_be_made_comes_back_with_the_same_total(
    lines: list[tuple[int, int, int | None, bool]], off: int | None
) -> None:
    made = Basket(new_id(), "EUR", MORNING_MS, "ana")
    for price, count, discount, is_void in lines:
        made = made.with_product(product(price=price), Quantity.each(count), EntryMethod.SCANNED)
        number = len(made.lines)
        if discount is not None and price:
            made = made.with_discount(number, Discount(DiscountKind.PERCENT, discount, ""))
        if is_void:
            made = made.with_line_voided(number)
    if off is not None and made.subtotal.minor:
        made = made.with_ticket_discount(Discount(DiscountKind.PERCENT, off, ""))
    ticket = Ticket(made, TicketState.PARKED)

    read = read_ticket(over_the_wire(ticket))

    assert read == ticket
    assert read.basket.totals == made.totals


def given_off(line: int, minor: int) -> Content:
    """Return a promotion that takes so many cents off a line."""
    shares = [{"line": line, "amount": minor}]
    return {"promotion_id": "p1", "name": "x", "coupon": "", "on_total": False, "lines": shares}


HOSTILE: tuple[tuple[str, Any], ...] = (
    ("total", 1),
    ("total", True),
    ("currency", "euro"),
    ("opened_at_ms", -1),
    ("opened_at_ms", 2**63),
    ("opened_by", "ana; DROP TABLE"),
    ("basket_id", "../../till.db"),
    ("lines", {}),
    ("lines", [None]),
    ("tenders", [{"kind": "gold"}]),
    ("discount", {"kind": "percent", "value": 10_001, "reason": "", "approved_by": None}),
    ("discount", {"kind": "amount", "value": -5, "reason": "", "approved_by": None}),
    ("discount", []),
    ("promotions", {}),
    ("promotions", [{**given_off(4, 10), "lines": []}]),
    ("promotions", [given_off(1, 10)]),  # the line has a discount given by hand
    ("promotions", [given_off(4, 1_000_00)]),
    ("promotions", [given_off(4, 0)]),
    ("promotions", [given_off(99, 10)]),
    ("promotions", [{**given_off(4, 10), "on_total": 1}]),
    ("promotions", [{**given_off(4, 10), "coupon": "OTRO"}]),
    ("coupons", [{"code": "verano", "promotion_id": "p2", "fence": 0}]),
    ("coupons", [{"code": "VERANO", "promotion_id": "p2", "fence": -1}]),
    ("coupons", [{"code": "VERANO", "promotion_id": "p2", "fence": 7}] * 2),
    (
        "coupons",
        [
            {"code": f"C{number:03d}", "promotion_id": "p", "fence": 0}
            for number in range(MAX_COUPONS + 1)
        ],
    ),
)
HOSTILE_IN_A_LINE: tuple[tuple[str, Any], ...] = (
    ("price", -1),
    ("price", MAX_PRICE_MINOR + 1),
    ("price", 1.5),
    ("price", "100"),
    ("quantity", 0),
    ("quantity", -1000),
    ("quantity", 1500),
    ("quantity", 10**15),
    ("unit", "ton"),
    ("entry", "telepathy"),
    ("extended", -1),
    ("gtin", 10**14),
    ("tax_basis_points", 10_001),
    ("override", {"price": -1, "reason": "", "approved_by": None}),
    ("override", {"price": 1, "reason": "", "approved_by": "x" * 65}),
    ("void", 0),
    ("sku", "\u202e"),
    ("name", None),
)


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_a_ticket_that_cannot_be_is_not_read(name: str, value: Any) -> None:
    with pytest.raises(UnreadableTicket):
        read_ticket({**over_the_wire(full_ticket()), name: value})


@pytest.mark.parametrize(("name", "value"), HOSTILE_IN_A_LINE)
def test_a_line_that_cannot_be_is_not_read(name: str, value: Any) -> None:
    content = over_the_wire(full_ticket())
    content["lines"][0][name] = value

    with pytest.raises(UnreadableTicket):
        read_ticket(content)


def test_a_ticket_from_before_there_were_promotions_is_read() -> None:
    made = basket(2)
    content = over_the_wire(Ticket(made, TicketState.PARKED))
    del content["promotions"], content["coupons"]

    assert read_ticket(content).basket == made


@pytest.mark.parametrize(
    "name", sorted(set(ticket_content(full_ticket())) - {"promotions", "coupons"})
)
def test_a_ticket_of_which_something_is_missing_is_not_read(name: str) -> None:
    content = over_the_wire(full_ticket())
    del content[name]

    with pytest.raises(UnreadableTicket):
        read_ticket(content)


@pytest.mark.parametrize("content", [None, 7, "ticket", [], [1]])
def test_what_is_no_object_is_no_ticket(content: object) -> None:
    with pytest.raises(UnreadableTicket):
        read_ticket(content)


def test_more_lines_than_a_ticket_holds_are_not_read() -> None:
    content = over_the_wire(full_ticket())
    content["lines"] = [copy.deepcopy(content["lines"][0]) for _ in range(MAX_LINES + 1)]

    with pytest.raises(UnreadableTicket):
        read_ticket(content)


def test_texts_are_cleaned_of_what_could_command_a_printer_or_leave_a_folder() -> None:
    content = over_the_wire(full_ticket())
    content["lines"][0]["name"] = "Vela\x1b@\u202e" + "x" * 9_000
    content["lines"][0]["picture"] = "../../../etc/passwd"
    content["label"] = "A\nB" + "c" * 500

    ticket = read_ticket(content)

    product_read = ticket.basket.lines[0].product
    assert product_read.name.startswith("Vela @xx")
    assert len(product_read.name) == 400
    assert product_read.picture == ""
    assert ticket.label == "A B" + "c" * 37


def test_whose_a_ticket_is_goes_with_it_and_a_ticket_of_nobody_says_nothing_of_it() -> None:
    ticket = full_ticket()
    theirs = replace(ticket, basket=replace(ticket.basket, customer_id="carmen"))

    assert read_ticket(over_the_wire(theirs)) == theirs
    assert "customer_id" not in ticket_content(ticket)
    with pytest.raises(UnreadableTicket):
        read_ticket({**over_the_wire(ticket), "customer_id": "no id"})
