"""Sales in which some goods go together, some do not, and everybody takes a bag."""

from __future__ import annotations

import random

from pos.domain.journal import Fact
from tests.sync.facts import TillJournal

PAIRS = 12
BAG = "bag"


def pairs_bought(journal: TillJournal, baskets: int) -> list[Fact]:
    """Sell baskets of a bag, two goods that belong together, and one that is there by chance."""
    sold = []
    for number in range(baskets):
        one = number % PAIRS
        chance = number * 7 // PAIRS % PAIRS
        skus = [BAG, f"left-{one}", f"right-{one}", f"left-{chance}"]
        sold.append(journal.sell([(sku, 1_00) for sku in dict.fromkeys(skus)]))
    return sold


def nothing_together(journal: TillJournal, baskets: int) -> list[Fact]:
    """Sell baskets of four goods that all are there by chance, some oftener than others."""
    dice = random.Random(7)
    goods = [f"good-{number}" for number in range(30)]
    often = [30 - number for number in range(30)]
    drawn = (dice.choices(goods, often, k=4) for _ in range(baskets))
    return [journal.sell([(sku, 1_00) for sku in dict.fromkeys(skus)]) for skus in drawn]
