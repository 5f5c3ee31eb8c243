"""The shift takes back in every way there is, and the oracle sees what is wrong about it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pos.store.data_folder import DataFolder
from tests.faults.oracle import Ear, exactly_told, till_violations
from tests.faults.shift import Counter
from tests.faults.shop_floor import fresh_till, open_at
from tests.faults.taking_back import COMES_BACK

Lie = Callable[[Ear], None]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, Ear]:
    """Return a till that worked a whole shift, and what was told of it."""
    folder, ear = fresh_till(tmp_path_factory.mktemp("day") / "till"), Ear()
    till, sign_on = open_at(folder)
    try:
        counter = Counter(
            till, sign_on, lambda what, **said: ear.lines.append({"told": what, **said})
        )
        counter.work()
    finally:
        till.close()
    return folder, ear


def test_a_shift_takes_back_in_cash_to_the_card_and_as_credit(
    day: tuple[DataFolder, Ear],
) -> None:
    folder, ear = day

    assert till_violations(folder, ear) == []
    assert exactly_told(folder, ear) == []
    assert [line["number"] for line in ear.of("return")] == [
        f"D1-{place:06d}" for place in range(1, len(COMES_BACK) + 1)
    ]
    assert len(ear.of("refunded")) == 1


def _money_nobody_recorded(ear: Ear) -> None:
    """The terminal was asked before the return was on the disk."""
    ear.lines.append({"told": "paid_back", "refund_id": "another", "amount": 1_04})


def _money_that_never_moved(ear: Ear) -> None:
    """A refund is called paid, and nobody asked the terminal."""
    ear.lines = [line for line in ear.lines if line["told"] != "paid_back"]


def _a_return_of_another_amount(ear: Ear) -> None:
    ear.lines = [
        {**line, "total": 9_99} if line["told"] == "return" else line for line in ear.lines
    ]


@pytest.mark.parametrize(
    ("lie", "found"),
    [
        (_money_nobody_recorded, "I8: the bank paid 104 back"),
        (_money_that_never_moved, "I8: a refund of 104 is confirmed"),
        (_a_return_of_another_amount, "I1: told return D1-000001 of 999"),
    ],
)
def test_money_that_went_back_and_returns_that_were_told_are_on_the_disk(
    day: tuple[DataFolder, Ear], lie: Lie, found: str
) -> None:
    folder, told = day
    ear = Ear(list(told.lines))
    lie(ear)

    assert any(each.startswith(found) for each in till_violations(folder, ear))


def test_a_return_nobody_was_told_of_is_named(day: tuple[DataFolder, Ear]) -> None:
    folder, told = day
    ear = Ear([line for line in told.lines if line["told"] != "return"])

    assert len(exactly_told(folder, ear)) == len(COMES_BACK)
