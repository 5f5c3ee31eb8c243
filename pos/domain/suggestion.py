"""What goes with what is in a basket, learned from what is bought together.

Item to item: of two products counts only in how many baskets they were together. Chosen by
trying it on a year of real invoices (tests/bench/suggesting.py): what goes with a product is
what is often beside it, less so when it is in every second basket anyway, and hardly at all
when they met a few times only (after Linden, Smith and York, "Amazon.com recommendations",
IEEE Internet Computing 7(1), 2003, whose measure is the cosine of the two).
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pos.domain.customer import ConsentKind, Customer

MOST_COUNTED = 20  # products of one basket; the pairs grow with the square
MOST_NEIGHBOURS = 10
MOST_ASKED = 40  # products of a basket that are asked what goes with them
GUESSES = 5

_FEWEST_TOGETHER = 2  # once is chance
_SHRINKAGE = 5  # being together so often is believed by half
_POPULARITY = 0.4
_UNIT = 1_000_000

TRIAL_NEEDED = 500  # baskets, before anything is shown
_CLEARLY = 1.5  # as many hits as what is bought most has
_STILL = 1.25
_DEVIATIONS = 3


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A product that goes with another; `score` is above 0, higher for what goes better."""

    sku: str
    score: int


@dataclass(frozen=True, slots=True)
class Trial:
    """How guesses at one product of a basket from the rest of it went, five for each basket.

    `ours` and `popular` are how many baskets were hit by what goes together and by what is
    bought most; `only_ours` and `only_popular` those that the other missed.
    """

    baskets: int = 0
    ours: int = 0
    popular: int = 0
    only_ours: int = 0
    only_popular: int = 0

    def __add__(self, other: Trial) -> Trial:
        return Trial(
            self.baskets + other.baskets,
            self.ours + other.ours,
            self.popular + other.popular,
            self.only_ours + other.only_ours,
            self.only_popular + other.only_popular,
        )


def counted(skus: Iterable[str], basket_id: str) -> tuple[str, ...]:
    """Return the products of a basket that are counted, each once.

    Of a large basket they are as good as drawn by lot, and the same ones whenever it is asked.
    """
    return tuple(sorted(set(skus), key=lambda sku: (_lot(sku, basket_id), sku))[:MOST_COUNTED])


def pairs(skus: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each two of the products, both ways round."""
    for one in skus:
        for other in skus:
            if one != other:
                yield one, other


def score(together: int, baskets: int, share: float) -> int:
    """Return how well a product goes with another.

    Args:
        together: Baskets that both are in.
        baskets: Baskets that the other is in.
        share: The part of all baskets that this product is in, above 0.
    """
    if together < _FEWEST_TOGETHER:
        return 0
    often = together / max(baskets, together)
    believed = together / (together + _SHRINKAGE)
    asked_for_anyway = math.pow(max(share, 1 / _UNIT), _POPULARITY)
    return math.floor(_UNIT * often * believed / asked_for_anyway)


def neighbours(
    together: Mapping[str, int], baskets: int, share: Mapping[str, float]
) -> tuple[Neighbour, ...]:
    """Return what goes with a product, the best first.

    Args:
        together: By product, in how many of the baskets it was.
        baskets: How many there were.
        share: The part of all baskets that each is in; what is not in it is left out.
    """
    scored = (
        Neighbour(sku, score(times, baskets, share[sku]))
        for sku, times in together.items()
        if sku in share
    )
    found = sorted((one for one in scored if one.score), key=lambda one: (-one.score, one.sku))
    return tuple(found[:MOST_NEIGHBOURS])


def going_with(
    basket: Collection[str], known: Mapping[str, Iterable[Neighbour]]
) -> tuple[str, ...]:
    """Return what goes with a basket and is not in it, the best first.

    Each product of the basket speaks for its neighbours; what several speak for goes up.
    """
    scores: Counter[str] = Counter()
    for sku in set(basket):
        for one in known.get(sku, ()):
            scores[one.sku] += one.score
    return tuple(sorted(scores.keys() - set(basket), key=lambda sku: (-scores[sku], sku)))


def guessed(
    skus: Sequence[str],
    basket_id: str,
    known: Mapping[str, Iterable[Neighbour]],
    most_bought: Iterable[str],
) -> Trial:
    """Hide one product of a basket, guess at it from the rest, and say who hit.

    Args:
        skus: As `counted` returns them; a basket of one product is no trial.
        known: What goes with them, learned without this basket.
        most_bought: The products in the most baskets, the first in most.
    """
    if len(skus) < 2:
        return Trial()
    hidden = skus[_lot("", basket_id) % len(skus)]
    rest = {sku for sku in skus if sku != hidden}
    ours = hidden in going_with(rest, known)[:GUESSES]
    popular = hidden in [sku for sku in most_bought if sku not in rest][:GUESSES]
    return Trial(1, ours, popular, ours and not popular, popular and not ours)


def is_worth_showing(trial: Trial, *, is_shown: bool) -> bool:
    """True when what goes together is guessed clearly better than what is bought most.

    Half as many hits more, and not by chance: the baskets that only one of them hit are
    split three standard deviations from even (McNemar's test). What is shown stays until its
    lead is down to a quarter, so that it does not come and go.
    """
    if is_shown:
        return trial.ours > 0 and trial.ours >= _STILL * trial.popular
    apart = trial.only_ours - trial.only_popular
    is_clear = apart > _DEVIATIONS * math.sqrt(trial.only_ours + trial.only_popular)
    return trial.baskets >= TRIAL_NEEDED and trial.ours >= _CLEARLY * trial.popular and is_clear


def may_suggest(customer_id: str, customer: Customer | None) -> bool:
    """True when something may be suggested for a ticket.

    For one that is nobody's: it says nothing of a person. For a customer's only after a yes
    that is known here.

    Args:
        customer_id: Whose the ticket is, empty for nobody's.
        customer: What is known of them.
    """
    if not customer_id:
        return True
    return customer is not None and customer.agrees(ConsentKind.SUGGESTIONS)


def wants_suggestions(setting: object) -> bool:
    """Return what a shop decided: its setting ``suggestions`` is ``{"shown": false}`` for none."""
    return not (isinstance(setting, Mapping) and setting.get("shown") is False)


def _lot(sku: str, basket_id: str) -> int:
    return zlib.crc32(f"{basket_id}\n{sku}".encode())
