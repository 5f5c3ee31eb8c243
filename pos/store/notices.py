"""How the till stands with the hub, as the agent left it: notices, the queue, marks."""

from __future__ import annotations

from pos.domain.standing import NoticeName, SetAside, StandingNotice
from pos.store.statements import Statements, from_json

PULLED = "pulled"  # UTC ms: when everything was last taken in whole

PUT_MARK = (
    "INSERT INTO sync_mark (name, value) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
PUT_NOTICE = (
    "INSERT INTO notice (name, body, since_ms) VALUES (?, ?, ?)"
    " ON CONFLICT (name) DO UPDATE SET body = excluded.body, since_ms = excluded.since_ms"
)
_KNOWN = {name.value for name in NoticeName}
# The term on 'acknowledged' repeats the partial index's own, or SQLite would not use it.
_PARKED = (
    "SELECT j.op_id, j.kind, j.occurred_at_ms, o.reason FROM outbox o CROSS JOIN journal j"
    " ON j.entry = o.entry WHERE o.state <> 'acknowledged' AND o.state = 'parked' ORDER BY o.entry"
)
_RELEASE = (
    "UPDATE outbox SET state = 'queued', reason = ''"
    " WHERE state <> 'acknowledged' AND state = 'parked'"
)


class StoredStanding:
    """`ports.Standing` on the tables notice, outbox and sync_mark."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def notices(self) -> tuple[StandingNotice, ...]:
        """Return what the hub says of this till, the oldest first."""
        rows = self._sql.rows("SELECT name, body, since_ms FROM notice ORDER BY since_ms, name")
        return tuple(
            StandingNotice(NoticeName(name), since_ms, from_json(body) if body else {})
            for name, body, since_ms in rows
            if name in _KNOWN
        )

    def set_aside(self) -> tuple[SetAside, ...]:
        """Return the facts that were parked here, the oldest first."""
        return tuple(SetAside(*row) for row in self._sql.rows(_PARKED))

    def send_again(self) -> int:
        """Queue what was parked once more; return how many."""
        return self._sql.run(_RELEASE)

    def pulled_at_ms(self) -> int | None:
        """Return when everything was last taken in whole, in UTC ms; None for never."""
        row = self._sql.one("SELECT value FROM sync_mark WHERE name = ?", (PULLED,))
        return None if row is None else int(row[0])

    def last_act_ms(self) -> int:
        """Return when the latest fact happened by this till's clock, 0 before the first."""
        row = self._sql.one("SELECT occurred_at_ms FROM journal ORDER BY entry DESC LIMIT 1")
        return 0 if row is None else int(row[0])
