"""Sends the receipts that customers asked for by e-mail."""

from __future__ import annotations

import logging

from pos.store.outbox import AgentStore
from sync.agent.ports import Clock, Jitter
from sync.messages.port import Mail, MailNotSent, Messenger
from sync.protocol.backoff import delay_ms

GIVE_UP_AFTER = 20

log = logging.getLogger("sync.agent")


class Emails:
    """The queue of receipts by e-mail."""

    def __init__(
        self, store: AgentStore, messenger: Messenger, clock: Clock, jitter: Jitter
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._jitter = jitter
        self._failures: dict[str, int] = {}

    def send_next(self) -> bool:
        """Send the receipt whose turn it is; return whether there was one."""
        now_ms = self._clock.now_ms()
        job = self._store.next_email(now_ms)
        if job is None:
            return False
        mail = Mail(job.job_id, job.recipient, job.subject, job.text, job.pdf, job.created_at_ms)
        try:
            self._messenger.send(mail)
        except MailNotSent as error:
            self._put_off(job.job_id, error, now_ms)
        else:
            self._failures.pop(job.job_id, None)
            self._store.mark_email_sent(job.job_id)
        return True

    def _put_off(self, job_id: str, error: MailNotSent, now_ms: int) -> None:
        failures = self._failures[job_id] = self._failures.get(job_id, 0) + 1
        gives_up = error.is_final or failures >= GIVE_UP_AFTER
        log.warning("e-mail not sent", extra={"job": job_id, "failures": failures})
        next_try = None if gives_up else now_ms + delay_ms(failures, self._jitter())
        self._store.mark_email_failed(job_id, str(error), next_try)
