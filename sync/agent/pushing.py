"""Carries the till's facts to the hub, one batch at a time."""

from __future__ import annotations

import datetime
import logging
from dataclasses import replace

from pos.domain.journal import Fact
from pos.store.outbox import AgentStore
from sync.agent.hub import UNKNOWN_HUB, Hub, encode_op, pending_op
from sync.agent.ports import Clock, Jitter
from sync.client import HubRefused
from sync.http import HubUnreachable
from sync.protocol.backoff import Backoff
from sync.protocol.link import Link
from sync.protocol.pusher import (
    MAX_BYTES,
    Batch,
    CannotBeSent,
    GoBack,
    Pusher,
    Smaller,
    Stored,
    TryLater,
    Verdict,
    read_reply,
)
from sync.signed_http import NotTheHub

COMPARE_EVERY_MS = 60_000
CHAINS_DIFFER = "the hub's chain is not ours"

log = logging.getLogger("sync.agent")


class Pushing:
    """What goes up; whatever is not acknowledged by name stays where it is."""

    def __init__(self, store: AgentStore, hub: Hub, clock: Clock, jitter: Jitter) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._jitter = jitter
        self._pusher = Pusher(store.till)
        self._epoch = 0
        self.backoff = Backoff()
        self.last_error = ""
        self._compare_at_ms = 0

    def step(self, link: Link) -> tuple[Link, bool]:
        """Send one batch when it is time; return the link after, and whether to go on at once."""
        now_ms = self._clock.monotonic_ms()
        if not self.backoff.is_due(now_ms):
            return link, False
        facts = self._facts()
        encoded = [encode_op(fact) for fact in facts]
        pending = [pending_op(fact, data) for fact, data in zip(facts, encoded, strict=True)]
        batch = self._pusher.next_batch(self._epoch, pending)
        if batch is None:
            return self._compare(link)
        for place, fact in enumerate(facts[: len(batch.ops)]):
            if fact.seq in batch.withheld:
                encoded[place] = encode_op(fact, is_withheld=True)
        reply = self._hub.push(batch, encoded[: len(batch.ops)])
        verdict = read_reply(batch, reply, self._pusher.limits)
        goes_on = self._act(batch, verdict)
        self._pusher = self._pusher.after(verdict)
        if isinstance(verdict, TryLater):
            return link.after_failure(), goes_on
        return link.after_contact(self._clock.monotonic_ms()), goes_on

    def _compare(self, link: Link) -> tuple[Link, bool]:
        """With nothing to send, look now and then whether the hub still has it all.

        A hub that was replaced by an empty one or an older copy gets what it lacks.
        """
        now_ms = self._clock.monotonic_ms()
        epoch, head = self._store.head()
        if not epoch or now_ms < self._compare_at_ms:
            return link, False
        self._compare_at_ms = now_ms + COMPARE_EVERY_MS
        try:
            digest = self._hub.digest(_utc_day(self._clock.now_ms()))
        except NotTheHub:
            self.last_error = UNKNOWN_HUB
            return link.after_failure(), False
        except HubUnreachable:
            return link.after_failure(), False
        except HubRefused as error:
            self.last_error = error.code
            return link.after_failure(), False
        link = link.after_contact(self._clock.monotonic_ms())
        received = digest.received_through if digest.epoch == epoch else 0
        if received < head.seq and digest.epoch <= epoch:
            log.warning("hub lacks facts", extra={"received_through": received})
            self._epoch = epoch
            self._pusher = replace(self._pusher, resend_from=received + 1)
            return link, True
        self.last_error = ""
        if (digest.epoch, received, digest.chain_head) != (epoch, head.seq, head.hash):
            log.error("chains differ", extra={"received_through": digest.received_through})
            self.last_error = CHAINS_DIFFER
        return link, False

    def _facts(self) -> list[Fact]:
        """Return what goes next: what the hub lost, else what waits."""
        limits = self._pusher.limits
        if self._pusher.resend_from is not None:
            facts = self._store.facts_from(
                self._epoch, self._pusher.resend_from, limits.ops, MAX_BYTES
            )
            if facts:
                return facts
            self._pusher = self._pusher.all_sent()
        facts = self._store.pending(limits.ops, MAX_BYTES)
        if facts:
            self._epoch = facts[0].epoch
        return facts

    def _act(self, batch: Batch, verdict: Verdict) -> bool:
        """Store what a verdict means; return whether to go on at once."""
        match verdict:
            case Stored(0, _, ()):
                return self._failed("the hub stored nothing", is_silent=False)
            case Stored(through, head, parked, hub_time_ms):
                for seq, reason in parked:
                    log.error("fact parked", extra={"seq": seq, "reason": reason})
                    self._store.park(batch.epoch, seq, reason)
                if through:
                    self._store.mark_acknowledged(batch.epoch, through, head, hub_time_ms)
                self.backoff = self.backoff.after_success()
                self.last_error = ""
                return True
            case GoBack(received_through):
                log.warning("hub went back", extra={"received_through": received_through})
                if self._pusher.resend_from is not None:
                    return self._failed("the hub asks again for what was sent", is_silent=False)
                return True
            case Smaller() | CannotBeSent():
                log.warning("request too large", extra={"ops": len(batch.ops)})
                return True
            case TryLater(reason, is_silent, retry_after_ms):
                return self._failed(reason, is_silent=is_silent, retry_after_ms=retry_after_ms)

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


def _utc_day(at_ms: int) -> str:
    return datetime.datetime.fromtimestamp(at_ms / 1000, datetime.UTC).date().isoformat()
