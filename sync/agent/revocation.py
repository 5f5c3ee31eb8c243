"""A till the hub lets in no more: it is told, forgets who bought, and keeps what was sold."""

from __future__ import annotations

import logging
from pathlib import Path

from pos.store.outbox import AgentStore
from pos.store.revocation import REVOKED
from sync.agent.ports import Clock

log = logging.getLogger("sync.agent")


class Revocation:
    """Whether the hub lets this till in; it goes on asking, at the pace of any refusal."""

    def __init__(self, store: AgentStore, clock: Clock, outgoing: Path) -> None:
        """Remember how it stood when the agent ended.

        Args:
            outgoing: The folder of letters that wait for another program to send them.
        """
        self._store = store
        self._clock = clock
        self._outgoing = outgoing
        self.is_revoked = store.is_revoked()

    def heed(self, refusal: str) -> None:
        """Take in how the hub answered: a code, or nothing when it let the till in.

        Raises:
            StoreUnavailable: Nothing was changed.
        """
        if refusal == REVOKED:
            self._store.note_revoked(self._clock.now_ms())
            self._drop_letters()
            if not self.is_revoked:
                log.error("this till is revoked")
            self.is_revoked = True
        elif not refusal and self.is_revoked:
            self._store.note_admitted()
            log.warning("this till is let in again")
            self.is_revoked = False

    def _drop_letters(self) -> None:
        for letter in self._outgoing.glob("*.eml"):
            letter.unlink(missing_ok=True)
