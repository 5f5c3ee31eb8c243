"""Makes sure, once all is sent, that hub and till hold the same: facts, and sums of each day."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum

from pos.store.agreement import Agreement
from pos.store.outbox import AgentStore
from sync.agent.hub import Hub
from sync.agent.ports import Clock
from sync.wire.v1.tills import Comparison, DigestAnswer

COMPARE_EVERY_MS = 60_000
LOOK_BACK = 2_000  # facts whose days are compared when the agent starts

log = logging.getLogger("sync.agent")


class DigestState(Enum):
    """How till and hub were found to agree; the values are what the till is told."""

    UNKNOWN = "unknown"
    AGREES = "agrees"
    WAITS = "waits"
    DIFFERS = "differs"
    OTHER_CHAIN = "other_chain"


@dataclass(frozen=True, slots=True)
class Standing:
    """The last comparison, at `at_ms` (UTC); the rest are business days."""

    state: DigestState = DigestState.UNKNOWN
    agreed_through: str = ""
    differing: tuple[str, ...] = ()
    at_ms: int = 0

    def told(self) -> dict[str, object]:
        """Return what the till is told."""
        return {
            "state": self.state.value,
            "agreed_through": self.agreed_through,
            "differing": list(self.differing),
            "at_ms": self.at_ms,
        }


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Facts of an epoch that the hub wants from a number on, acknowledged or not.

    `is_repair` when it has them and their sums differ.
    """

    epoch: int
    seq: int
    is_repair: bool


class Comparing:
    """Compares one epoch at a time: all of them when the agent starts, then the present one."""

    def __init__(self, store: AgentStore, hub: Hub, clock: Clock) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._due_at_ms = 0
        self._unchecked: list[int] | None = None
        self._agreed: dict[int, int] = {}
        self._repaired: set[tuple[int, str]] = set()
        self._sent_whole: set[int] = set()
        self.standing = Standing()

    def after_sending(self) -> None:
        """Compare as soon as nothing waits: there is something that was not compared."""
        self._due_at_ms = 0

    def from_the_first_epoch(self) -> None:
        """Compare every epoch anew: the hub went back, or this is one of two copies."""
        self._unchecked = None
        self._agreed.clear()

    def step(self) -> SendAgain | None:
        """Compare when it is time; return what is to be sent again.

        Raises:
            HubUnreachable, HubRefused: Nothing is known; it is compared later.
        """
        now_ms = self._clock.monotonic_ms()
        if now_ms < self._due_at_ms:
            return None
        self._due_at_ms = now_ms + COMPARE_EVERY_MS
        found = self._next()
        if found is None:
            return None
        if found.again_from:
            self.from_the_first_epoch()
            return SendAgain(found.epoch, found.again_from, is_repair=False)
        answer = self._hub.compare(found)
        return self._act(found, answer)

    def is_due(self) -> bool:
        """True when `step` would ask the hub."""
        return self._clock.monotonic_ms() >= self._due_at_ms

    def _next(self) -> Agreement | None:
        """Return what is compared next: older epochs first, then the present one, over again."""
        if self._unchecked is None:
            self._unchecked = self._store.epochs()
        present = self._store.epoch()
        while self._unchecked:
            epoch = self._unchecked.pop(0)
            if epoch != present and (found := self._store.agreement(epoch, self._after(epoch))):
                return found
        return self._store.agreement(present, self._after(present))

    def _after(self, epoch: int) -> int:
        """Return the number above which days are summed up."""
        agreed = self._agreed.get(epoch)
        if agreed is not None:
            return agreed
        acknowledged = self._store.last_ack(epoch)
        return max(0, acknowledged.through_seq - LOOK_BACK) if acknowledged else 0

    def _act(self, found: Agreement, answer: DigestAnswer) -> SendAgain | None:
        now_ms = self._clock.now_ms()
        match answer.comparison:
            case Comparison.AGREES:
                self._agreed[found.epoch] = found.through
                days = [day.day for day in found.days]
                through = max([self.standing.agreed_through, *days])
                self.standing = Standing(DigestState.AGREES, through, (), now_ms)
                self._repaired = {each for each in self._repaired if each[0] != found.epoch}
                self._sent_whole.discard(found.epoch)
                if self._unchecked:
                    self._due_at_ms = 0
                return None
            case Comparison.LACKS:
                lacking = answer.received_through
                log.warning("hub lacks facts", extra={"received_through": lacking})
                self.from_the_first_epoch()
                return SendAgain(found.epoch, lacking + 1, is_repair=False)
            case Comparison.WAITS:
                self._note(DigestState.WAITS, ())
                return None
            case Comparison.OTHER_CHAIN:
                return self._other_chain(found)
            case Comparison.DIFFERS:
                return self._repair(found, answer)

    def _other_chain(self, found: Agreement) -> SendAgain | None:
        """Send the whole epoch once more, so that the hub keeps what it holds others instead of.

        It had acknowledged these facts: it was restored from a copy from before, and gave their
        numbers to another copy of this till.
        """
        log.error("chains differ", extra={"epoch": found.epoch, "seq": found.through})
        self._note(DigestState.OTHER_CHAIN, ())
        if found.epoch in self._sent_whole:
            return None
        self._sent_whole.add(found.epoch)
        self.from_the_first_epoch()
        return SendAgain(found.epoch, 1, is_repair=False)

    def _repair(self, found: Agreement, answer: DigestAnswer) -> SendAgain | None:
        """Send the days that differ once more; when that does not help a person must look."""
        days = tuple(sorted(day.day for day in answer.differing))
        self._note(DigestState.DIFFERS, days)
        log.error("digest differs", extra={"epoch": found.epoch, "days": list(days)})
        fresh = [day for day in days if (found.epoch, day) not in self._repaired]
        if not fresh:
            return None
        self._repaired.update((found.epoch, day) for day in fresh)
        first = min(self._store.first_of_day(found.epoch, day) for day in fresh)
        return SendAgain(found.epoch, first, is_repair=True)

    def _note(self, state: DigestState, differing: tuple[str, ...]) -> None:
        now_ms = self._clock.now_ms()
        self.standing = Standing(state, self.standing.agreed_through, differing, now_ms)
