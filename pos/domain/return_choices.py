"""What the customer brings back of a purchase, as chosen on the screen, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.money import Money
from pos.domain.return_ledger import Ledger, LineStanding
from pos.domain.return_policy import ReturnPolicy
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import ReturnLine, kept_within


@dataclass(frozen=True, slots=True)
class Choice:
    """So many thousandths of one line, alike in reason and condition.

    A line that comes back partly worn is two choices. `disposition` None: as the policy says.
    `kept` is what is not refunded for wear, in minor units.
    """

    line: int
    quantity: int
    reason: Reason
    condition: Condition
    disposition: Disposition | None = None
    serials: tuple[str, ...] = ()
    kept: int = 0
    note: str = ""


def chosen_lines(
    ledger: Ledger,
    choices: Iterable[Choice],
    policy: ReturnPolicy,
    *,
    first: int = 1,
    beside: Money | None = None,
) -> tuple[ReturnLine, ...]:
    """Return the lines of the document that these choices become, numbered from `first`.

    Each is worth what was paid for it; together no more goes back than was paid and is not back.

    Args:
        beside: What else of the purchase goes back with them (the delivery).

    Raises:
        KeyError: No such line, or goods that are not ours.
        MoreThanReturnable: More than can still come back, all choices of a line together.
        QuantityNotPossible: Nothing, or half a piece.
        ValueError: More is kept than was paid.
    """
    lines = lines_at_value(ledger, choices, policy, first=first)
    left = ledger.refundable if beside is None else ledger.refundable - beside
    return kept_within(lines, max(left, Money(0, left.currency)))


def lines_at_value(
    ledger: Ledger, choices: Iterable[Choice], policy: ReturnPolicy, *, first: int = 1
) -> tuple[ReturnLine, ...]:
    """Return the lines that choices become, each worth its part of the line whatever was paid.

    Raises:
        KeyError, MoreThanReturnable, QuantityNotPossible, ValueError: As `chosen_lines`.
    """
    standings: dict[int, LineStanding] = {}
    lines: list[ReturnLine] = []
    for number, choice in enumerate(choices, first):
        standing = standings.get(choice.line) or ledger.line(choice.line)
        lines.append(_line(number, ledger.purchase.reference, standing, choice, policy))
        standings[choice.line] = standing.after(choice.quantity, choice.serials)
    return tuple(lines)


def quantities_of(choices: Iterable[Choice]) -> tuple[tuple[int, int], ...]:
    """Return (line, thousandths) of choices, as `Ledger.takes_everything` asks."""
    return tuple((choice.line, choice.quantity) for choice in choices)


def _line(
    number: int, purchase: str, standing: LineStanding, choice: Choice, policy: ReturnPolicy
) -> ReturnLine:
    bought = standing.line
    usual = policy.disposition(bought.department, choice.condition)
    value = standing.value_of(choice.quantity)
    return ReturnLine(
        number=number,
        purchase=purchase,
        purchase_line=bought.number,
        sku=bought.sku,
        gtin=bought.gtin,
        name=bought.name,
        quantity=choice.quantity,
        unit=bought.unit,
        value=value,
        deduction=Money(choice.kept, value.currency),
        tax_rate=bought.tax_rate,
        reason=choice.reason,
        condition=choice.condition,
        disposition=choice.disposition or usual,
        serials=choice.serials,
        note=choice.note,
    )
