"""Cards at a hub of a test, and tills that sell with them."""

from __future__ import annotations

import hashlib
import itertools
from typing import Any

from sqlalchemy import func, select

from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import (
    CODE_LENGTH,
    StoredValueKind,
    ValueLoad,
    card_id,
    last_four,
    value_body,
    value_reference,
)
from sync.connectors.builtin import BuiltinConnector
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.hub.publishing.feeds import desk_page
from sync.hub.tables_value import value_account, value_entry
from sync.hub.value import holds
from sync.hub.value.checking import value_status
from sync.hub.value.making import make_gift_cards
from sync.wire.v1.desk import DeskItem
from sync.wire.v1.push import PushRequest
from sync.wire.v1.value import ReleaseValueRequest, ReserveAnswer, ReserveRequest
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal, push_of

GIFT, CREDIT = StoredValueKind.GIFT_CARD, StoredValueKind.STORE_CREDIT
_ids = itertools.count(1)


def code_of(number: int, kind: StoredValueKind = CREDIT) -> str:
    """Return a code of a card, the same for the same number."""
    return stored_value_code(kind, f"{number:0{CODE_LENGTH}d}")


class CardTill:
    """A till whose facts about cards the test writes; `push` brings what is new to the hub."""

    def __init__(self, database: HubDatabase, till: str = "FUEN-1") -> None:
        enrolled(database, till)
        self.database, self.till = database, till
        self.shop = till.rpartition("-")[0]
        self.journal = TillJournal(till)
        self.now_ms = T0
        self._sent = 0

    def load(
        self, kind: FactKind, code: str, amount: int, **changed: Any
    ) -> list[tuple[str, str]]:
        """Put money onto a card and push; return outcome and code of each fact."""
        of = GIFT if code.startswith("MG") else CREDIT
        money = Money(amount, changed.pop("currency", "EUR"))
        load = ValueLoad(card_id(code), last_four(code), of, money, "D1-000007", "ana", **changed)
        self.journal.append(kind, value_body(load))
        return self.push()

    def issue(self, code: str, amount: int, **changed: Any) -> list[tuple[str, str]]:
        return self.load(FactKind.VALUE_ISSUED, code, amount, **changed)

    def reserve(
        self, code: str, amount: int, *, op_id: str = "", up_to: bool = False, **changed: Any
    ) -> ReserveAnswer:
        """Ask the hub to set an amount aside."""
        asked: dict[str, Any] = {"currency": "EUR", "basket_id": "b-1", **changed}
        op_id = op_id or f"{self.till}-hold-{next(_ids)}"
        request = ReserveRequest(op_id=op_id, code=code, amount=amount, up_to=up_to, **asked)
        with self.database.transaction() as connection:
            return holds.reserve(
                connection, till=self.till, shop=self.shop, request=request, now_ms=self.now_ms
            )

    def release(self, op_id: str) -> bool:
        with self.database.transaction() as connection:
            request = ReleaseValueRequest(op_id=op_id)
            return holds.release(connection, till=self.till, request=request).was_held

    def sell(self, *tenders: tuple[str, str, int], **body: Any) -> list[tuple[str, str]]:
        """Sell for what some cards pay, each (code, reservation, amount), and push."""
        self.note_sale(*tenders, **body)
        return self.push()

    def note_sale(self, *tenders: tuple[str, str, int], **body: Any) -> None:
        """Sell and keep the fact for later."""
        paid = [
            {"kind": "gift_card" if code.startswith("MG") else "store_credit", "amount": amount,
             "tendered": amount, "reference": value_reference(code, hold).text,
             "authorisation": "", "verified": bool(hold)}
            for code, hold, amount in tenders
        ]  # fmt: skip
        total = sum(amount for _, _, amount in tenders)
        self.journal.sell([("8410000000016", total)], **{"tenders": paid, **body})

    @property
    def unsent(self) -> int:
        """Return how many facts the hub has not heard."""
        return len(self.journal.facts) - self._sent

    def push(self, *, again: bool = False) -> list[tuple[str, str]]:
        """Bring the hub what it has not heard, or everything; return outcome and code of each."""
        fresh = self.journal.facts if again else self.journal.facts[self._sent :]
        request = PushRequest.model_validate(push_of(fresh))
        answer = receive(self.database, BuiltinConnector(), self.till, request, now_ms=self.now_ms)
        self._sent = len(self.journal.facts)
        return [(result.outcome.value, result.code) for result in answer.results]


def made(database: HubDatabase, *, face: int = 0, count: int = 1) -> tuple[str, ...]:
    """Have the office make gift cards of the shop FUEN; return their codes."""

    def chance(size: int) -> bytes:
        return hashlib.sha256(str(next(_ids)).encode()).digest()[:size]

    with database.transaction() as connection:
        return make_gift_cards(
            connection, "FUEN", "EUR", count=count, face=face, now_ms=T0, random_bytes=chance
        )


def on(database: HubDatabase, code: str) -> tuple[str, int]:
    """Return state and balance of a card."""
    with database.reading() as connection:
        answer = holds.balance(connection, code, T0)
    assert answer.state is not None
    return answer.state.value, answer.balance


def accounts(database: HubDatabase) -> dict[str, int]:
    """Return the sum of the entries of each contra account, by its purpose."""
    with database.reading() as connection:
        rows = connection.execute(
            select(value_entry.c.account_id, func.sum(value_entry.c.amount))
            .where(value_entry.c.account_id.like("%:%"))
            .group_by(value_entry.c.account_id)
        )
        return {account.split(":")[0]: int(total) for account, total in rows if total}


def troubles(database: HubDatabase) -> tuple[str, ...]:
    """Return what the ledger says of itself is wrong."""
    with database.reading() as connection:
        return value_status(connection).troubles


def items(database: HubDatabase) -> list[DeskItem]:
    """Return what lies on the shop's desk, open or not."""
    with database.reading() as connection:
        return list(desk_page(connection, "FUEN", 0, 500, T0).items)


def least_balance(database: HubDatabase) -> int:
    with database.reading() as connection:
        return int(connection.scalar(select(func.min(value_account.c.balance))) or 0)
