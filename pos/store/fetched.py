"""Takes back into the journal what the hub holds, after holding every fact to its chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlcipher3 import dbapi2 as driver

from pos.domain.journal import ChainHead, Fact, is_genuine
from pos.signatures import Purpose, SigningKey, is_signed
from pos.store import trust
from pos.store.agreement import PUT_ACK
from pos.store.rebuild import Rebuilder
from pos.store.statements import Statements

_HEAD = "SELECT seq, hash FROM journal WHERE epoch = ? ORDER BY seq DESC LIMIT 1"
_HASH = "SELECT hash FROM journal WHERE epoch = ? AND seq = ?"
_SIGNED = "SELECT 1 FROM journal WHERE signature <> '' LIMIT 1"
_ACKNOWLEDGE = (
    "UPDATE outbox SET state = 'acknowledged', reason = ''"
    " WHERE state NOT IN ('acknowledged', 'parked')"  # parked: a person looks at it first
    " AND entry IN (SELECT entry FROM journal WHERE epoch = ? AND seq <= ?)"
)


class NotOurs(Exception):
    """A fact that this till did not say, or that does not follow what is known."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """From fact `seq` of an epoch on, nothing was taken; `reason` says why."""

    epoch: int
    seq: int
    reason: str


@dataclass
class Taking:
    """One till's journal while facts are taken in; `taken` counts, `stopped` says where not."""

    till: str
    public: str
    must_be_signed: bool
    taken: int = 0
    stopped: list[Stopped] = field(default_factory=list)

    def take(self, sql: Statements, facts: Iterable[Fact]) -> bool:
        """Take facts of one epoch in sequence, as acknowledged; False when one is not to be.

        What is there already must be the same. A fact that cannot be taken is undone by
        itself, and nothing after it in its epoch is taken.
        """
        rebuilder = Rebuilder(sql)
        for fact in facts:
            sql.run("SAVEPOINT fact")
            try:
                self._take_one(sql, rebuilder, fact)
            except (NotOurs, LookupError, TypeError, ValueError, driver.IntegrityError) as error:
                sql.run("ROLLBACK TO fact")
                sql.run("RELEASE fact")
                self.stopped.append(Stopped(fact.epoch, fact.seq, str(error)))
                return False
            sql.run("RELEASE fact")
        return True

    def _take_one(self, sql: Statements, rebuilder: Rebuilder, fact: Fact) -> None:
        known = sql.one(_HASH, (fact.epoch, fact.seq))
        if known is not None:
            if known[0] != fact.hash:
                raise NotOurs("the hub tells another fact than the copy")
            return
        self._check(sql, fact)
        rebuilder.take(fact)
        self.taken += 1

    def _check(self, sql: Statements, fact: Fact) -> None:
        """Hold a fact to its hash, to the chain, and to the till's own signature.

        Facts from before the till had a key are not signed; the chain of signed ones covers
        them.
        """
        row = sql.one(_HEAD, (fact.epoch,))
        head = ChainHead() if row is None else ChainHead(*row)
        if fact.till != self.till or (fact.seq, fact.prev_hash) != (head.seq + 1, head.hash):
            raise NotOurs("it does not follow the chain")
        if not is_genuine(fact):
            raise NotOurs("it was changed")
        if fact.signature:
            if not is_signed(self.public, Purpose.FACT, fact.hash.encode(), fact.signature):
                raise NotOurs("this till did not sign it")
            self.must_be_signed = True
        elif self.must_be_signed:
            raise NotOurs("it is not signed")


def begin_taking(sql: Statements) -> Taking:
    """Return what facts are held to: which till this is, and its key."""
    ((till,),) = sql.rows("SELECT till FROM till_identity")
    secret = trust.read(sql, trust.TILL_KEY)
    public = SigningKey(bytes.fromhex(secret)).public if secret else ""
    return Taking(till, public, sql.one(_SIGNED) is not None)


def head_of(sql: Statements, epoch: int) -> int:
    """Return the number of the last fact of an epoch, 0 for none."""
    row = sql.one(_HEAD, (epoch,))
    return 0 if row is None else int(row[0])


def acknowledge(
    sql: Statements, epoch: int, through: int, chain_head: str, hub_time_ms: int
) -> bool:
    """Note that the hub holds an epoch through a fact; False when it is not that fact here."""
    if sql.one(_HASH, (epoch, through)) != (chain_head,):
        return False
    sql.run(_ACKNOWLEDGE, (epoch, through))
    sql.run(PUT_ACK, (epoch, through, chain_head, hub_time_ms))
    return True
