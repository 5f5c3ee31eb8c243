"""The agent as a process: its lock, its clock, its socket, and the way it ends."""

from __future__ import annotations

import logging
import os
import random
import secrets
import select
import signal
import sys
import threading
import time
import tomllib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pos.domain.errors import StoreUnavailable
from pos.store.data_folder import DataFolder, FolderRole
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.system import SystemClock
from sync.agent.backups import Backups, second_place
from sync.agent.emails import Emails
from sync.agent.hub import Hub
from sync.agent.local_socket import LocalSocket
from sync.agent.loop import Agent
from sync.agent.orders_pull import OrdersPull
from sync.agent.pulling import Pulling
from sync.agent.pushing import Pushing
from sync.agent.revocation import Revocation
from sync.credentials import credentials_of
from sync.logs import log_to_file
from sync.messages.choosing import MailSettingsError, messenger_of
from sync.messages.port import Messenger

DEADLINE_S = 60.0
INCARNATION_BYTES = 8
NUDGE_SETTLES_S = 0.05  # the facts of one act come together

log = logging.getLogger("sync.agent")


class AgentSettingsError(StoreUnavailable):
    """The settings of the data folder do not say which hub the till belongs to."""


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """What ``settings.toml`` says to the agent."""

    hub: str
    shop: str
    mail: dict[str, Any]
    second_backup: Path | None = None


class AgentClock(SystemClock):
    """The machine's clocks: the one people see, and one that never goes back."""

    def monotonic_ms(self) -> int:
        """Return milliseconds since some moment, those the machine slept among them."""
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


def run(data_dir: Path, *, with_parent: bool = False) -> None:
    """Serve one till until SIGTERM, SIGINT, or, `with_parent`, until standard input ends.

    Raises:
        FolderInUse: Another agent serves it.
        NotEnrolled: The till has no hub yet.
        StoreUnavailable: The folder is no till's, or cannot be used.
    """
    folder = DataFolder(data_dir)
    settings = read_settings(folder.settings)
    lock = folder.lock(FolderRole.AGENT)
    log_to_file(folder.logs / "agent.log")
    stop, wake = threading.Event(), threading.Event()
    _end_on_signals(stop, wake)
    if with_parent:
        threading.Thread(target=_watch_parent, args=(stop, wake), daemon=True).start()
    try:
        _serve(folder, settings, stop, wake)
    finally:
        lock.release()


def read_settings(path: Path) -> AgentSettings:
    """Read what concerns the agent.

    Raises:
        AgentSettingsError: The file is not there, or names no hub or shop.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        hub, shop, mail = str(values["hub"]), str(values["shop"]), values.get("mail", {})
        return AgentSettings(hub, shop, mail, second_place(values.get("backup")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise AgentSettingsError(f"{path}: {error}") from error


def _messenger(settings: AgentSettings, folder: DataFolder) -> Messenger:
    try:
        return messenger_of(settings.mail, folder.outgoing)
    except MailSettingsError as error:
        raise AgentSettingsError(f"[mail] in settings.toml: {error}") from error


def _serve(
    folder: DataFolder, settings: AgentSettings, stop: threading.Event, wake: threading.Event
) -> None:
    clock, jitter = AgentClock(), random.Random().random  # noqa: S311 - spreads retries
    key = load_key(folder)
    store = AgentStore(folder.database, key=key)
    incarnation = secrets.token_hex(INCARNATION_BYTES)
    http = credentials_of(store).open(settings.hub, deadline_s=DEADLINE_S, incarnation=incarnation)
    hub = Hub(http, till=store.till, shop=settings.shop)
    listeners: list[LocalSocket] = []

    def tell(message: dict[str, object]) -> None:
        for each in listeners:
            each.tell(message)

    backups = Backups(folder, clock, key=key, second=settings.second_backup)
    pulling = Pulling(store, hub, clock, folder.catalogue, tell)
    agent = Agent(
        store=store,
        hub=hub,
        pushing=Pushing(store, hub, clock, jitter, app_version=version("mostrador")),
        pulling=pulling,
        orders=OrdersPull(store, hub, clock, tell, shop=settings.shop),
        emails=Emails(store, _messenger(settings, folder), clock, jitter),
        revocation=Revocation(store, clock, folder.outgoing),
        clock=clock,
        jitter=jitter,
        tell=tell,
        backup_trouble=lambda: backups.trouble,
    )
    try:
        pulling.look()
        listeners.extend(_listening(folder, wake, agent))
        log.info("agent ready", extra={"till": store.till, "hub": settings.hub})
        while not stop.is_set():
            wait_ms = agent.step()
            backups.step()
            if wake.wait(wait_ms / 1000):
                wake.clear()
                stop.wait(NUDGE_SETTLES_S)
    finally:
        for each in listeners:
            each.close()
        http.close()
        backups.close()
        store.close()
        log.info("agent ended")


def _listening(folder: DataFolder, wake: threading.Event, agent: Agent) -> list[LocalSocket]:
    """Return the local socket; without one the till sees no light, and facts still go."""
    try:
        folder.create_socket_folder()
        return [
            LocalSocket(
                folder.agent_socket,
                on_nudge=wake.set,
                greeting=agent.greeting,
                on_readiness=agent.take_readiness,
            )
        ]
    except (OSError, StoreUnavailable) as error:
        log.error("no local socket", extra={"reason": str(error)})
        return []


def _end_on_signals(stop: threading.Event, wake: threading.Event) -> None:
    def end(*_: object) -> None:
        stop.set()
        wake.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def _watch_parent(stop: threading.Event, wake: threading.Event) -> None:
    """End when standard input does: the till that started us is gone."""
    descriptor = sys.stdin.fileno()
    while True:
        select.select([descriptor], [], [])
        if not os.read(descriptor, 1024):
            break
    stop.set()
    wake.set()
