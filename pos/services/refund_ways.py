"""The ways money can go back from this till: those of the purchase, as the till can go them."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.money import Money
from pos.domain.refund_options import (
    RefundCase,
    RefundOption,
    WhyNot,
    no_receipt_options,
    refund_options,
)
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase import Means
from pos.services.return_rules import ReturnRules

# What only the hub can put money on.
_ASKED_OF_OTHERS = frozenset({Means.GIFT_CARD, Means.STORE_CREDIT})


def refund_ways(
    ledger: Ledger | None, case: RefundCase, rules: ReturnRules
) -> tuple[RefundOption, ...]:
    """Return every way a refund could go from here, the usual one first.

    Args:
        ledger: The purchase it is of; None without a receipt.
    """
    if ledger is None:
        ways = no_receipt_options(case.amount)
        return tuple(one if one.why_not else as_it_can_be(one, case, rules) for one in ways)
    options = refund_options(ledger, case, rules.policy)
    return tuple(as_it_can_be(option, case, rules) for option in options)


def as_it_can_be(option: RefundOption, case: RefundCase, rules: ReturnRules) -> RefundOption:
    """Return a way as this till can go it: what it cannot do is named, never left out."""
    why_not = option.why_not
    is_new = not option.reference
    if option.means is Means.CARD and not rules.refunds_cards:
        why_not = WhyNot.NOT_HERE
    elif option.means in _ASKED_OF_OTHERS and is_new and not rules.gives_new(option.means):
        why_not = why_not or WhyNot.NOT_HERE
    elif case.is_isolated and option.means in _ASKED_OF_OTHERS and not is_new:
        why_not = why_not or WhyNot.OFFLINE
    if why_not is option.why_not:
        return option
    return replace(option, why_not=why_not, most=Money(0, option.most.currency))
