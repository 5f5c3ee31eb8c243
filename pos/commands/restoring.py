"""Sets a till up from a copy and what the hub holds, and says what is known and what is not."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pos.domain.errors import StoreUnavailable
from pos.domain.journal import Fact
from pos.domain.numbering import DocumentKind, series_of
from pos.settings import SettingsError, TillSettings, read_settings, write_settings
from pos.store import trust
from pos.store.data_folder import DataFolder
from pos.store.epochs import RESTORED
from pos.store.fetched import Stopped, acknowledge, begin_taking, head_of
from pos.store.keys import KeyMissing, load_key
from pos.store.place import mark_place
from pos.store.recovery_code import key_of
from pos.store.restore import Copied, Restoration, held, highest_known_epoch
from pos.store.verify import Violation, verify
from pos.system import SystemClock, Uuid7
from sync.credentials import Credentials, NotEnrolled
from sync.facts_back import FactsBack, NotReadable, fact_of
from sync.wire.v1.push import Op
from sync.wire.v1.tills import EpochGranted

Progress = Callable[[str, int, int], None]  # what is done, how much of how much


@dataclass(frozen=True)
class Wanted:
    """What a person asked for."""

    data: Path
    backup: Path
    key_code: str = ""
    hub: str = ""
    offline: bool = False
    replaces: bool = False


@dataclass
class Restored:
    """What came of it; `waiting` facts are here and not yet at the hub."""

    copied: Copied
    epoch: int
    series: str
    is_offline: bool
    fetched: int = 0
    stopped: list[Stopped] = field(default_factory=list)
    waiting: int = 0
    violations: list[Violation] = field(default_factory=list)
    set_aside: Path | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "till": self.copied.till,
            "from_copy": {
                "epoch": self.copied.epoch,
                "seq": self.copied.seq,
                "sales": self.copied.sales,
                "last_number": self.copied.last_number,
            },
            "fetched": self.fetched,
            "missing": [vars_of(each) for each in self.stopped],
            "epoch": self.epoch,
            "series": self.series,
            "offline": self.is_offline,
            "waiting": self.waiting,
            "violations": [found.message for found in self.violations],
            "set_aside": str(self.set_aside) if self.set_aside else None,
        }


def vars_of(stopped: Stopped) -> dict[str, Any]:
    return {"epoch": stopped.epoch, "from_seq": stopped.seq, "reason": stopped.reason}


def restore(wanted: Wanted, on_progress: Progress) -> Restored:
    """Set a till up; nothing is in its place before everything is done.

    Raises:
        StoreUnavailable: The copy, the folder or the key are not to be used.
        HubUnreachable, HubRefused: The hub was wanted and does not help; nothing was changed.
        SettingsError: The address of the hub is not known, or cannot be.
    """
    target = DataFolder(wanted.data)
    key = _key(wanted)
    with held(target, replaces=wanted.replaces):
        pass  # say at once what would be said at the end
    restoration = Restoration(target, key)
    try:
        return _restored(restoration, wanted, on_progress)
    finally:
        restoration.give_up()


def _restored(restoration: Restoration, wanted: Wanted, on_progress: Progress) -> Restored:
    on_progress("copying and checking", 0, 1)
    copied = restoration.copy(wanted.backup)
    settings = _settings(restoration.draft, copied, wanted)
    known = max(copied.epoch, highest_known_epoch(wanted.backup, restoration.target))
    result = Restored(copied, known + 1, "", wanted.offline)
    if not wanted.offline:
        _fetch(restoration, settings, result, known, on_progress)
    result.series = series_of(
        DocumentKind.SALE, till_number=settings.till_number, epoch=result.epoch
    )
    restoration.begin(result.epoch, SystemClock().now_ms())
    on_progress("checking everything", 0, 1)
    result.violations = verify(restoration.draft.database, key=restoration.key)
    with restoration.writing() as sql:
        ((result.waiting,),) = sql.rows(
            "SELECT count(*) FROM outbox WHERE state <> 'acknowledged'"
        )
    _copy_catalogue(wanted.backup, restoration.draft)
    mark_place(restoration.draft, result.epoch)
    result.set_aside = restoration.finish(replaces=wanted.replaces, key_name=secrets.token_hex(16))
    on_progress("done", 1, 1)
    return result


def _fetch(
    restoration: Restoration,
    settings: TillSettings,
    result: Restored,
    known: int,
    on_progress: Progress,
) -> None:
    """Ask the hub for the next epoch, and for every fact it holds and the copy does not."""
    client = FactsBack(settings.hub, _credentials(restoration, result.copied.till))
    try:
        granted = client.next_epoch(Uuid7().new(), RESTORED, known)
        result.epoch = granted.epoch
        with restoration.writing() as sql:
            taking = begin_taking(sql)
            heads = {mark.epoch: head_of(sql, mark.epoch) for mark in granted.known}
        total = sum(max(0, mark.received_through - heads[mark.epoch]) for mark in granted.known)
        for mark in granted.known:
            # The last one known here comes again: it must be the same.
            pages = client.pages(mark.epoch, max(1, heads[mark.epoch]))
            missing = len(result.stopped)
            for ops in pages if mark.received_through else ():
                with restoration.writing() as sql:
                    goes_on = taking.take(sql, _facts(result, mark.epoch, ops))
                on_progress("fetching facts from the hub", taking.taken, total)
                if not goes_on or len(result.stopped) > missing:
                    break
        result.fetched = taking.taken
        result.stopped += taking.stopped
        _acknowledge(restoration, granted)
    finally:
        client.close()


def _facts(result: Restored, epoch: int, ops: tuple[Op, ...]) -> Iterator[Fact]:
    for op in ops:
        try:
            yield fact_of(result.copied.till, epoch, op)
        except NotReadable as error:
            result.stopped.append(Stopped(epoch, op.seq, str(error)))
            return


def _acknowledge(restoration: Restoration, granted: EpochGranted) -> None:
    with restoration.writing() as sql:
        for mark in granted.known:
            acknowledge(
                sql, mark.epoch, mark.received_through, mark.chain_head, granted.hub_time_ms
            )


def _key(wanted: Wanted) -> bytes:
    if not wanted.backup.is_file():
        raise StoreUnavailable(f"there is no copy {wanted.backup}")
    if wanted.key_code:
        return key_of(wanted.key_code)
    home = DataFolder(wanted.backup.absolute().parent.parent)
    for folder in (home, DataFolder(wanted.data)):
        key = load_key(folder)
        if key is not None:
            return key
    raise KeyMissing("the key of the copy is not here; give its recovery code with --key-code")


def _settings(draft: DataFolder, copied: Copied, wanted: Wanted) -> TillSettings:
    """Write the settings the copied machine had, with the hub that is wanted."""
    shop, _, number = copied.till.rpartition("-")
    if copied.settings:
        draft.settings.write_text(copied.settings, encoding="utf-8")
        settings = read_settings(draft.settings)
    elif wanted.hub:
        settings = TillSettings(shop, int(number), wanted.hub)
    else:
        raise SettingsError("the copy holds no settings; say the address of the hub with --hub")
    if wanted.hub:
        settings = replace(settings, hub=wanted.hub.rstrip("/"))
    write_settings(draft.settings, settings)
    return settings


def _credentials(restoration: Restoration, till: str) -> Credentials:
    with restoration.writing() as sql:
        secret, hub_key, ca = (
            trust.read(sql, name) for name in (trust.TILL_KEY, trust.HUB_KEY, trust.CA)
        )
    if not secret or not hub_key:
        raise NotEnrolled(f"the copy is of a time before {till} was enrolled; use --offline")
    return Credentials(till, secret, hub_key, ca)


def _copy_catalogue(backup: Path, draft: DataFolder) -> None:
    """Take over the products of the folder the copy lies in, so that it sells without the hub."""
    found = DataFolder(backup.absolute().parent.parent).catalogue
    with suppress(OSError):
        shutil.copytree(found, draft.catalogue, dirs_exist_ok=True)
