"""Whether a till could sell through an outage that began now, and what is old or missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

PRICES_OLD_MS = DAY_MS
PRICES_TOO_OLD_MS = 7 * DAY_MS
PROMOTIONS_OLD_MS = DAY_MS
PEOPLE_OLD_MS = DAY_MS
STOCK_OLD_MS = 15 * MINUTE_MS
TICKETS_OLD_MS = 15 * MINUTE_MS
BACKUP_OLD_MS = 36 * HOUR_MS  # one night left out
CLOCK_OFF_MS = 2 * MINUTE_MS
CLOCK_WRONG_MS = 10 * MINUTE_MS
GIGABYTE = 1_000_000_000
DISK_LOW_BYTES = 2 * GIGABYTE


class Topic(Enum):
    """What an outage would need, in the order it is shown."""

    CATALOGUE = "catalogue"
    PRICES = "prices"
    PROMOTIONS = "promotions"
    PEOPLE = "people"
    SETTINGS = "settings"
    CLOCK = "clock"
    DISK = "disk"
    PAPER = "paper"
    STOCK = "stock"
    TICKETS = "tickets"
    BACKUP = "backup"
    AGENT = "agent"


class Light(Enum):
    FINE = "fine"
    OLD = "old"  # worth a look
    TOO_OLD = "too old"  # said in a sentence; selling goes on
    MISSING = "missing"  # without it the till could not sell through an outage


class Paper(Enum):
    """What the printer last said of its paper."""

    FINE = "fine"
    NEAR_END = "near end"
    OUT = "out"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"  # it does not say


class BackupTrouble(Enum):
    """Why the last copy was not taken; the values are stored and told."""

    NONE = ""
    NO_ROOM = "no_room"
    PLACE_AWAY = "place_away"  # the stick or the share for the second copy
    DAMAGED = "damaged"  # it could not be read back
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Backup:
    """The last backup: when it was made (UTC ms), and whether it was opened and checked."""

    at_ms: int
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the till knows of itself at `now_ms`; times are UTC ms by its clock, None: unknown.

    `clock_offset_ms` is how far the hub's clock is ahead. `last_act_ms` is when the latest
    fact happened: a clock that shows less was set back.
    """

    now_ms: int
    products: int = 0
    built_at_ms: int | None = None
    prices_as_of_ms: int | None = None
    pulled_at_ms: int | None = None
    people: int = 0
    clock_offset_ms: int | None = None
    last_act_ms: int = 0
    free_bytes: int | None = None
    has_room: bool = True
    paper: Paper = Paper.UNKNOWN
    backup: Backup | None = None
    backup_trouble: BackupTrouble = BackupTrouble.NONE
    has_agent: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list; `at_ms` is how old, `number` how much (articles, bytes, ms)."""

    topic: Topic
    light: Light
    at_ms: int | None = None
    number: int | None = None
    paper: Paper = Paper.UNKNOWN
    trouble: BackupTrouble = BackupTrouble.NONE


def check(facts: Facts) -> tuple[Check, ...]:
    """Return every line of the list.

    Source:
        The thresholds for prices are the shop's defaults: a day, then a week.
    """
    pulled = facts.pulled_at_ms
    return (
        _catalogue(facts),
        Check(Topic.PRICES, _age(facts, facts.prices_as_of_ms, PRICES_OLD_MS, PRICES_TOO_OLD_MS),
              facts.prices_as_of_ms),
        Check(Topic.PROMOTIONS, _age(facts, pulled, PROMOTIONS_OLD_MS), pulled),
        _people(facts),
        Check(Topic.SETTINGS, _age(facts, pulled, PEOPLE_OLD_MS), pulled),
        _clock(facts),
        _disk(facts),
        Check(Topic.PAPER, _PAPER[facts.paper], paper=facts.paper),
        Check(Topic.STOCK, _age(facts, pulled, STOCK_OLD_MS), pulled),
        Check(Topic.TICKETS, _age(facts, pulled, TICKETS_OLD_MS), pulled),
        _backup(facts),
        Check(Topic.AGENT, Light.FINE if facts.has_agent else Light.OLD),
    )  # fmt: skip


def missing(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Return what an outage could not be sold through without."""
    return tuple(each for each in checks if each.light is Light.MISSING)


def clock_error_ms(facts: Facts) -> int:
    """Return by how much the till's clock is ahead of what is known, negative: behind."""
    set_back = facts.now_ms - facts.last_act_ms if facts.last_act_ms > facts.now_ms else 0
    behind_hub = 0 if facts.clock_offset_ms is None else -facts.clock_offset_ms
    return behind_hub if abs(behind_hub) >= abs(set_back) else set_back


_PAPER = {
    Paper.FINE: Light.FINE,
    Paper.NEAR_END: Light.OLD,
    Paper.OUT: Light.OLD,
    Paper.UNREACHABLE: Light.OLD,
    Paper.UNKNOWN: Light.FINE,
}


def _age(facts: Facts, at_ms: int | None, old_ms: int, too_old_ms: int | None = None) -> Light:
    if at_ms is None:
        return Light.OLD
    age = facts.now_ms - at_ms
    if too_old_ms is not None and age > too_old_ms:
        return Light.TOO_OLD
    return Light.OLD if age > old_ms else Light.FINE


def _catalogue(facts: Facts) -> Check:
    light = Light.FINE if facts.products else Light.MISSING
    return Check(Topic.CATALOGUE, light, facts.built_at_ms, facts.products)


def _people(facts: Facts) -> Check:
    light = _age(facts, facts.pulled_at_ms, PEOPLE_OLD_MS) if facts.people else Light.MISSING
    return Check(Topic.PEOPLE, light, facts.pulled_at_ms, facts.people)


def _clock(facts: Facts) -> Check:
    error = clock_error_ms(facts)
    if abs(error) > CLOCK_WRONG_MS:
        return Check(Topic.CLOCK, Light.TOO_OLD, number=error)
    if abs(error) > CLOCK_OFF_MS:
        return Check(Topic.CLOCK, Light.OLD, number=error)
    return Check(Topic.CLOCK, Light.FINE, number=None if facts.clock_offset_ms is None else 0)


def _disk(facts: Facts) -> Check:
    if not facts.has_room:
        return Check(Topic.DISK, Light.MISSING, number=facts.free_bytes)
    low = facts.free_bytes is not None and facts.free_bytes < DISK_LOW_BYTES
    return Check(Topic.DISK, Light.OLD if low else Light.FINE, number=facts.free_bytes)


def _backup(facts: Facts) -> Check:
    backup, trouble = facts.backup, facts.backup_trouble
    if backup is None:
        return Check(Topic.BACKUP, Light.OLD, trouble=trouble)
    is_sound = backup.is_verified and trouble is BackupTrouble.NONE
    light = _age(facts, backup.at_ms, BACKUP_OLD_MS) if is_sound else Light.OLD
    return Check(Topic.BACKUP, light, backup.at_ms, trouble=trouble)
