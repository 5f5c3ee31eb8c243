"""Hub and agent as the processes they are, started for a measure and ended after it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

READY = "hub ready "
GRACE_S = 20.0
COMMAND = [sys.executable, "-m", "pos.commands.main"]


@contextmanager
def running_hub(database_url: str) -> Iterator[str]:
    """Run a hub on a database and yield its address.

    Raises:
        RuntimeError: It ended instead of answering.
    """
    command = [*COMMAND, "hub", "--db", database_url, "--port", "0"]
    hub = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert hub.stdout is not None
    try:
        line = next((line for line in hub.stdout if line.startswith(READY)), "")
        if not line:
            raise RuntimeError(f"the hub ended with {hub.wait()}")
        yield line.removeprefix(READY).strip()
    finally:
        hub.terminate()
        _wait(hub)
        hub.stdout.close()


@contextmanager
def running_agent(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the agent of a data folder."""
    command = [*COMMAND, "agent", "--data", str(data), "--with-parent"]
    agent = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert agent.stdin is not None
    try:
        yield agent
    finally:
        agent.stdin.close()
        _wait(agent)


def wait_until(is_so: Callable[[], bool], *, longest_s: float, poll_s: float = 0.005) -> float:
    """Wait until something is so and return how many seconds that took.

    Raises:
        TimeoutError: It never was.
    """
    begun = time.perf_counter()
    while not is_so():
        if time.perf_counter() - begun > longest_s:
            raise TimeoutError(f"not so after {longest_s} s")
        time.sleep(poll_s)
    return time.perf_counter() - begun


def _wait(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    try:
        process.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
