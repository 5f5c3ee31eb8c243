"""Whatever is done with cards, in whatever order and however often: the books agree."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from pos.domain.errors import StoreUnavailable
from pos.domain.journal import FactKind
from pos.domain.stored_value import card_id
from sync.hub.database import HubDatabase
from sync.hub.value import accounts as cards
from sync.hub.value.expiring import expire_due
from sync.hub.value.loading import transfer
from sync.wire.v1.value import HOLD_LASTS_MS
from tests.sync.hub.journal_kit import hub_with_till
from tests.sync.hub.value.value_kit import (
    CardTill,
    accounts,
    code_of,
    items,
    least_balance,
    on,
    troubles,
)

DAY_MS = 86_400_000
LOADS = (FactKind.VALUE_ISSUED, FactKind.VALUE_ACTIVATED, FactKind.VALUE_TOPPED_UP)
STEPS = ("load", "give back", "reserve", "release", "sell", "sell offline", "sell late", "push",
         "push again", "wait", "expire", "block", "move")  # fmt: skip
_steps = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.integers(0, 2), st.integers(1, 60_00)),
    max_size=30,
)
Result = TypeVar("Result")


class _Story:
    """What was done with three cards at two tills, and what the books must say of it."""

    def __init__(self, database: HubDatabase, tills: tuple[CardTill, CardTill], base: int) -> None:
        self.database, self.tills = database, tills
        self.codes = [code_of(base + number) for number in range(3)]
        self.holds: list[tuple[str, str, int]] = []
        self.loaded = self.sold = 0
        self.now_ms = tills[0].now_ms

    def do(self, step: str, who: int, card: int, amount: int) -> None:
        till, code = self.tills[who], self.codes[card]
        till.now_ms = self.now_ms
        match step:
            case "load":
                self.loaded += amount
                expires = self.now_ms + DAY_MS if amount % 2 else 0
                till.load(LOADS[amount % 3], code, amount, expires_at_ms=expires)
            case "give back":
                self.sold -= amount
                till.load(FactKind.VALUE_REVERSED, code, amount)
            case "reserve":
                held = till.reserve(code, amount, up_to=bool(amount % 2))
                if held.refusal is None:
                    self.holds.append((code, held.op_id, held.amount))
            case "release" if self.holds:
                till.release(self.holds[card % len(self.holds)][1])
            case "sell" | "sell late" if self.holds:
                tender = self.holds[card % len(self.holds)]
                self._sell(till, tender, is_late=step == "sell late")
            case "sell offline":
                self._sell(till, (code, "", amount), is_late=bool(amount % 2))
            case _:
                self._rest(step, till, card)

    def _sell(self, till: CardTill, tender: tuple[str, str, int], *, is_late: bool) -> None:
        self.sold += tender[2]
        till.note_sale(tender)
        if not is_late:
            till.push()

    def _rest(self, step: str, till: CardTill, card: int) -> None:
        match step:
            case "push" | "push again" if till.journal.facts and (step != "push" or till.unsent):
                till.push(again=step == "push again")
            case "wait":
                self.now_ms += HOLD_LASTS_MS
            case "expire":
                self.now_ms += DAY_MS
                expire_due(self.database, self.now_ms)
            case "block":
                with self.database.transaction() as connection:
                    if cards.find(connection, card_id(self.codes[card])) is not None:
                        cards.block(connection, card_id(self.codes[card]))
            case "move":
                self._move(self.codes[card], self.codes[(card + 1) % 3])

    def _move(self, source: str, target: str) -> None:
        ids = (card_id(source), card_id(target))
        with self.database.transaction() as connection:
            if cards.known(connection, ids) == set(ids):
                op_id = f"move-{self.now_ms}-{source}-{self.sold}-{self.loaded}"
                transfer(connection, op_id, *ids, shop="FUEN", now_ms=self.now_ms)


def test_no_card_is_worth_less_than_nothing_and_every_cent_is_somewhere(tmp_path: Path) -> None:
    with hub_with_till(tmp_path) as database:
        tills = (CardTill(database, "FUEN-1"), CardTill(database, "FUEN-2"))
        bases = iter(range(0, 1_000_000, 10))
        totals = {"loaded": 0, "sold": 0}

        @settings(max_examples=40)
        @given(_steps)
        def law(steps: list[tuple[str, int, int, int]]) -> None:
            story = _Story(database, tills, next(bases))
            for step in steps:
                story.do(*step)
            for till in tills:
                if till.unsent:
                    till.push()
            totals["loaded"] += story.loaded
            totals["sold"] += story.sold
            books = accounts(database)
            assert troubles(database) == ()
            assert least_balance(database) >= 0
            # Each load and each sale is there once, whatever was sent twice or came late.
            assert -books.get("issued", 0) == totals["loaded"]
            assert books.get("redeemed", 0) == totals["sold"]
            assert books.get("receivable", 0) <= 0

        law()


def _patiently(ask: Callable[[], Result]) -> Result:
    """Ask as an agent does: what the hub is too busy for is sent again."""
    while True:
        try:
            return ask()
        except (StoreUnavailable, OperationalError):
            continue


def test_two_tills_at_once_set_aside_no_more_than_there_is(database: HubDatabase) -> None:
    tills = (CardTill(database, "FUEN-1"), CardTill(database, "FUEN-2"))
    card = code_of(1)
    tills[0].issue(card, 20_00)
    together = threading.Barrier(2)

    def ask(till: CardTill) -> int:
        together.wait(30)
        answers = [_patiently(lambda: till.reserve(card, 1_00)) for _ in range(15)]
        return sum(answer.amount for answer in answers)

    with ThreadPoolExecutor(2) as pool:
        granted = [each.result() for each in [pool.submit(ask, till) for till in tills]]

    assert sum(granted) == 20_00


def test_sales_of_two_tills_at_once_take_each_cent_once(database: HubDatabase) -> None:
    tills = (CardTill(database, "FUEN-1"), CardTill(database, "FUEN-2"))
    codes = [code_of(number) for number in range(4)]
    for code in codes:
        tills[0].issue(code, 10_00)
    for till, order in zip(tills, (codes, codes[::-1]), strict=True):
        for code in order:  # the other way round, each would wait for what the other holds
            till.note_sale((code, "", 7_00))
    together = threading.Barrier(2)

    def push(till: CardTill) -> list[tuple[str, str]]:
        together.wait(30)
        return _patiently(till.push)

    with ThreadPoolExecutor(2) as pool:
        said = [each.result() for each in [pool.submit(push, till) for till in tills]]

    outcomes = sorted(how for told in said for how, _ in told)
    assert outcomes == ["applied"] * 4 + ["applied_with_exception"] * 4
    assert {on(database, code) for code in codes} == {("active", 0)}
    assert accounts(database) == {"issued": -40_00, "redeemed": 56_00, "receivable": -16_00}
    assert [item.money for item in items(database)] == [4_00] * 4
    assert troubles(database) == ()
