"""Learns from what was sold, beside the tills: counts, reckons, and judges whether it helps."""

from __future__ import annotations

import logging
import time

from sync.hub.background import Background, Rest
from sync.hub.database import HubDatabase
from sync.hub.suggestions.counting import Mark, keep, read_stretch, uncounted
from sync.hub.suggestions.reckoning import all_due, due, reckon
from sync.hub.suggestions.telling import judge

EVERY_S = 20.0
RESTS = 4  # times as long as it worked: tills that send come first

log = logging.getLogger("sync.hub")


def learn_once(database: HubDatabase, rest: Rest = lambda seconds: None) -> int:
    """Count what came since the last time; return how many baskets were counted.

    Args:
        database: The hub's.
        rest: Called with seconds to leave to others after each stretch.
    """
    baskets = 0
    while marks := _uncounted(database):
        for mark in marks:
            begun = time.perf_counter()
            with database.reading() as connection:
                stretch = read_stretch(connection, mark)
            if keep(database, stretch):
                baskets += sum(map(bool, stretch.baskets))
            with database.reading() as connection:
                grown = due(connection, stretch.skus)
            reckon(database, grown)
            rest(RESTS * (time.perf_counter() - begun))
    if baskets:
        judge(database)
    return baskets


def resume(database: HubDatabase) -> None:
    """Reckon and judge what a hub that was ended in the middle had only counted."""
    with database.reading() as connection:
        left = all_due(connection)
    if left:
        reckon(database, left)
        judge(database)


def learning(database: HubDatabase) -> Background:
    """Learn every twenty seconds, until it is closed."""
    is_resumed = False

    def work(rest: Rest) -> None:
        nonlocal is_resumed
        if not is_resumed:
            resume(database)
            is_resumed = True
        if baskets := learn_once(database, rest):
            log.info("baskets counted", extra={"baskets": baskets})

    return Background("suggestions", work, every_s=EVERY_S)


def _uncounted(database: HubDatabase) -> list[Mark]:
    with database.reading() as connection:
        return uncounted(connection)
