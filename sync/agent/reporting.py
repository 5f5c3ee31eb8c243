"""Tells the hub how the till stands, and brings back what the hub says of the till itself."""

from __future__ import annotations

from collections.abc import Mapping

from pos.store.outbox import AgentStore
from sync.agent.comparing import SendAgain
from sync.agent.hub import Hub
from sync.agent.ports import Clock
from sync.wire.v1.tills import TillReport

REPORT_EVERY_MS = 30_000
MAX_LIGHTS = 40
MAX_CODE = 64


class Reporting:
    """At least every half minute, so that the hub's page shows a living till as one."""

    def __init__(self, store: AgentStore, hub: Hub, clock: Clock, app_version: str) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._app_version = app_version
        self._due_at_ms = 0
        self._readiness: dict[str, str] = {}
        self._known: dict[str, int] | None = None

    def soon(self) -> None:
        """Report with the next step: something changed."""
        self._due_at_ms = 0

    def take_readiness(self, lights: Mapping[str, object]) -> None:
        """Take in the lights of the till's checklist, by name; any thread may call it."""
        sound = {str(name)[:MAX_CODE]: str(light)[:MAX_CODE] for name, light in lights.items()}
        self._readiness = dict(list(sound.items())[:MAX_LIGHTS])

    def is_due(self) -> bool:
        """True when `step` would tell the hub."""
        return self._clock.monotonic_ms() >= self._due_at_ms

    def step(self, *, generation: int, last_error: str) -> SendAgain | None:
        """Report when it is time; return what a person at the hub wants once more.

        Raises:
            HubUnreachable, HubRefused: The hub was not told; later.
        """
        now_ms = self._clock.monotonic_ms()
        if now_ms < self._due_at_ms:
            return None
        self._due_at_ms = now_ms + REPORT_EVERY_MS
        queue = self._store.queue_state()
        epoch = self._store.epoch()
        answer = self._hub.report(
            TillReport(
                epoch=epoch,
                queued=queue.queued,
                parked=queue.parked,
                oldest_ms=queue.oldest_ms,
                app_version=self._app_version,
                catalogue_generation=generation,
                last_error=last_error[:MAX_CODE],
                readiness=self._readiness,
            )
        )
        self.take_notices({notice.name: notice.since_ms for notice in answer.notices})
        if not answer.send_again_from:
            return None
        wanted = answer.send_again_epoch or epoch
        return SendAgain(wanted, answer.send_again_from, is_repair=True)

    def take_notices(self, said: dict[str, int]) -> None:
        """Keep what the hub says of the till, when it is not what it said before."""
        if said != self._known:
            self._store.apply_notices(said)
            self._known = said
