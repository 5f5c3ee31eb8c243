"""What the simulated provider keeps: payments and refunds in a file that survives a kill."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Integer, MetaData, Row, Table, Text, func, select

from pos.store.engine import make_engine, transaction
from sync.payments.port import Answer, Found, Outcome, Standing

metadata = MetaData()
T = TypeVar("T")

payment = Table(
    "payment",
    metadata,
    Column("payment_id", Text, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("captured", Integer, nullable=False),
)
refund = Table(
    "refund",
    metadata,
    Column("refund_id", Text, primary_key=True),
    Column("payment_id", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("answer", Text, nullable=False),
)
mood = Table(
    "mood",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)


class NoSuchPayment(Exception):
    """The provider never heard of that payment."""


class Ledger:
    """The book of the simulated provider; every answer is on disk before it is given.

    Args:
        path: The file; created when missing.
    """

    def __init__(self, path: Path) -> None:
        self._engine = make_engine(path, key=None)
        with transaction(self._engine) as connection:
            metadata.create_all(connection)

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def authorise(self, payment_id: str, amount: int, currency: str) -> Outcome:
        """Reserve an amount; the same id again is the same payment."""
        with transaction(self._engine) as connection:
            known = _payment(connection, payment_id)
            if known is None:
                standing = _unless(connection, "decline", Standing.AUTHORISED, Standing.DECLINED)
                row = (payment_id, standing.value, amount, currency, 0)
                connection.execute(
                    payment.insert().values(dict(zip(payment.c.keys(), row, strict=True)))
                )
                return _of_payment(standing)
            if (known.amount, known.currency) != (amount, currency):
                return Outcome(Answer.DECLINED, "id_taken")
            return _of_payment(Standing(known.standing))

    def capture(self, payment_id: str, amount: int) -> Outcome:
        """Take what is authorised, once; raises NoSuchPayment."""
        with transaction(self._engine) as connection:
            known = _known(connection, payment_id)
            if known.standing == Standing.CAPTURED.value:
                is_same = known.captured == amount
                return (
                    Outcome(Answer.APPROVED) if is_same else Outcome(Answer.DECLINED, "captured")
                )
            if known.standing != Standing.AUTHORISED.value or amount > known.amount:
                return Outcome(Answer.DECLINED, "not_authorised")
            _put(connection, payment_id, standing=Standing.CAPTURED.value, captured=amount)
            return Outcome(Answer.APPROVED)

    def void(self, payment_id: str) -> Outcome:
        """Let an authorisation go; raises NoSuchPayment."""
        with transaction(self._engine) as connection:
            known = _known(connection, payment_id)
            if known.standing == Standing.CAPTURED.value:
                return Outcome(Answer.DECLINED, "captured")
            if known.standing == Standing.AUTHORISED.value:
                _put(connection, payment_id, standing=Standing.VOIDED.value)
            return Outcome(Answer.APPROVED)

    def refund(self, refund_id: str, payment_id: str, amount: int) -> Outcome:
        """Give back part of what was captured, once for each id; raises NoSuchPayment."""
        with transaction(self._engine) as connection:
            known = _known(connection, payment_id)
            asked = connection.execute(
                select(refund).where(refund.c.refund_id == refund_id)
            ).first()
            if asked is not None:
                is_same = (asked.payment_id, asked.amount) == (payment_id, amount)
                return Outcome(Answer(asked.answer)) if is_same else _refused("id_taken")
            if amount > known.captured - _refunded(connection, payment_id):
                return _refused("more_than_captured")
            answer = _unless(connection, "refuse_refund", Answer.APPROVED, Answer.DECLINED)
            if answer is Answer.APPROVED and _mood(connection, "refunds_pending"):
                answer = Answer.PENDING
            connection.execute(
                refund.insert().values(
                    refund_id=refund_id, payment_id=payment_id, amount=amount, answer=answer.value
                )
            )
            return Outcome(answer, "" if answer is not Answer.DECLINED else "refused")

    def look_up(self, payment_id: str) -> Found:
        """Return how a payment stands; raises NoSuchPayment."""
        with transaction(self._engine) as connection:
            known = _known(connection, payment_id)
            refunded = _refunded(connection, payment_id)
        return Found(Standing(known.standing), known.captured, refunded)

    def totals(self) -> dict[str, int]:
        """Return how many payments and refunds there are, and the money taken and given back."""
        with transaction(self._engine) as connection:
            payments, captured = connection.execute(
                select(func.count(), func.coalesce(func.sum(payment.c.captured), 0))
            ).one()
            refunds, refunded = connection.execute(
                select(func.count(), func.coalesce(func.sum(refund.c.amount), 0)).where(
                    refund.c.answer != Answer.DECLINED.value
                )
            ).one()
        return {
            "payments": payments, "captured": captured, "refunds": refunds, "refunded": refunded,
        }  # fmt: skip

    # -- how it is told to misbehave

    def behave(self, name: str, value: int) -> None:
        """Set how often, or whether, something goes wrong from now on."""
        with transaction(self._engine) as connection:
            _set_mood(connection, name, value)

    def confirm_refunds(self) -> None:
        """Confirm every refund that is pending."""
        with transaction(self._engine) as connection:
            connection.execute(
                refund.update()
                .where(refund.c.answer == Answer.PENDING.value)
                .values(answer=Answer.APPROVED.value)
            )

    def takes(self, name: str) -> bool:
        """True when `name` is to go wrong now; counts one down."""
        with transaction(self._engine) as connection:
            return _takes(connection, name)

    def level(self, name: str) -> int:
        """Return what was set with `behave`, 0 by default."""
        with transaction(self._engine) as connection:
            return _mood(connection, name)


def _payment(connection: Connection, payment_id: str) -> Row[Any] | None:
    return connection.execute(select(payment).where(payment.c.payment_id == payment_id)).first()


def _known(connection: Connection, payment_id: str) -> Row[Any]:
    row = _payment(connection, payment_id)
    if row is None:
        raise NoSuchPayment(payment_id)
    return row


def _put(connection: Connection, payment_id: str, **values: object) -> None:
    connection.execute(payment.update().where(payment.c.payment_id == payment_id).values(**values))


def _refunded(connection: Connection, payment_id: str) -> int:
    return int(
        connection.scalar(
            select(func.coalesce(func.sum(refund.c.amount), 0)).where(
                refund.c.payment_id == payment_id, refund.c.answer != Answer.DECLINED.value
            )
        )
        or 0
    )


def _of_payment(standing: Standing) -> Outcome:
    if standing in {Standing.AUTHORISED, Standing.CAPTURED}:
        return Outcome(Answer.APPROVED)
    return _refused(standing.value)


def _refused(reason: str) -> Outcome:
    return Outcome(Answer.DECLINED, reason)


def _unless(connection: Connection, name: str, usual: T, otherwise: T) -> T:
    return otherwise if _takes(connection, name) else usual


def _takes(connection: Connection, name: str) -> bool:
    left = _mood(connection, name)
    if left > 0:
        _set_mood(connection, name, left - 1)
    return left > 0


def _mood(connection: Connection, name: str) -> int:
    return connection.scalar(select(mood.c.value).where(mood.c.name == name)) or 0


def _set_mood(connection: Connection, name: str, value: int) -> None:
    connection.execute(mood.delete().where(mood.c.name == name))
    connection.execute(mood.insert().values(name=name, value=value))
