"""Promotions as data: what is offered, on which goods, to whom, when and where.

The central system publishes them; `promotion_pricing` finds what they come to for a ticket or a
cart. Amounts are minor units with tax, percentages basis points, times UTC Unix milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from pos.domain.money import Money

# The central system tells of what ended, and tills keep it: a ticket may have been begun before.
KEPT_ENDED_MS = 2 * 24 * 3_600_000


class Channel(Enum):
    """Where somebody buys (ARTS TouchPoint)."""

    SHOP = "shop"
    WEB = "web"


class CouponUse(Enum):
    """How often a code may be used: as often as there are tickets, or once in all."""

    SHARED = "shared"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Goods:
    """Which products an offer is on; nothing named means all of them.

    A product counts when it is named by any of the three and not left out by `except_skus`.
    """

    skus: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    except_skus: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        return not (self.skus or self.departments or self.brands)

    def include(self, line: PricedLine) -> bool:
        if line.sku in self.except_skus:
            return False
        return (
            self.is_everything
            or line.sku in self.skus
            or line.department in self.departments
            or line.brand in self.brands
        )


@dataclass(frozen=True, slots=True)
class PercentOff:
    """A percentage off each of the goods."""

    basis_points: int


@dataclass(frozen=True, slots=True)
class AmountOff:
    """An amount off each unit of the goods."""

    minor: int


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Another price for each unit of the goods; where the catalogue's is lower, that stays."""

    minor: int


@dataclass(frozen=True, slots=True)
class MultiBuy:
    """Take `take` units and pay for `pay`: 3x2 is take 3, pay 2. The cheapest are free."""

    take: int
    pay: int


@dataclass(frozen=True, slots=True)
class NthUnit:
    """Of every `nth` units the cheapest has a percentage off: the second unit at 50 %."""

    nth: int
    basis_points: int


@dataclass(frozen=True, slots=True)
class BundlePart:
    goods: Goods
    count: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some of each part together for one price."""

    parts: tuple[BundlePart, ...]
    minor: int


@dataclass(frozen=True, slots=True)
class OffTotal:
    """Off what the goods come to together, once they come to `minimum_minor`.

    One of `basis_points` and `minor` is above zero.
    """

    minimum_minor: int
    basis_points: int = 0
    minor: int = 0


Offer = PercentOff | AmountOff | UnitPrice | MultiBuy | NthUnit | Bundle | OffTotal


@dataclass(frozen=True, slots=True)
class Promotion:
    """One promotion (ARTS PriceDerivationRule).

    Valid from `valid_from_ms` until before `valid_until_ms`. `name` is what the line of the
    ticket says. `shops` empty: in all; `tier` empty: for everybody, ``member`` for any member,
    else for members of that tier. With a `coupon` it is given to who brings the code: `code` in
    capitals for one that anybody may use, empty for codes that the hub gave out one by one.
    An `OffTotal` that `stands_alone` counts no goods that another promotion is on.
    """

    promotion_id: str
    name: str
    offer: Offer
    valid_from_ms: int
    valid_until_ms: int
    goods: Goods = field(default_factory=Goods)
    channels: frozenset[Channel] = frozenset(Channel)
    shops: frozenset[str] = frozenset()
    tier: str = ""
    coupon: CouponUse | None = None
    code: str = ""
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of a ticket or a cart as promotions see it; `amount` is what it comes to without.

    Of counted goods every unit costs the same; what is weighed or measured counts as one unit.
    """

    number: int
    sku: str
    department: str
    brand: str
    units: int
    is_counted: bool
    amount: Money


@dataclass(frozen=True, slots=True)
class Coupon:
    """A code that a customer brought; `promotion_id` is what it was given out for.

    `fence` is the number of the hub's claim on a code that may be used once; 0 without one.
    """

    code: str
    promotion_id: str
    fence: int = 0


@dataclass(frozen=True, slots=True)
class Shopper:
    """Who buys, where and when: what decides which promotions may be given.

    `opened_at_ms` is when the ticket was begun: what was promised then holds until it is paid.
    """

    channel: Channel
    shop: str
    opened_at_ms: int
    tiers: frozenset[str] = frozenset()
    coupons: tuple[Coupon, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What a promotion takes off one line, above zero."""

    line: int
    amount: Money


@dataclass(frozen=True, slots=True)
class GivenPromotion:
    """A promotion that a ticket got, and what it takes off which lines.

    `is_on_total`: an `OffTotal`, so that a screen shows it once for the ticket.
    """

    promotion_id: str
    name: str
    shares: tuple[Share, ...]
    coupon: str = ""
    is_on_total: bool = False
