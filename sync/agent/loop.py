"""What the agent does next: push, pull, e-mail, tell the till how it stands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.readiness import BackupTrouble
from pos.store.catalogue_builder import CatalogueRefused
from pos.store.outbox import AgentStore
from sync.agent.certificate_watch import CertificateWatch
from sync.agent.emails import Emails
from sync.agent.hub import Hub
from sync.agent.orders_pull import OrdersPull
from sync.agent.ports import Clock, Jitter, Tell
from sync.agent.pulling import Pulling
from sync.agent.pushing import Pushing
from sync.agent.revocation import Revocation
from sync.client import HubRefused
from sync.http import HubUnreachable
from sync.protocol.backoff import Backoff
from sync.protocol.link import Link, LinkState
from sync.protocol.pusher import HTTP_AWAY

PUSH_EVERY_MS = 2_000
PULL_EVERY_MS = 5_000
TELL_EVERY_MS = 2_000
MAX_PARKED_TOLD = 20
CATALOGUE_DAMAGED = "catalogue_damaged"
DISK = "disk"

log = logging.getLogger("sync.agent")


class Agent:
    """One till's agent. `step` does what is due and says how long nothing will be."""

    def __init__(
        self,
        *,
        store: AgentStore,
        hub: Hub,
        pushing: Pushing,
        pulling: Pulling,
        orders: OrdersPull,
        emails: Emails,
        revocation: Revocation,
        clock: Clock,
        jitter: Jitter,
        tell: Tell,
        backup_trouble: Callable[[], BackupTrouble] = lambda: BackupTrouble.NONE,
    ) -> None:
        self._store = store
        self._hub = hub
        self._pushing = pushing
        self._pulling = pulling
        self._orders = orders
        self._emails = emails
        self._revocation = revocation
        self._clock = clock
        self._certificate = CertificateWatch(hub, clock)
        self._jitter = jitter
        self._tell = tell
        self._backup_trouble = backup_trouble
        self._link = Link(clock.monotonic_ms())
        self._pull_backoff = Backoff()
        self._pull_at_ms = 0
        self._pull_error = ""
        self._state = LinkState.DELAYED
        self._since_ms = clock.now_ms()
        self._last_contact_ms: int | None = None
        self._told: dict[str, object] = {}
        self._tell_at_ms = 0
        self._meanwhile_at_ms = 0

    def step(self) -> int:
        """Do what is due; return milliseconds until something may be due again."""
        try:
            goes_on = self._push()
            if not goes_on or self._clock.monotonic_ms() >= self._pull_at_ms + PULL_EVERY_MS:
                self._pull()
            self._pull_orders()
            if not self._revocation.is_revoked:
                goes_on = self._emails.send_next() or goes_on
            self._probe()
            self._tell_status()
        except (StoreUnavailable, OutcomeOfCommitUnknown) as error:
            log.error("data folder not usable", extra={"reason": str(error)})
            return PUSH_EVERY_MS
        return 0 if goes_on else self._wait_ms()

    def take_readiness(self, lights: Mapping[str, object]) -> None:
        """Take in the lights of the till's checklist, for the hub to know."""
        self._pushing.reporting.take_readiness(lights)

    def greeting(self) -> dict[str, object]:
        """Return what a till that connects is told at once."""
        return self._told or {"type": "status", "state": self._state.value}

    def _push(self) -> bool:
        self._pushing.generation = self._pulling.generation
        self._link, goes_on = self._pushing.step(self._link)
        self._note_contact()
        return goes_on

    def _pull(self) -> None:
        now_ms = self._clock.monotonic_ms()
        if now_ms < self._pull_at_ms or not self._pull_backoff.is_due(now_ms):
            return
        self._pull_at_ms = now_ms + PULL_EVERY_MS
        if self._reached(lambda: self._pulling.pull(self._meanwhile)):
            self._pull_backoff = self._pull_backoff.after_success()
            self._pull_error = ""
            self._revocation.heed("")

    def _pull_orders(self) -> None:
        """Ask for orders more often than for the rest, as long as the hub answers."""
        if self._pull_backoff.failures or self._revocation.is_revoked:
            return
        self._reached(self._orders.pull_if_due)

    def _reached(self, pull: Callable[[], object]) -> bool:
        """Pull, and take in how the hub answered; False when it did not, or will not."""
        try:
            is_asked = pull() is not False
        except HubUnreachable as error:
            log.debug("no answer", extra={"reason": str(error)})
            self._pull_failed(error.code, is_silent=True)
        except HubRefused as error:
            self._pull_failed(error.code, is_silent=error.status in HTTP_AWAY)
            self._revocation.heed(error.code)
        except CatalogueRefused as error:
            log.warning("catalogue refused", extra={"reason": str(error)})
            self._pull_failed(CATALOGUE_DAMAGED, is_silent=False)
        except StoreUnavailable as error:  # facts still go, the light still tells
            log.warning("disk", extra={"reason": str(error)})
            self._pull_failed(DISK, is_silent=False)
        else:
            if is_asked:
                self._link = self._link.after_contact(self._clock.monotonic_ms())
                self._note_contact()
            return True
        return False

    def _meanwhile(self) -> None:
        """While a catalogue comes down, facts go up, orders come and the till is told."""
        if self._clock.monotonic_ms() >= self._meanwhile_at_ms:
            self._meanwhile_at_ms = self._clock.monotonic_ms() + PUSH_EVERY_MS
            while self._push():
                self._tell_status()
            self._pull_orders()
            self._tell_status()

    def _pull_failed(self, reason: str, *, is_silent: bool) -> None:
        log.info("pull failed", extra={"reason": reason})
        self._pull_error = reason
        self._pull_backoff = self._pull_backoff.after_failure(
            self._clock.monotonic_ms(), self._jitter(), is_silent=is_silent
        )
        self._link = self._link.after_failure()

    def _probe(self) -> None:
        """While the hub is silent, look for it more often than facts are tried."""
        now_ms = self._clock.monotonic_ms()
        push, pull = self._pushing.backoff, self._pull_backoff
        if not (push.wants_probe(now_ms) or pull.wants_probe(now_ms)):
            return
        reached = self._hub.is_reachable()
        now_ms = self._clock.monotonic_ms()
        self._pushing.backoff = push.after_probe(now_ms, reached=reached)
        self._pull_backoff = pull.after_probe(now_ms, reached=reached)
        if reached:
            self._pull_at_ms = now_ms

    def _note_contact(self) -> None:
        if self._link.contact_at_ms is not None:
            silence = self._clock.monotonic_ms() - self._link.contact_at_ms
            self._last_contact_ms = self._clock.now_ms() - silence

    def _tell_status(self) -> None:
        now_ms, wall_ms = self._clock.monotonic_ms(), self._clock.now_ms()
        queue = self._store.queue_state()
        age = None if queue.oldest_ms is None else max(0, wall_ms - queue.oldest_ms)
        state = self._link.state(now_ms, oldest_queued_age_ms=age)
        if state is not self._state:
            log.info("link", extra={"state": state.value})
            self._state, self._since_ms = state, wall_ms
        status: dict[str, object] = {
            "type": "status",
            "state": state.value,
            "since_ms": self._since_ms,
            "last_contact_ms": self._last_contact_ms,
            "queued": queue.queued,
            "parked": queue.parked,
            "oldest_ms": queue.oldest_ms,
            "catalogue_generation": self._pulling.generation,
            "prices_as_of_ms": self._pulling.prices_as_of_ms,
            "clock_offset_ms": self._clock_offset(),
            "message": self._pushing.last_error or self._pull_error,
            "last_error": self._pushing.last_error or self._pull_error,
            "digest": self._pushing.comparing.standing.told(),
            "notices": [{"name": name, "since_ms": at} for name, at in self._store.notices()],
            "backup_trouble": self._backup_trouble().value,
            "certificate_ends_ms": self._certificate.ends_soon_ms(),
            "parked_facts": self._parked_facts() if queue.parked else [],
        }
        if status != self._told or now_ms >= self._tell_at_ms:
            self._told = status
            self._tell_at_ms = now_ms + TELL_EVERY_MS
            self._tell(status)

    def _parked_facts(self) -> list[dict[str, object]]:
        """Return what was set aside, with the code of the reason, the oldest first."""
        return [
            {"epoch": epoch, "seq": seq, "kind": kind, "reason": reason}
            for epoch, seq, kind, reason in self._store.parked_facts(MAX_PARKED_TOLD)
        ]

    def _clock_offset(self) -> int | None:
        """Return how far the hub's clock is ahead, to ten seconds: small changes tell nothing."""
        offset_ms = self._pulling.clock_offset_ms
        return None if offset_ms is None else round(offset_ms / 10_000) * 10_000

    def _wait_ms(self) -> int:
        now_ms = self._clock.monotonic_ms()
        waits = [
            max(self._pull_at_ms - now_ms, self._pull_backoff.wait_ms(now_ms)),
            max(0, self._tell_at_ms - now_ms),
            PUSH_EVERY_MS,
        ]
        if not (self._pull_backoff.failures or self._revocation.is_revoked):
            waits.append(self._orders.wait_ms())
        if self._pushing.backoff.failures:
            waits.append(self._pushing.backoff.wait_ms(now_ms))
        return max(50, min(waits))
