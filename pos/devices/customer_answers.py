"""Customers as the hub tells of them, believed when they can be read."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from pos.domain.customer import Customer
from pos.domain.customer_content import UnreadableCustomer, read_customer
from pos.domain.customer_glance import (
    Glance,
    GlancedArticle,
    GlancedCredit,
    GlancedPurchase,
    PurchaseKind,
    WaitingOrder,
)
from pos.domain.free_text import one_line
from pos.domain.money import Money
from pos.services.hub_calls import FoundCustomers, SeenCustomer
from sync.http import HubUnreachable
from sync.wire.v1.customers import (
    CustomerCredit,
    CustomerGlance,
    CustomerPurchase,
)
from sync.wire.v1.customers import FoundCustomers as SaidCustomers
from sync.wire.v1.customers import WaitingOrder as SaidOrder


def found(said: SaidCustomers) -> FoundCustomers:
    """Return who was found.

    Raises:
        HubUnreachable: One of them is no customer: then nothing of it is believed.
    """
    return FoundCustomers(tuple(_customer(one.content) for one in said.customers))


def seen(said: CustomerGlance) -> SeenCustomer:
    """Return a customer with what is known beside the record.

    Raises:
        HubUnreachable: It cannot be read: then nothing of it is believed.
    """
    glance = Glance(
        said.as_of_ms,
        said.points or 0,
        tuple(map(_credit, said.credit)),
        tuple(map(_purchase, said.purchases)),
        tuple(map(_waiting, said.waiting)),
    )
    duplicates = tuple(map(_customer, said.duplicates))
    return SeenCustomer(_customer(said.content), glance, duplicates)


def _customer(content: Mapping[str, JsonValue]) -> Customer:
    try:
        return read_customer(content)
    except UnreadableCustomer as error:
        raise HubUnreachable("not a customer") from error


def _credit(said: CustomerCredit) -> GlancedCredit:
    return GlancedCredit(one_line(said.last4), Money(said.balance_minor, said.currency))


def _purchase(said: CustomerPurchase) -> GlancedPurchase:
    return GlancedPurchase(
        kind=PurchaseKind(said.kind.value),
        reference=said.reference,
        number=one_line(said.number),
        shop=said.shop,
        shop_name=one_line(said.shop_name),
        channel=said.channel,
        at_ms=said.at_ms,
        total=Money(said.total_minor, said.currency),
        items=said.item_count,
        articles=tuple(
            GlancedArticle(item.sku, one_line(item.name), item.quantity) for item in said.items
        ),
        state=said.state,
    )


def _waiting(said: SaidOrder) -> WaitingOrder:
    to_pay = 0 if said.is_prepaid else said.total_minor
    return WaitingOrder(
        order_id=said.order_id,
        number=one_line(said.number),
        shop=said.shop,
        shop_name=one_line(said.shop_name),
        state=said.state,
        to_pay=Money(to_pay, said.currency),
    )
