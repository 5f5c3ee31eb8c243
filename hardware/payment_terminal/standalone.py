"""A terminal without a cable to the till: the cashier keys the amount and says how it went.

States of a payment, and of a refund that the cashier makes on the terminal::

    asked ── confirm(approved) ──> Approved (not verified)
      │ ──── confirm(declined) ──> Declined
      │ ──── abort ──────────────> Cancelled
      └───── deadline ───────────> unknown ── confirm ──> Approved | Declined
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from hardware.errors import DeviceBusy, DeviceRefused, OutcomeUnknown
from hardware.payment_terminal.port import (
    Approved,
    Cancelled,
    Declined,
    QueryAnswer,
    StillUnknown,
    TerminalCapabilities,
    TerminalOutcome,
    check_refund,
    check_request,
)

DEADLINE_S = 600.0  # a person types; the till asks all the while


@dataclass(frozen=True, slots=True)
class Question:
    """What the till asks the cashier: key this amount; was it approved?

    `original` is the payment that is to be given back, empty when one is to be taken.
    """

    reference: str
    amount_minor: int
    currency: str
    original: str = ""


class StandaloneTerminal:
    """Waits in `pay` or `refund` until the till passes on the cashier's answer with `confirm`."""

    def __init__(self, *, deadline_s: float = DEADLINE_S) -> None:
        self._deadline_s = deadline_s
        self._changed = threading.Condition()
        self._question: Question | None = None
        self._asked: dict[str, Question] = {}
        self._answers: dict[str, TerminalOutcome] = {}

    @property
    def capabilities(self) -> TerminalCapabilities:
        return TerminalCapabilities(is_integrated=False, can_query=False, can_abort=True)

    @property
    def is_standalone(self) -> bool:
        """Whether the till has to ask the cashier."""
        return True

    @property
    def question(self) -> Question | None:
        """What to ask the cashier now, if anything is under way."""
        with self._changed:
            return self._question

    def pay(self, reference: str, amount_minor: int, currency: str) -> TerminalOutcome:
        check_request(reference, amount_minor, currency)
        with self._changed:
            self._check_free()
            if reference in self._asked:
                raise DeviceRefused(f"Payment {reference} was asked for before.")
            return self._ask(Question(reference, amount_minor, currency))

    def refund(
        self, refund_id: str, amount_minor: int, currency: str, original: str
    ) -> TerminalOutcome:
        check_refund(refund_id, amount_minor, currency, original)
        question = Question(refund_id, amount_minor, currency, original)
        with self._changed:
            self._check_free()
            if self._asked.get(refund_id, question) != question:
                raise DeviceRefused(f"{refund_id} was something else.")
            known = self._answers.get(refund_id)
            return self._ask(question) if known is None else known

    def confirm(
        self,
        reference: str,
        *,
        is_approved: bool,
        auth_code: str = "",
        brand: str = "",
        last4: str | None = None,
    ) -> None:
        """Pass on what the cashier read off the terminal; also after the deadline.

        Raises:
            ValueError: Nobody asked about `reference`, it was answered before, or
                the code cannot be one.
        """
        outcome: TerminalOutcome = Declined()
        if is_approved:
            outcome = Approved(auth_code, brand, last4, is_verified=False)
        with self._changed:
            if reference not in self._asked or reference in self._answers:
                raise ValueError(f"No open question about {reference}.")
            self._answers[reference] = outcome
            self._changed.notify_all()

    def query(self, reference: str) -> QueryAnswer:
        """Return what the cashier said; the terminal itself cannot be asked."""
        with self._changed:
            return self._answers.get(reference, StillUnknown())

    def query_refund(self, refund_id: str) -> QueryAnswer:
        return self.query(refund_id)

    def abort(self) -> None:
        with self._changed:
            if self._question is not None and self._question.reference not in self._answers:
                self._answers[self._question.reference] = Cancelled()
                self._changed.notify_all()

    def wait_for_question(self, timeout_s: float) -> Question | None:
        """Wait until something is under way and return its question; None if nothing came."""
        with self._changed:
            self._changed.wait_for(lambda: self._question is not None, timeout_s)
            return self._question

    def _check_free(self) -> None:
        if self._question is not None:
            raise DeviceBusy(f"{self._question.reference} is under way.")

    def _ask(self, question: Question) -> TerminalOutcome:
        reference = question.reference
        self._asked[reference] = question
        self._question = question
        self._changed.notify_all()
        try:
            self._changed.wait_for(lambda: reference in self._answers, self._deadline_s)
        finally:
            self._question = None
        if reference not in self._answers:
            raise OutcomeUnknown("Nobody said how it ended.")
        return self._answers[reference]
