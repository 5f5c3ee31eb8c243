"""Kills a program between any two of its steps: before a commit, after it, around a request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, RootTransaction, event
from sqlalchemy.pool import Pool

TILL, AGENT, HUB = "till", "agent", "hub"
WRITES = "writes"


class Killed(BaseException):
    """The power of one program is gone; nothing of it runs any more, not even its handlers."""

    def __init__(self, program: str) -> None:
        super().__init__(program)
        self.program = program


class Crashes:
    """Counts the steps of the program at work and kills it at the one that was chosen.

    A step is a writing transaction that begins or is about to commit, a request that leaves or
    whose answer arrives, and the moment before a person is told something. (Dying while one
    reads is dying before what one would have done next.)
    """

    def __init__(self) -> None:
        self._program = self._process = ""
        self._left: dict[str, int] = {}
        self._open: defaultdict[str, list[Any]] = defaultdict(list)

    def arm(self, program: str, steps: int) -> None:
        """Kill `program` when it has done so many steps."""
        self._left[program] = steps

    def disarm(self) -> None:
        """Let everybody live."""
        self._left.clear()

    @contextmanager
    def running(self, program: str, process: str) -> Iterator[None]:
        """Say whose steps the next ones are, and whose files those it opens."""
        before = (self._program, self._process)
        self._program, self._process = program, process
        try:
            yield
        finally:
            self._program, self._process = before

    def step(self) -> None:
        """Note one step of the program at work.

        Raises:
            Killed: It was its last.
        """
        left = self._left.get(self._program)
        if left is None:
            return
        if left > 0:
            self._left[self._program] = left - 1
            return
        del self._left[self._program]
        raise Killed(self._program)

    def close_files(self, process: str) -> None:
        """Close what a process has open, as the kernel does for one that is gone."""
        for connection in self._open.pop(process, []):
            connection.close()

    @contextmanager
    def watching_databases(self) -> Iterator[None]:
        """Count the transactions of every engine of this process as steps."""

        begin, commit = Connection._begin_impl, Connection._commit_impl

        def counted_begin(connection: Connection, transaction: RootTransaction) -> None:
            if connection.info.get(WRITES, True):
                self.step()
            begin(connection, transaction)

        def counted_commit(connection: Connection) -> None:
            if connection.info.get(WRITES, True):
                self.step()
            commit(connection)

        def opened(connection: Any, record: Any) -> None:
            self._open[self._process].append(connection)
            record.info[WRITES] = connection.execute("PRAGMA query_only").fetchone() == (0,)

        event.listen(Pool, "connect", opened)
        try:
            # Listening for "begin" and "commit" made each transaction half as long again.
            with patch.multiple(
                Connection, _begin_impl=counted_begin, _commit_impl=counted_commit
            ):
                yield
        finally:
            event.remove(Pool, "connect", opened)
