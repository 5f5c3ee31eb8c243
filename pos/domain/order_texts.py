"""The texts of an order that came from outside, fit for a screen, a label and a printer."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.collection import Collector, Order, OrderLine
from pos.domain.free_text import one_line


def clean_order(order: Order) -> Order:
    """Return an order whose texts are on one line, without what cannot be seen.

    Names of any script and with emoji stay; control characters and direction marks go.
    """
    return replace(
        order,
        number=one_line(order.number),
        short_code=one_line(order.short_code),
        lines=tuple(_line(line) for line in order.lines),
        parcels=tuple(replace(each, shelf=one_line(each.shelf)) for each in order.parcels),
        customer_name=one_line(order.customer_name),
        phone=one_line(order.phone),
        email=one_line(order.email),
        collectors=tuple(
            Collector(one_line(each.name), one_line(each.relation)) for each in order.collectors
        ),
    )


def _line(line: OrderLine) -> OrderLine:
    substitute = line.substitute
    return replace(
        line,
        name=one_line(line.name),
        tax_name=one_line(line.tax_name),
        location=one_line(line.location),
        substitute=substitute and replace(substitute, name=one_line(substitute.name)),
    )
