"""The payment terminal as the screens see it: asked in a thread, answered in theirs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject

from hardware.errors import DeviceBusy, DeviceError, DeviceRefused, DeviceUnreachable
from hardware.payment_terminal.port import (
    Approved,
    Cancelled,
    Declined,
    NeverReached,
    PaymentTerminal,
    QueryAnswer,
    StillUnknown,
)
from pos.background import Background
from pos.domain.card_payment import AttemptEvent, CardAttempt
from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.refund import RefundEvent
from pos.screens.ports import CardAnswer

_log = logging.getLogger(__name__)


@runtime_checkable
class AsksCashier(Protocol):
    """A terminal without a cable: the cashier says how it went."""

    def confirm(self, reference: str, *, is_approved: bool, auth_code: str = "") -> None: ...


class TerminalDesk(QObject):
    """One payment terminal; one payment or refund at a time."""

    def __init__(
        self, terminal: PaymentTerminal, *, name: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._terminal = terminal
        self._thread = Background(self, threads=2)

    @property
    def is_standalone(self) -> bool:
        return not self._terminal.capabilities.is_integrated

    def charge(self, attempt: CardAttempt, on_answer: Callable[[CardAnswer], None]) -> None:
        """Ask the terminal to charge; the attempt is stored before."""
        self._thread.run(lambda: self._charge(attempt), on_answer)

    def ask_again(self, attempt: CardAttempt, on_answer: Callable[[CardAnswer], None]) -> None:
        """Ask what became of an attempt; asking changes nothing."""
        self._thread.run(lambda: self._query(attempt), on_answer)

    def confirm(self, attempt: CardAttempt, *, was_approved: bool, authorisation: str) -> None:
        """Pass on what the cashier read off the terminal."""
        if isinstance(self._terminal, AsksCashier):
            self._terminal.confirm(
                attempt.attempt_id, is_approved=was_approved, auth_code=authorisation
            )

    def pay_back(self, asked: CardRefund, on_answer: Callable[[RefundAnswer], None]) -> None:
        """Ask for a refund that is recorded; by one id money goes back once."""
        self._thread.run(lambda: ask_for_refund(self._terminal, asked), on_answer)

    def find_out(self, asked: CardRefund, on_answer: Callable[[RefundAnswer], None]) -> None:
        """Ask what became of a refund; one that the terminal never heard of it makes now."""
        self._thread.run(lambda: look_up_refund(self._terminal, asked), on_answer)

    def confirm_refund(
        self, asked: CardRefund, *, was_paid_back: bool, authorisation: str
    ) -> None:
        """Pass on what the cashier did at a standalone terminal."""
        if isinstance(self._terminal, AsksCashier):
            self._terminal.confirm(
                asked.refund_id, is_approved=was_paid_back, auth_code=authorisation
            )

    def abort(self) -> None:
        self._terminal.abort()

    def finish(self) -> None:
        """Break off what waits for a card or a person, so that the program can end."""
        self._terminal.abort()
        self._thread.finish()

    def _charge(self, attempt: CardAttempt) -> CardAnswer:
        amount = attempt.amount
        try:
            outcome = self._terminal.pay(attempt.attempt_id, amount.minor, amount.currency)
        except (DeviceUnreachable, DeviceBusy) as error:
            _log.warning("card attempt %s: %s", attempt.attempt_id, error)
            return CardAnswer(AttemptEvent.NEVER_REACHED, reason=str(error))
        except DeviceRefused:
            return self._query(attempt)
        except DeviceError as error:
            _log.warning("card attempt %s: %s", attempt.attempt_id, error)
            return CardAnswer(AttemptEvent.ANSWER_LOST, reason=str(error))
        return _answer(outcome)

    def _query(self, attempt: CardAttempt) -> CardAnswer:
        try:
            return _answer(self._terminal.query(attempt.attempt_id))
        except DeviceError as error:
            _log.warning("card attempt %s: %s", attempt.attempt_id, error)
            return CardAnswer(AttemptEvent.ANSWER_LOST, reason=str(error))


def ask_for_refund(terminal: PaymentTerminal, asked: CardRefund) -> RefundAnswer:
    """Ask a terminal for a refund that is recorded and wait for its end."""
    amount = asked.amount
    try:
        outcome = terminal.refund(asked.refund_id, amount.minor, amount.currency, asked.original)
    except (DeviceUnreachable, DeviceBusy) as error:
        _log.warning("refund %s: %s", asked.refund_id, error)
        return RefundAnswer(None, detail=str(error))
    except (DeviceRefused, ValueError) as error:
        # Whatever is known by that id or reference is not this refund: nothing moved for it.
        _log.error("refund %s: %s", asked.refund_id, error)
        return RefundAnswer(RefundEvent.REFUSAL, detail=str(error))
    except DeviceError as error:
        _log.warning("refund %s: %s", asked.refund_id, error)
        return RefundAnswer(RefundEvent.ANSWER_LOST, detail=str(error))
    return _refund_answer(outcome)


def look_up_refund(terminal: PaymentTerminal, asked: CardRefund) -> RefundAnswer:
    """Ask a terminal what became of a refund; one that it never heard of it makes now."""
    try:
        outcome = terminal.query_refund(asked.refund_id)
    except DeviceError as error:
        _log.warning("refund %s: %s", asked.refund_id, error)
        return RefundAnswer(None, detail=str(error))
    if isinstance(outcome, NeverReached):
        # The return promises it, and by the same id it cannot go twice.
        return ask_for_refund(terminal, asked)
    return _refund_answer(outcome)


def _refund_answer(outcome: QueryAnswer) -> RefundAnswer:
    match outcome:
        case Approved(terminal_reference=reference, auth_code=code, is_verified=verified):
            return RefundAnswer(RefundEvent.CONFIRMATION, reference or code, is_verified=verified)
        case Declined(reason=reason):
            return RefundAnswer(RefundEvent.REFUSAL, detail=reason.value)
        case Cancelled():
            return RefundAnswer(RefundEvent.REFUSAL, detail="cancelled")
        case NeverReached():
            return RefundAnswer(RefundEvent.NEVER_REACHED)
        case StillUnknown():
            return RefundAnswer(RefundEvent.ANSWER_LOST)


def _answer(outcome: QueryAnswer) -> CardAnswer:
    match outcome:
        case Approved(auth_code=code, is_verified=verified):
            return CardAnswer(AttemptEvent.APPROVAL, code, verified)
        case Declined(reason=reason):
            return CardAnswer(AttemptEvent.DECLINE, reason=reason.value)
        case Cancelled():
            return CardAnswer(AttemptEvent.CANCELLATION)
        case NeverReached():
            return CardAnswer(AttemptEvent.NEVER_REACHED)
        case StillUnknown():
            return CardAnswer(AttemptEvent.ANSWER_LOST)
