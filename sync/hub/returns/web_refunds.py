"""Asks the payment provider for refunds of web payments, until each is known to be paid or not.

No transaction is open while the provider is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from sync.hub.background import Rest
from sync.hub.database import HubDatabase
from sync.hub.returns import refund_book
from sync.hub.returns.refund_book import AskedBack
from sync.payments.port import Answer, Outcome, PaymentProvider, ProviderUnreachable

AT_A_TIME = 50

log = logging.getLogger("sync.hub")


def work_off(
    database: HubDatabase, provider: PaymentProvider, now_ms: Callable[[], int], rest: Rest
) -> None:
    """Ask for every refund that is due."""
    with database.reading() as connection:
        due = refund_book.due(connection, now_ms(), AT_A_TIME)
    for return_id, refund_id in due:
        with database.transaction() as connection:
            asked = refund_book.ask(connection, return_id, refund_id, now_ms())
        if asked is not None:
            _carry_out(database, provider, asked, now_ms)
        rest(0)


def _carry_out(
    database: HubDatabase,
    provider: PaymentProvider,
    asked: AskedBack,
    now_ms: Callable[[], int],
) -> None:
    try:
        outcome = _answer(provider, asked)
    except ProviderUnreachable as error:
        log.warning("refund not answered", extra={"refund": asked.refund_id})
        with database.transaction() as connection:
            refund_book.lost(connection, asked, str(error), now_ms())
        return
    with database.transaction() as connection:
        refund_book.note(connection, asked, outcome, now_ms())


def _answer(provider: PaymentProvider, asked: AskedBack) -> Outcome:
    if asked.refusal:
        return Outcome(Answer.DECLINED, asked.refusal)
    return provider.refund(asked.asked_as, asked.payment_id, asked.amount)
