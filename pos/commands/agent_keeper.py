"""Keeps an agent running beside a command that opens a data folder without a window."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pos.store.data_folder import DataFolder, FolderInUse, FolderRole

POLL_S = 0.25
GRACE_S = 10.0


@contextmanager
def agent_running(folder: DataFolder) -> Iterator[None]:
    """Keep an agent running for the folder, unless a service does it already."""
    stop = threading.Event()
    watcher = threading.Thread(target=_keep, args=(folder, stop), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


def _keep(folder: DataFolder, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            folder.lock(FolderRole.AGENT).release()
        except FolderInUse:
            stop.wait(POLL_S)
            continue
        agent = _start(folder)
        while agent.poll() is None and not stop.wait(POLL_S):
            pass
        _end(agent)
        stop.wait(POLL_S)


def _start(folder: DataFolder) -> subprocess.Popen[bytes]:
    log = folder.logs / "agent.err"
    with log.open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "pos.commands.main", "agent",
             "--data", str(folder.root), "--with-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )  # fmt: skip


def _end(agent: subprocess.Popen[bytes]) -> None:
    """Close its standard input, which tells it that its parent is gone."""
    if agent.stdin:
        agent.stdin.close()
    try:
        agent.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        agent.kill()
        agent.wait()
