"""What holds of promotions whatever is bought and whatever is on offer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pos.domain import promotion_search
from pos.domain.money import Money, divide_half_up
from pos.domain.promotion import (
    AmountOff,
    Bundle,
    BundlePart,
    GivenPromotion,
    Goods,
    MultiBuy,
    NthUnit,
    Offer,
    OffTotal,
    PercentOff,
    PricedLine,
    Promotion,
    UnitPrice,
)
from pos.domain.promotion_pricing import PromotionBook
from tests.domain.promotion_kit import SHOPPER, line, of, promotion, weighed

SKUS = "abc"
PRICES = {"a": 333, "b": 250, "c": 99}
basis_points = st.sampled_from([1, 333, 1_000, 2_500, 5_000, 7_777, 10_000])
goods = st.one_of(
    st.just(Goods()), st.builds(lambda skus: of(*skus), st.sets(st.sampled_from(SKUS), min_size=1))
)
unit_offers: st.SearchStrategy[Offer] = st.one_of(
    st.builds(PercentOff, basis_points),
    st.builds(AmountOff, st.integers(1, 300)),
    st.builds(UnitPrice, st.integers(0, 300)),
)
multi_buys = st.builds(
    lambda take, free: MultiBuy(take, max(1, take - free)), st.integers(2, 4), st.integers(1, 3)
)
bundles = st.builds(
    lambda parts, minor: Bundle(tuple(parts), minor),
    st.lists(st.builds(BundlePart, goods, st.integers(1, 2)), min_size=1, max_size=2).filter(
        lambda parts: sum(part.count for part in parts) > 1
    ),
    st.integers(0, 700),
)
group_offers: st.SearchStrategy[Offer] = st.one_of(
    multi_buys, st.builds(NthUnit, st.integers(2, 3), basis_points), bundles
)
minimums = st.integers(0, 1_500)
total_offers: st.SearchStrategy[Offer] = st.one_of(
    st.builds(lambda least, off: OffTotal(least, basis_points=off), minimums, basis_points),
    st.builds(lambda least, off: OffTotal(least, minor=off), minimums, st.integers(1, 900)),
)
item_offers = st.one_of(unit_offers, group_offers)


def books(offers: st.SearchStrategy[Offer], most: int) -> st.SearchStrategy[list[Promotion]]:
    """Return up to `most` promotions; those on a total may stand alone."""
    one = st.tuples(offers, goods, st.booleans())
    return st.lists(one, max_size=most).map(
        lambda found: [
            promotion(
                offer,
                f"p{number}",
                on,
                stands_alone=alone and isinstance(offer, OffTotal),
            )
            for number, (offer, on, alone) in enumerate(found)
        ]
    )


counted = st.tuples(st.sampled_from(SKUS), st.integers(1, 4))
tickets = st.lists(
    st.one_of(counted, st.integers(1, 2_000).map(lambda minor: ("w", minor))), max_size=6
).map(
    lambda rows: [
        weighed(number, sku, count) if sku == "w" else line(number, sku, PRICES[sku], count)
        for number, (sku, count) in enumerate(rows, start=1)
    ]
)
any_book = books(st.one_of(item_offers, total_offers), 6)
item_books = books(item_offers, 5)


def price(book: Sequence[Promotion], lines: Sequence[PricedLine]) -> tuple[GivenPromotion, ...]:
    return PromotionBook(book).price(lines, SHOPPER, "EUR")


def saved(found: Sequence[GivenPromotion]) -> int:
    return sum(share.amount.minor for one in found for share in one.shares)


def off_lines(found: Sequence[GivenPromotion]) -> dict[int, int]:
    off: dict[int, int] = {}
    for one in found:
        for share in one.shares:
            off[share.line] = off.get(share.line, 0) + share.amount.minor
    return off


def saving(book: Sequence[Promotion], lines: Sequence[PricedLine]) -> int:
    return saved(price(book, lines))


@given(book=any_book, lines=tickets)
def test_no_line_falls_below_zero_nor_rises_above_its_list_price(
    book: list[Promotion], lines: list[PricedLine]
) -> None:
    found = price(book, lines)

    amounts = {one.number: one.amount.minor for one in lines}
    assert all(0 <= off <= amounts[number] for number, off in off_lines(found).items())
    assert all(share.amount > Money(0, "EUR") for one in found for share in one.shares)


@given(book=any_book, lines=tickets)
def test_a_promotion_is_named_once_and_never_for_nothing(
    book: list[Promotion], lines: list[PricedLine]
) -> None:
    found = price(book, lines)

    on_total = {one.promotion_id for one in book if isinstance(one.offer, OffTotal)}
    assert all(one.is_on_total == (one.promotion_id in on_total) for one in found)
    ids = [one.promotion_id for one in found]
    assert len(ids) == len(set(ids))
    assert all(one.shares for one in found)
    assert all(len({share.line for share in one.shares}) == len(one.shares) for one in found)


@given(book=any_book, lines=tickets, dice=st.randoms(use_true_random=False))
def test_the_order_of_scanning_does_not_matter(
    book: list[Promotion], lines: list[PricedLine], dice: object
) -> None:
    shuffled = [replace(one, number=number) for number, one in enumerate(_mixed(lines, dice), 1)]

    assert _by_promotion(price(book, shuffled)) == _by_promotion(price(book, lines))


@given(book=any_book, lines=tickets)
def test_one_line_of_three_comes_to_the_same_as_three_lines_of_one(
    book: list[Promotion], lines: list[PricedLine]
) -> None:
    apart = [one for whole in lines for one in _one_by_one(whole)]
    numbered = [replace(one, number=number) for number, one in enumerate(apart, start=1)]

    assert _by_promotion(price(book, numbered)) == _by_promotion(price(book, lines))


@given(book=any_book, lines=tickets, data=st.data())
def test_removing_a_line_never_raises_another_above_its_list_price(
    book: list[Promotion], lines: list[PricedLine], data: st.DataObject
) -> None:
    assume(lines)
    removed = data.draw(st.sampled_from(lines))
    others = [one for one in lines if one is not removed]

    off = off_lines(price(book, others))

    assert removed.number not in off
    assert all(0 <= off.get(one.number, 0) <= one.amount.minor for one in others)


@given(book=item_books, lines=tickets, more=item_offers, on=goods)
def test_another_item_promotion_never_makes_the_customer_pay_more_when_all_is_searched(
    book: list[Promotion], lines: list[PricedLine], more: Offer, on: Goods
) -> None:
    with _unbounded():
        assert saving([*book, promotion(more, "new", on)], lines) >= saving(book, lines)


@given(book=item_books, lines=tickets)
def test_a_search_that_stops_at_its_bound_finds_no_less_than_any_per_unit_offers(
    book: list[Promotion], lines: list[PricedLine]
) -> None:
    group_kinds = MultiBuy | NthUnit | Bundle
    alone = [one for one in book if not isinstance(one.offer, group_kinds)]

    with _bounded_to(1):
        bounded = price(book, lines)

    amounts = {one.number: one.amount.minor for one in lines}
    assert saved(bounded) >= saving(alone, lines)
    assert all(0 <= off <= amounts[number] for number, off in off_lines(bounded).items())


@given(items=item_books, totals=books(total_offers, 3), lines=tickets)
def test_offers_on_totals_and_item_promotions_together_are_never_worse_than_either(
    items: list[Promotion], totals: list[Promotion], lines: list[PricedLine]
) -> None:
    totals = [replace(one, promotion_id=f"t{one.promotion_id}") for one in totals]

    together = saving([*items, *totals], lines)

    assert together >= max(saving(items, lines), saving(totals, lines))


@given(totals=books(total_offers, 2), lines=tickets, more=total_offers, on=goods)
def test_another_offer_on_a_total_never_makes_the_customer_pay_more(
    totals: list[Promotion], lines: list[PricedLine], more: Offer, on: Goods
) -> None:
    assert saving([*totals, promotion(more, "new", on)], lines) >= saving(totals, lines)


@settings(max_examples=150)
@given(
    book=st.tuples(books(group_offers, 2), books(unit_offers, 2)),
    counts=st.tuples(*[st.integers(0, 3)] * 3),
)
def test_the_search_finds_what_trying_everything_finds(
    book: tuple[list[Promotion], list[Promotion]], counts: tuple[int, int, int]
) -> None:
    groups, units = book
    units = [replace(one, promotion_id=f"u{one.promotion_id}") for one in units]
    lines = [
        line(number, sku, PRICES[sku], count)
        for number, (sku, count) in enumerate(zip(SKUS, counts, strict=True), start=1)
        if count
    ]

    with _unbounded():
        assert saving([*groups, *units], lines) == _by_trying_everything(groups, units, counts)


@contextmanager
def _bounded_to(steps: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(promotion_search, "MOST_STEPS", steps)
        patch.setattr(promotion_search, "MOST_STEPS_OF_ONE", steps)
        yield


def _unbounded() -> AbstractContextManager[None]:
    return _bounded_to(10**9)


def _mixed(lines: list[PricedLine], dice: object) -> list[PricedLine]:
    mixed = list(lines)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    return mixed


def _one_by_one(whole: PricedLine) -> list[PricedLine]:
    each = Money(whole.amount.minor // whole.units, "EUR")
    return [replace(whole, units=1, amount=each)] * whole.units


def _by_promotion(found: Sequence[GivenPromotion]) -> dict[str, int]:
    return {one.promotion_id: saved([one]) for one in found}


def _by_trying_everything(
    groups: list[Promotion], units: list[Promotion], counts: Sequence[int]
) -> int:
    """Return the most that can be saved: every unit in every place, and what is left alone."""
    slots = [(one, goods) for one in groups for goods in _parts(one)]
    ways = [
        list(_ways(count, [sku in on.skus or on.is_everything for _, on in slots]))
        for sku, count in zip(SKUS, counts, strict=True)
    ]
    best = 0
    for way in product(*ways):
        savings = [_saving_of(one, groups, way) for one in groups]
        if None not in savings:
            left = [count - sum(used) for count, used in zip(counts, way, strict=True)]
            alone = sum(_alone(units, sku, n) for sku, n in zip(SKUS, left, strict=True))
            best = max(best, alone + sum(off or 0 for off in savings))
    return best


def _parts(one: Promotion) -> list[Goods]:
    if isinstance(one.offer, Bundle):
        return [part.goods for part in one.offer.parts]
    return [one.goods]


def _ways(count: int, may: Sequence[bool]) -> Iterator[tuple[int, ...]]:
    choices = [range(count + 1) if allowed else range(1) for allowed in may]
    return (way for way in product(*choices) if sum(way) <= count)


def _saving_of(
    one: Promotion, groups: list[Promotion], way: Sequence[Sequence[int]]
) -> int | None:
    """Return what a group offer saves for the units it has, None when they are no groups."""
    first = sum(len(_parts(before)) for before in groups[: groups.index(one)])
    taken = [[used[first + part] for used in way] for part in range(len(_parts(one)))]
    if isinstance(one.offer, Bundle):
        return _bundle_saving(one.offer, taken)
    size = one.offer.take if isinstance(one.offer, MultiBuy) else one.offer.nth  # type: ignore[union-attr]
    row = [sku for sku, count in zip(SKUS, taken[0], strict=True) for _ in range(count)]
    if len(row) % size:
        return None
    if isinstance(one.offer, MultiBuy):
        free = size - one.offer.pay
        return sum(
            PRICES[sku] for at in range(0, len(row), size) for sku in row[at : at + size][-free:]
        )
    assert isinstance(one.offer, NthUnit)
    reduced = row[size - 1 :: size]
    return sum(
        divide_half_up(reduced.count(sku) * PRICES[sku] * one.offer.basis_points, 10_000)
        for sku in SKUS
    )


def _bundle_saving(offer: Bundle, taken: list[list[int]]) -> int | None:
    numbers = [sum(counts) for counts in taken]
    bundles = numbers[0] // offer.parts[0].count
    if any(n != bundles * part.count for n, part in zip(numbers, offer.parts, strict=True)):
        return None
    worth = sum(PRICES[sku] * n for row in taken for sku, n in zip(SKUS, row, strict=True))
    return worth - bundles * offer.minor


def _alone(units: list[Promotion], sku: str, count: int) -> int:
    """Return the best of the per-unit offers for all units that are left of a product."""
    best = 0
    for one in units:
        if not (one.goods.is_everything or sku in one.goods.skus):
            continue
        if isinstance(one.offer, PercentOff):
            off = divide_half_up(PRICES[sku] * count * one.offer.basis_points, 10_000)
        elif isinstance(one.offer, AmountOff):
            off = count * min(PRICES[sku], one.offer.minor)
        else:
            assert isinstance(one.offer, UnitPrice)
            off = count * max(0, PRICES[sku] - one.offer.minor)
        best = max(best, off)
    return best
