"""What promotions cost: a ticket of 50 lines while 500 promotions are active."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from pos.domain.money import Money
from pos.domain.promotion import (
    AmountOff,
    Bundle,
    BundlePart,
    Channel,
    Goods,
    MultiBuy,
    NthUnit,
    Offer,
    OffTotal,
    PercentOff,
    PricedLine,
    Promotion,
    Shopper,
    UnitPrice,
)
from pos.domain.promotion_pricing import PromotionBook
from tests.bench.catalogue import SEED, figures, timed
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times

PRODUCTS, DEPARTMENTS, BRANDS = 5_000, 60, 300
PROMOTIONS, OVERLAPPING, LINES, GOAL_MS = 500, 60, 50, 20
SHOPPER = Shopper(Channel.SHOP, "FUEN", 1_500)


def measure(context: Context) -> list[Row]:
    """Price tickets with usual promotions, and with many on the same few goods."""
    count = context.of(1_000, 20)
    usual = _Shop(PRODUCTS, DEPARTMENTS)
    crowded = _Shop(60, 6)
    return [
        _row(
            f"promotions of a {LINES}-line ticket, {PROMOTIONS} active",
            PromotionBook(usual.promotions(PROMOTIONS)),
            [usual.ticket() for _ in range(count)],
        ),
        _row(
            f"the same, {OVERLAPPING} of all kinds on the same 60 products",
            PromotionBook(crowded.promotions(OVERLAPPING) + usual.elsewhere(440)),
            [crowded.ticket() for _ in range(count)],
        ),
    ]


def _row(name: str, book: PromotionBook, tickets: list[list[PricedLine]]) -> Row:
    found = figures([timed(partial(book.price, lines, SHOPPER, "EUR")) for lines in tickets])
    raw = figures([timed(partial(_one_pass, _matching(book, lines))) for lines in tickets])
    on = sum(len(rules) for lines in tickets[:10] for _, rules in _matching(book, lines)) // 10
    return Row(
        name,
        f"p99 ≤ {GOAL_MS} ms",
        spread(found),
        spread(raw),
        times(found["p50"], raw["p50"]),
        found["p99"] <= GOAL_MS,
        (f"{on} pairs of line and promotion. Limit: one pass over these pairs, no search.",),
    )


_Matching = list[tuple[int, list[Promotion]]]


def _matching(book: PromotionBook, lines: list[PricedLine]) -> _Matching:
    return [
        (line.amount.minor, [one for one in book.promotions if _is_on(one, line)])
        for line in lines
    ]


def _is_on(promotion: Promotion, line: PricedLine) -> bool:
    if isinstance(promotion.offer, Bundle):
        return any(part.goods.include(line) for part in promotion.offer.parts)
    return promotion.goods.include(line)


def _one_pass(matching: _Matching) -> int:
    """Return a sum that looks at every rule of every line once."""
    return sum(
        minor * 1_000 // 10_000
        for minor, rules in matching
        for rule in rules
        if rule.valid_from_ms <= SHOPPER.opened_at_ms < rule.valid_until_ms
    )


class _Shop:
    """Products, promotions and tickets, the same in every run."""

    def __init__(self, products: int, departments: int) -> None:
        self._dice = random.Random(SEED)
        self._products = products
        self._departments = departments
        self._prices = [self._dice.randint(50, 4_000) for _ in range(products)]

    def ticket(self) -> list[PricedLine]:
        return [self._line(number) for number in range(1, LINES + 1)]

    def promotions(self, count: int) -> list[Promotion]:
        """Return promotions of all kinds in turn; few are on totals."""
        return [self._promotion(f"p{number:03}", number) for number in range(count)]

    def elsewhere(self, count: int) -> list[Promotion]:
        """Return promotions on products that are not in the other shops."""
        goods = Goods(skus=frozenset({"elsewhere"}))
        return [
            Promotion(f"e{number:03}", "E", MultiBuy(3, 2), 1_000, 2_000, goods)
            for number in range(count)
        ]

    def _line(self, number: int) -> PricedLine:
        place = self._dice.randrange(self._products)
        units = self._dice.choice([1, 1, 1, 2, 3, 6])
        amount = Money(self._prices[place] * units, "EUR")
        department, brand = f"d{place % self._departments}", f"b{place % BRANDS}"
        return PricedLine(number, f"s{place}", department, brand, units, True, amount)

    def _promotion(self, promotion_id: str, number: int) -> Promotion:
        kinds: list[Callable[[], Offer]] = [
            lambda: PercentOff(self._dice.choice([500, 1_000, 2_000, 3_000])),
            lambda: AmountOff(self._dice.randint(10, 200)),
            lambda: UnitPrice(self._dice.randint(99, 500)),
            lambda: MultiBuy(*self._dice.choice([(3, 2), (2, 1), (4, 3), (6, 4)])),
            lambda: NthUnit(self._dice.choice([2, 3]), self._dice.choice([5_000, 7_000])),
            self._bundle,
            lambda: OffTotal(self._dice.choice([20_00, 50_00, 100_00]), basis_points=500),
        ]
        made = kinds[number % len(kinds) if number < OVERLAPPING else number % 6]()
        return Promotion(promotion_id, promotion_id, made, 1_000, 2_000, self._goods())

    def _bundle(self) -> Bundle:
        parts = BundlePart(self._some(3), 1), BundlePart(self._some(10), self._dice.randint(1, 2))
        return Bundle(parts, self._dice.randint(300, 1_500))

    def _goods(self) -> Goods:
        chance = self._dice.random()
        if chance < 0.3:
            return Goods(departments=frozenset({f"d{self._dice.randrange(self._departments)}"}))
        if chance < 0.4:
            return Goods(brands=frozenset({f"b{self._dice.randrange(BRANDS)}"}))
        return self._some(self._dice.randint(1, 60))

    def _some(self, count: int) -> Goods:
        return Goods(
            skus=frozenset(f"s{self._dice.randrange(self._products)}" for _ in range(count))
        )
