"""How often what goes together hits what was bought, on real invoices.

`python -m tests.bench.suggesting [FILE]`, and with the measure `suggestions` where the real
material is at hand. The invoices are not shipped; `HISTORY` says where they are looked for.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pos.domain.suggestion import (
    Neighbour,
    Trial,
    counted,
    guessed,
    neighbours,
    pairs,
)

HISTORY = Path(__file__).parents[3] / "shared" / "data" / "online_retail_2010-12_2011-05.csv.gz"
GOODS = re.compile(r"\d{5}")  # not postage, bank charges, manual adjustments
LEARNED_FROM = 0.8
SMALL = 10  # products of a basket as a shop has them; most of these invoices are of resellers

Basket = tuple[str, frozenset[str]]


def baskets(file: Path) -> list[Basket]:
    """Return number and goods of each invoice that sold something, the earliest first."""
    goods: dict[str, set[str]] = defaultdict(set)
    begun: dict[str, str] = {}
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            number, is_sold = row["InvoiceNo"], int(row["Quantity"]) > 0
            if is_sold and float(row["UnitPrice"]) > 0 and GOODS.match(row["StockCode"]):
                goods[number].add(row["StockCode"])
                begun[number] = row["InvoiceDate"]
    order = sorted(goods, key=lambda number: (begun[number], number))
    return [(number, frozenset(goods[number])) for number in order]


class Tried(NamedTuple):
    """Which baskets were guessed at, how many were learned from, and how it went."""

    what: str
    learned_from: int
    trial: Trial


class Learned:
    """What goes together in some baskets, counted at once instead of one by one."""

    def __init__(self, learned_from: Sequence[Basket]) -> None:
        together: dict[str, Counter[str]] = defaultdict(Counter)
        sold: Counter[str] = Counter()
        bought: Counter[str] = Counter()
        for number, goods in learned_from:
            bought.update(sorted(goods))
            skus = counted(goods, number)
            sold.update(skus)
            for one, other in pairs(skus):
                together[one][other] += 1
        share = {sku: times / len(learned_from) for sku, times in sold.items()}
        self.most_bought = [sku for sku, _ in bought.most_common()]
        self.known: Mapping[str, Sequence[Neighbour]] = {
            sku: neighbours(others, sold[sku], share) for sku, others in together.items()
        }

    def tried_on(self, held_out: Iterable[Basket]) -> Trial:
        """Guess at each basket."""
        return sum(self._trials(held_out), Trial())

    def _trials(self, held_out: Iterable[Basket]) -> Iterator[Trial]:
        for number, goods in held_out:
            yield guessed(sorted(goods), number, self.known, self.most_bought)


def tried(file: Path) -> list[Tried]:
    """Learn from the earlier invoices and guess at the latest fifth: all, and the small ones."""
    found = baskets(file)
    cut = int(len(found) * LEARNED_FROM)
    learned, held_out = Learned(found[:cut]), found[cut:]
    small = [basket for basket in held_out if len(basket[1]) <= SMALL]
    return [
        Tried("an invoice", cut, learned.tried_on(held_out)),
        Tried(f"one of up to {SMALL} products", cut, learned.tried_on(small)),
    ]


def main() -> None:
    """Print the hit rates."""
    for what, learned_from, trial in tried(Path(sys.argv[1]) if len(sys.argv) > 1 else HISTORY):
        print(
            f"{what}: {learned_from} learned from, {trial.baskets} held out, five guesses at one"
        )
        for way, hits in (("what goes together", trial.ours), ("most popular", trial.popular)):
            print(f"  {way}: {hits} hit, {hits / trial.baskets:.1%}")
        print(f"  only by the first {trial.only_ours}, only by the second {trial.only_popular}")


if __name__ == "__main__":
    main()
