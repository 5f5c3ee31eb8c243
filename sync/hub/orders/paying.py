"""Asks the payment provider for what orders need, and follows each step until it is known.

No transaction is open while the provider is asked. Whatever is lost on the way, nobody is
charged or paid back twice: every request carries the same id each time, and after a lost answer
the provider is asked first how the payment stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from sync.hub.background import Background, Rest
from sync.hub.database import HubDatabase
from sync.hub.orders import payment_book, refund_book
from sync.hub.orders.payment_book import Asked, State, Step, Told
from sync.hub.returns import web_refunds
from sync.payments.port import Answer, Found, PaymentProvider, ProviderUnreachable, Standing

EVERY_S = 1.0
AT_A_TIME = 50
MOST_STEPS = 3  # authorise, capture, and one more for what happened meanwhile

log = logging.getLogger("sync.hub")


class Payments:
    """Works off what is to be asked of one provider.

    Args:
        database: The hub's.
        provider: None: nothing is asked; what is to be paid waits.
        now_ms: UTC as Unix milliseconds.
    """

    def __init__(
        self, database: HubDatabase, provider: PaymentProvider | None, now_ms: Callable[[], int]
    ) -> None:
        self._database = database
        self._provider = provider
        self._now_ms = now_ms

    @property
    def is_possible(self) -> bool:
        """False when orders cannot be paid in advance."""
        return self._provider is not None

    def settle(self, order_id: str) -> None:
        """Take the steps of an order's payment that are due, now; the rest follows later."""
        for _ in range(MOST_STEPS):
            if self._provider is None or not self._take_step(self._provider, order_id):
                return

    def work(self, rest: Rest) -> None:
        """Take every step that is due, of payments and of refunds, also those of returns."""
        if self._provider is None:
            return
        now_ms = self._now_ms()
        with self._database.transaction() as connection:
            payment_book.plan_later_steps(connection, now_ms, AT_A_TIME)
        with self._database.reading() as connection:
            payments = payment_book.due(connection, now_ms, AT_A_TIME)
            refunds = refund_book.due(connection, now_ms, AT_A_TIME)
        for order_id in payments:
            self.settle(order_id)
            rest(0)
        for refund_id in refunds:
            self._refund(self._provider, refund_id)
            rest(0)
        web_refunds.work_off(self._database, self._provider, self._now_ms, rest)

    def _take_step(self, provider: PaymentProvider, order_id: str) -> bool:
        with self._database.transaction() as connection:
            asked = payment_book.ask(connection, order_id, self._now_ms())
        if asked is None:
            return False
        told = _carried_out(provider, asked)
        with self._database.transaction() as connection:
            payment_book.note(connection, asked, told, self._now_ms())
        return told.state is not None

    def _refund(self, provider: PaymentProvider, refund_id: str) -> None:
        with self._database.transaction() as connection:
            asked = refund_book.ask(connection, refund_id, self._now_ms())
        if asked is None:
            return
        try:
            outcome = provider.refund(asked.refund_id, asked.payment_id, asked.amount)
        except ProviderUnreachable as error:
            log.warning("refund not answered", extra={"refund": refund_id, "reason": str(error)})
            return
        with self._database.transaction() as connection:
            refund_book.note(connection, asked, outcome, self._now_ms())


def paying(payments: Payments) -> Background:
    """Return the thread that asks the provider again and again until everything is known."""
    return Background("payments", payments.work, every_s=EVERY_S)


def _carried_out(provider: PaymentProvider, asked: Asked) -> Told:
    """Ask the provider; what it may have done already is looked up first."""
    try:
        found = None if asked.is_first else provider.look_up(asked.payment_id)
        if found is not None and (known := _as_found(asked, found)) is not None:
            return known
        return _STEPS[asked.step](provider, asked)
    except ProviderUnreachable as error:
        log.warning("payment not answered", extra={"payment": asked.payment_id})
        return Told(None, error=str(error))


def _as_found(asked: Asked, found: Found) -> Told | None:
    """Return what is known without asking for anything, None when the step is still to be done."""
    if found.standing is Standing.AUTHORISED:
        return Told(State.AUTHORISED) if asked.step is Step.AUTHORISE else None
    return Told(State(found.standing.value), found.captured, found.reason)


def _authorise(provider: PaymentProvider, asked: Asked) -> Told:
    if not asked.is_wanted:
        return Told(State.VOIDED)  # the provider never heard of it, and need not
    outcome = provider.authorise(asked.payment_id, asked.amount, asked.currency)
    if outcome.answer is Answer.PENDING:
        return Told(None, error="pending")
    is_approved = outcome.answer is Answer.APPROVED
    return Told(State.AUTHORISED if is_approved else State.DECLINED, error=outcome.reason)


def _capture(provider: PaymentProvider, asked: Asked) -> Told:
    outcome = provider.capture(asked.payment_id, asked.amount)
    if outcome.answer is Answer.PENDING:
        return Told(None, error="pending")
    if outcome.answer is Answer.APPROVED:
        return Told(State.CAPTURED, asked.amount)
    found = provider.look_up(asked.payment_id)
    if found is not None and found.standing is Standing.CAPTURED:  # a request that came late
        return Told(State.CAPTURED, found.captured)
    log.error("capture refused", extra={"payment": asked.payment_id, "reason": outcome.reason})
    return Told(State.DECLINED, error=outcome.reason)


def _void(provider: PaymentProvider, asked: Asked) -> Told:
    outcome = provider.void(asked.payment_id)
    is_done = outcome.answer is Answer.APPROVED
    return Told(State.VOIDED) if is_done else Told(None, error=outcome.reason)


_STEPS = {Step.AUTHORISE: _authorise, Step.CAPTURE: _capture, Step.VOID: _void}
