"""Carries the till's facts to the hub, one batch at a time."""

from __future__ import annotations

import logging

from pos.domain.journal import Fact, FactKind
from pos.store.epochs import EpochTooLow
from pos.store.outbox import AgentStore
from sync.agent.comparing import Comparing, DigestState, SendAgain
from sync.agent.exchanges import undivided
from sync.agent.hub import Hub, encode_op, pending_op
from sync.agent.ports import Clock, Jitter
from sync.agent.reporting import Reporting
from sync.client import HubRefused
from sync.http import HubUnreachable
from sync.protocol.backoff import Backoff
from sync.protocol.link import Link
from sync.protocol.pusher import (
    BROKEN_CHAIN,
    MAX_BYTES,
    OTHER_CHAIN,
    Batch,
    CannotBeSent,
    GoBack,
    Pusher,
    Smaller,
    StartOver,
    Stored,
    TryLater,
    Verdict,
    read_reply,
)

MOVE_AGAIN_AFTER_MS = 60_000  # doubled with each epoch that is begun
COPIED = "copied"  # why a till begins an epoch: another copy of it is alive
STORED_NOTHING = "stored_nothing"
ASKS_AGAIN = "asks_again"
DIGEST_DIFFERS = "digest_differs"

log = logging.getLogger("sync.agent")


class Pushing:
    """What goes up; whatever is not acknowledged by name stays where it is."""

    def __init__(
        self,
        store: AgentStore,
        hub: Hub,
        clock: Clock,
        jitter: Jitter,
        *,
        app_version: str = "",
    ) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._jitter = jitter
        self._pusher = Pusher(store.till)
        self._epoch = 0
        self._moves = 0
        self._may_move_at_ms = 0
        self.comparing = Comparing(store, hub, clock)
        self.reporting = Reporting(store, hub, clock, app_version)
        self.backoff = Backoff()
        self.last_error = ""
        self.generation = 0  # of the catalogue in use, for the hub to know

    def step(self, link: Link) -> tuple[Link, bool]:
        """Send one batch when it is time; return the link after, and whether to go on at once."""
        now_ms = self._clock.monotonic_ms()
        if not self.backoff.is_due(now_ms):
            return link, False
        facts = self._facts()
        encoded = self._encoded(facts)
        pending = [pending_op(fact, data) for fact, data in zip(facts, encoded, strict=True)]
        batch = self._pusher.next_batch(self._epoch, pending)
        if batch is None:
            return self._agree(link)
        for place, fact in enumerate(facts[: len(batch.ops)]):
            if fact.seq in batch.withheld:
                encoded[place] = encode_op(fact, is_withheld=True)
        reply = self._hub.push(batch, encoded[: len(batch.ops)])
        verdict = read_reply(batch, reply, self._pusher.limits)
        goes_on = self._act(batch, verdict)
        self._pusher = self._pusher.after(verdict)
        if isinstance(verdict, TryLater):
            return link.after_failure(), goes_on
        if reply.answer is not None:
            self.reporting.take_notices(dict(reply.answer.notices))
        return link.after_contact(self._clock.monotonic_ms()), goes_on

    def _encoded(self, facts: list[Fact]) -> list[bytes]:
        """Return facts as they are sent, records of customers beside those that name them."""
        naming = [fact.op_id for fact in facts if fact.kind is FactKind.CUSTOMER_SAVED]
        beside = self._store.beside(naming) if naming else {}
        return [encode_op(fact, beside_json=beside.get(fact.op_id, "")) for fact in facts]

    def _agree(self, link: Link) -> tuple[Link, bool]:
        """With nothing to send, compare with the hub and tell it how the till stands.

        A hub that was replaced by an empty one or an older copy gets what it lacks.
        """
        if not (self.comparing.is_due() or self.reporting.is_due()):
            return link, False
        try:
            again = self.comparing.step() or self._report()
        except (HubUnreachable, HubRefused) as error:
            self.last_error = error.code  # facts go on: a hub may take them and answer no more
            return link.after_failure(), False
        self.last_error = self._standing_error()
        if again is not None:
            self._epoch = again.epoch
            self._pusher = self._pusher.send_from(again.seq, is_repair=again.is_repair)
        return link.after_contact(self._clock.monotonic_ms()), again is not None

    def _report(self) -> SendAgain | None:
        wanted = self.reporting.step(generation=self.generation, last_error=self._standing_error())
        if wanted is not None:
            self.comparing.from_the_first_epoch()  # once it is sent, also an epoch of before
        return wanted

    def _standing_error(self) -> str:
        """Return the code of what the last comparison found wrong."""
        match self.comparing.standing.state:
            case DigestState.DIFFERS:
                return DIGEST_DIFFERS
            case DigestState.OTHER_CHAIN:
                return OTHER_CHAIN
        return ""

    def _facts(self) -> list[Fact]:
        """Return what goes next: what the hub wants again, else what waits."""
        limits = self._pusher.limits
        if self._pusher.resend_from is not None:
            facts = self._store.facts_from(
                self._epoch, self._pusher.resend_from, limits.ops, MAX_BYTES
            )
            if facts:
                return facts
            self._pusher = self._pusher.all_sent()
            self.comparing.after_sending()
        facts = undivided(self._store.pending(limits.ops, MAX_BYTES))
        if facts:
            self._epoch = facts[0].epoch
        return facts

    def _act(self, batch: Batch, verdict: Verdict) -> bool:
        """Store what a verdict means; return whether to go on at once."""
        match verdict:
            case Stored(0, _, ()):
                return self._failed(STORED_NOTHING, is_silent=False)
            case Stored():
                self._keep(batch, verdict)
                self.backoff = self.backoff.after_success()
                self.last_error = self._standing_error()
                self.comparing.after_sending()
                return True
            case GoBack(received_through):
                log.warning("hub went back", extra={"received_through": received_through})
                self.comparing.from_the_first_epoch()
                if self._pusher.resend_from is not None:
                    return self._failed(ASKS_AGAIN, is_silent=False)
                return True
            case StartOver():
                log.error("chains differ", extra={"epoch": batch.epoch, "seq": batch.from_seq})
                self.comparing.from_the_first_epoch()
                if self._pusher.has_started_over:
                    return self._failed(BROKEN_CHAIN, is_silent=False)
                return True
            case Smaller() | CannotBeSent():
                log.warning("request too large", extra={"ops": len(batch.ops)})
                return True
            case TryLater(reason, is_silent, retry_after_ms):
                return self._failed(reason, is_silent=is_silent, retry_after_ms=retry_after_ms)

    def _keep(self, batch: Batch, stored: Stored) -> None:
        """Mark what the hub has, set aside what it will not have, and go on where it says.

        The epoch begins first: whatever happens after, no number is given out twice.
        """
        if stored.move_to_epoch and batch.epoch == self._store.epoch():
            self._move(stored.move_to_epoch)
        for seq, reason in stored.parked:
            log.error("fact parked", extra={"seq": seq, "reason": reason})
            self._store.park(batch.epoch, seq, reason)
        if stored.through:
            self._store.mark_acknowledged(
                batch.epoch, stored.through, stored.head, stored.hub_time_ms
            )

    def _move(self, epoch: int) -> None:
        """Begin an epoch: this is one of two copies of the till.

        A hub that names a higher one each time does not use them up: the pauses grow.
        """
        now_ms = self._clock.monotonic_ms()
        if now_ms < self._may_move_at_ms:
            return
        try:
            self._store.begin_epoch(epoch, COPIED, self._clock.now_ms())
        except EpochTooLow as error:
            log.error("epoch not begun", extra={"reason": str(error)})
            return
        self._may_move_at_ms = now_ms + (MOVE_AGAIN_AFTER_MS << min(self._moves, 16))
        self._moves += 1
        self.comparing.from_the_first_epoch()
        log.error("another copy of this till is alive", extra={"epoch": epoch})
        self.reporting.soon()

    def _failed(self, reason: str, *, is_silent: bool, retry_after_ms: int | None = None) -> bool:
        self.backoff = self.backoff.after_failure(
            self._clock.monotonic_ms(),
            self._jitter(),
            is_silent=is_silent,
            retry_after_ms=retry_after_ms,
        )
        self.last_error = reason
        log.info("push failed", extra={"reason": reason, "failures": self.backoff.failures})
        return False
