"""A device played from a script, to test drivers against exact bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """The driver writes `sent`; the device then answers `answer`."""

    sent: bytes
    answer: bytes = b""


class UnexpectedExchange(AssertionError):
    """The driver sent something else than the script says, or left some of it unsaid."""


class ReplayTransport:
    """Checks every byte written against a script and plays the answers back.

    Writes need not be cut as the exchanges are. `close` fails if anything of the
    script was left over, so a test cannot pass on half a conversation.
    """

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._exchanges = list(exchanges)
        self._written = b""
        self._answers = b""

    def write(self, data: bytes) -> None:
        self._written += data
        while self._exchanges and self._written.startswith(self._exchanges[0].sent):
            exchange = self._exchanges.pop(0)
            self._written = self._written[len(exchange.sent) :]
            self._answers += exchange.answer
        expected = self._exchanges[0].sent if self._exchanges else b""
        if not expected.startswith(self._written):
            raise UnexpectedExchange(
                f"expected {expected.hex(' ')}, the driver sent {self._written.hex(' ')}"
            )

    def read(self, size: int, timeout_s: float) -> bytes:
        answer, self._answers = self._answers[:size], self._answers[size:]
        return answer

    def close(self) -> None:
        left = [exchange.sent.hex(" ") for exchange in self._exchanges]
        if left or self._written:
            raise UnexpectedExchange(f"left over: {left}, half written: {self._written.hex(' ')}")
        if self._answers:
            raise UnexpectedExchange(f"never read: {self._answers.hex(' ')}")
